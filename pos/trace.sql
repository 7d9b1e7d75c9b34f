-- Where a thing has been and what speaks of it.  The ways back are indexes of their
-- own; `site || ''` keeps a planner from taking the one of the site instead.

-- name: trace_moves
SELECT m.act_id, m.line, m.qty_milli, u.code AS unit_code, f.kind AS from_kind, f.code AS from_code,
       f.name AS from_name, t.kind AS to_kind, t.code AS to_code, t.name AS to_name, j.seq,
       j.at_ms, j.actor, j.till, s.number AS sale,
       coalesce((SELECT d.number FROM document_no d
                  WHERE d.site = m.site AND d.act_id = m.act_id
                  ORDER BY d.act_id, d.number LIMIT 1), '') AS paper
  FROM stock_move m
  JOIN place f ON f.site = m.site AND f.id = m.from_id
  JOIN place t ON t.site = m.site AND t.id = m.to_id
  JOIN journal j ON j.id = m.act_id
  LEFT JOIN unit u ON u.site = m.site AND u.id = m.unit_id
  LEFT JOIN sale s ON s.site = m.site AND s.act_id = m.act_id
 WHERE m.site || '' = :site AND m.lot_id = :lot
   AND (CAST(:whole AS BIGINT) = 1 OR m.unit_id = :unit)
 ORDER BY m.act_id, m.line
 LIMIT :most;

-- name: trace_sales
SELECT s.number, s.at_ms, l.qty_milli, l.price_rp, l.total_rp, l.pnbp_rp, l.premi_rp, l.fund_rp,
       l.cost_back_rp, l.revenue_account, l.rule, coalesce(p.number, '') AS proposal
  FROM stock_move m
  JOIN sale s ON s.site = m.site AND s.act_id = m.act_id
  JOIN sale_line l ON l.site = m.site AND l.act_id = m.act_id AND l.line = m.doc_line
  LEFT JOIN price_decision d ON d.site = l.site AND d.price_id = l.price_id
  LEFT JOIN price_proposal p ON p.site = d.site AND p.id = d.proposal_id
 WHERE m.site || '' = :site AND m.lot_id = :lot
   AND (CAST(:whole AS BIGINT) = 1 OR m.unit_id = :unit)
 ORDER BY m.act_id, m.line
 LIMIT :most;

-- Papers that name a lot, or one of its pieces.
-- name: trace_papers
SELECT x.kind, x.number, CAST(sum(x.qty_milli) AS BIGINT) AS qty_milli, j.seq, j.at_ms, j.actor
  FROM (SELECT 'transfer' AS kind, t.number, t.act_id, l.qty_milli
          FROM transfer_line l
          JOIN transfer t ON t.site = l.site AND t.id = l.transfer_id
         WHERE l.site = :site AND l.lot_id = :lot
           AND (CAST(:whole AS BIGINT) = 1 OR l.unit_id = :unit)
        UNION ALL
        SELECT 'write_off', w.number, w.act_id, l.qty_milli
          FROM write_off_line l
          JOIN write_off w ON w.site = l.site AND w.id = l.write_off_id
         WHERE l.site = :site AND l.lot_id = :lot
           AND (CAST(:whole AS BIGINT) = 1 OR l.unit_id = :unit)
        UNION ALL
        SELECT 'case', c.number, c.act_id, c.qty_milli
          FROM stock_case c
         WHERE c.site = :site AND c.lot_id = :lot
           AND (CAST(:whole AS BIGINT) = 1 OR c.unit_id = :unit)
        UNION ALL
        SELECT 'count', k.number, k.act_id, l.counted_milli
          FROM count_line l
          JOIN stock_count k ON k.site = l.site AND k.id = l.count_id
         WHERE l.site = :site AND l.lot_id = :lot
           AND (CAST(:whole AS BIGINT) = 1 OR l.unit_id = :unit)
        UNION ALL
        SELECT 'label', p.number, p.act_id, p.count * 1000
          FROM label_print p
         WHERE p.site = :site AND p.lot_id = :lot
           AND (CAST(:whole AS BIGINT) = 1
                OR EXISTS (SELECT 1 FROM label_print_line l
                            WHERE l.site = p.site AND l.print_id = p.id AND l.code = :code))
        UNION ALL
        SELECT 'work', w.number, o.act_id,
               CASE WHEN CAST(:whole AS BIGINT) = 1 THEN b.qty_milli ELSE 1000 END
          FROM work_output o
          JOIN work_order w ON w.site = o.site AND w.id = o.work_order_id
          JOIN lot b ON b.site = o.site AND b.id = o.lot_id
         WHERE o.site = :site AND o.lot_id = :lot
        UNION ALL
        SELECT CASE WHEN u.what = 'lost' THEN 'loss' ELSE u.what END, coalesce(w.number, ''), u.act_id,
               u.qty_milli
          FROM material_use u
          LEFT JOIN work_order w ON w.site = u.site AND w.id = u.work_order_id
         WHERE u.site = :site AND u.lot_id = :lot
        UNION ALL
        SELECT 'material', r.number, r.act_id, b.qty_milli
          FROM material_receipt r
          JOIN lot b ON b.site = r.site AND b.id = r.lot_id
         WHERE r.site = :site AND r.lot_id = :lot) x
  JOIN journal j ON j.id = x.act_id
 GROUP BY x.kind, x.number, j.seq, j.at_ms, j.actor
 ORDER BY j.seq, x.number
 LIMIT :most;

-- name: trace_paper
SELECT d.number, j.seq, j.at_ms, j.actor, j.kind
  FROM document_no d
  JOIN journal j ON j.id = d.act_id
 WHERE d.site = :site AND d.kind = :kind AND d.year = :year AND d.no = :no;

-- The lots and pieces that a paper names.
-- name: trace_paper_items
SELECT b.code AS lot_code, coalesce(u.code, '') AS unit_code, n.sku, n.name, n.unit, x.qty_milli
  FROM (SELECT l.site, l.lot_id, l.unit_id, l.qty_milli
          FROM transfer t
          JOIN transfer_line l ON l.site = t.site AND l.transfer_id = t.id
         WHERE t.site = :site AND t.number = :number
        UNION ALL
        SELECT l.site, l.lot_id, l.unit_id, l.qty_milli
          FROM write_off w
          JOIN write_off_line l ON l.site = w.site AND l.write_off_id = w.id
         WHERE w.site = :site AND w.number = :number
        UNION ALL
        SELECT c.site, c.lot_id, c.unit_id, c.qty_milli
          FROM stock_case c
         WHERE c.site = :site AND c.number = :number
        UNION ALL
        SELECT l.site, l.lot_id, l.unit_id, l.counted_milli
          FROM stock_count k
          JOIN count_line l ON l.site = k.site AND l.count_id = k.id
         WHERE k.site = :site AND k.number = :number
        UNION ALL
        SELECT p.site, p.lot_id, NULL, p.count * 1000
          FROM label_print p
         WHERE p.site = :site AND p.number = :number
        UNION ALL
        SELECT b.site, b.id, NULL, b.qty_milli
          FROM work_order w
          JOIN work_output o ON o.site = w.site AND o.work_order_id = w.id
          JOIN lot b ON b.site = o.site AND b.id = o.lot_id
         WHERE w.site = :site AND w.number = :number
        UNION ALL
        SELECT u.site, u.lot_id, NULL,
               CAST(sum(CASE WHEN u.what = 'issued' THEN u.qty_milli ELSE -u.qty_milli END) AS BIGINT)
          FROM work_order w
          JOIN material_use u ON u.site = w.site AND u.work_order_id = w.id
         WHERE w.site = :site AND w.number = :number
         GROUP BY u.site, u.lot_id
        UNION ALL
        SELECT b.site, b.id, NULL, b.qty_milli
          FROM material_receipt r
          JOIN lot b ON b.site = r.site AND b.id = r.lot_id
         WHERE r.site = :site AND r.number = :number) x
  JOIN lot b ON b.site = x.site AND b.id = x.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  LEFT JOIN unit u ON u.site = x.site AND u.id = x.unit_id
 ORDER BY n.sku, b.code, u.code
 LIMIT :most;

-- name: trace_sale_items
SELECT coalesce(b.code, '') AS lot_code, coalesce(u.code, '') AS unit_code, l.sku, l.name,
       l.unit_name AS unit, coalesce(m.qty_milli, l.qty_milli) AS qty_milli
  FROM sale s
  JOIN sale_line l ON l.site = s.site AND l.act_id = s.act_id
  LEFT JOIN stock_move m ON m.site = l.site AND m.act_id = l.act_id AND m.doc_line = l.line
  LEFT JOIN lot b ON b.site = m.site AND b.id = m.lot_id
  LEFT JOIN unit u ON u.site = m.site AND u.id = m.unit_id
 WHERE s.site = :site AND s.number = :number
 ORDER BY l.line, m.line
 LIMIT :most;
