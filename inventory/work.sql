-- Materials, programmes and work orders.
-- name: supplier_by_name
SELECT id FROM place WHERE site = :site AND kind = 'supplier' AND name = :name ORDER BY code LIMIT 1;

-- What each lot of a material still has in the store, and what it still costs; the oldest first.
-- name: material_lots
SELECT s.lot_id, s.qty_milli, l.cost_known,
       coalesce(c.total_rp, 0)
       - (SELECT CAST(coalesce(sum(CASE WHEN u.what = 'returned' THEN -u.cost_rp ELSE u.cost_rp END),
                               0) AS BIGINT)
            FROM material_use u
           WHERE u.site = s.site AND u.lot_id = s.lot_id
             AND (u.what <> 'lost' OR u.work_order_id IS NULL)) AS cost_rp
  FROM stock_now s
  JOIN lot l ON l.site = s.site AND l.id = s.lot_id
  LEFT JOIN lot_cost c ON c.site = l.site AND c.lot_id = l.id
 WHERE s.site = :site AND s.place_id = :place AND s.product_id = :product AND s.qty_milli > 0
 ORDER BY l.made_day, s.lot_id;

-- What a work order has of each lot of a material.
-- name: work_lots
SELECT u.lot_id, l.cost_known,
       CAST(sum(CASE WHEN u.what = 'issued' THEN u.qty_milli ELSE -u.qty_milli END) AS BIGINT)
       AS qty_milli,
       CAST(sum(CASE WHEN u.what = 'issued' THEN u.cost_rp ELSE -u.cost_rp END) AS BIGINT) AS cost_rp
  FROM material_use u
  JOIN lot l ON l.site = u.site AND l.id = u.lot_id
 WHERE u.site = :site AND u.work_order_id = :work
   AND (l.product_id = :product OR CAST(:any AS BIGINT) = 1)
 GROUP BY u.lot_id, l.cost_known
HAVING sum(CASE WHEN u.what = 'issued' THEN u.qty_milli ELSE -u.qty_milli END) > 0
 ORDER BY u.lot_id;

-- What it had of a material when a part of it last became a lot.
-- name: work_held
SELECT CAST(coalesce(sum(CASE WHEN u.what = 'issued' THEN u.qty_milli ELSE -u.qty_milli END), 0)
            AS BIGINT) AS qty_milli
  FROM material_use u
  JOIN lot l ON l.site = u.site AND l.id = u.lot_id
 WHERE u.site = :site AND u.work_order_id = :work AND l.product_id = :product
   AND u.act_id < (SELECT o.act_id FROM work_output o
                    WHERE o.site = :site AND o.work_order_id = :work
                    ORDER BY o.act_id DESC
                    LIMIT 1);

-- name: work_materials
SELECT l.product_id, l.code, n.sku, n.name, n.unit, coalesce(r.number, '') AS receipt,
       coalesce(p.name, '') AS supplier, CAST(min(l.cost_known) AS BIGINT) AS cost_known,
       CAST(sum(CASE WHEN u.what = 'issued' THEN u.qty_milli ELSE -u.qty_milli END) AS BIGINT)
       AS qty_milli,
       CAST(sum(CASE WHEN u.what = 'issued' THEN u.cost_rp ELSE -u.cost_rp END) AS BIGINT) AS cost_rp
  FROM material_use u
  JOIN lot l ON l.site = u.site AND l.id = u.lot_id
  JOIN product_now n ON n.site = l.site AND n.product_id = l.product_id
  LEFT JOIN material_receipt r ON r.site = l.site AND r.lot_id = l.id
  LEFT JOIN place p ON p.site = r.site AND p.id = r.supplier_id
 WHERE u.site = :site AND u.work_order_id = :work
 GROUP BY l.product_id, l.code, n.sku, n.name, n.unit, r.number, p.name
 ORDER BY n.sku, l.code;

-- name: material_all
SELECT n.product_id, n.sku, n.name, n.unit
  FROM product_now n
 WHERE n.site = :site AND n.tracking = 'material' AND n.active = 1
 ORDER BY n.sku
 LIMIT :most;

-- name: material_receipts
SELECT r.number, p.name AS supplier, r.invoice_no, n.name, n.unit, l.qty_milli, l.cost_known,
       coalesce(c.total_rp, 0) AS total_rp, j.at_ms, j.actor
  FROM material_receipt r
  JOIN place p ON p.site = r.site AND p.id = r.supplier_id
  JOIN lot l ON l.site = r.site AND l.id = r.lot_id
  JOIN product_now n ON n.site = l.site AND n.product_id = l.product_id
  LEFT JOIN lot_cost c ON c.site = l.site AND c.lot_id = l.id
  JOIN journal j ON j.id = r.act_id
 WHERE r.site = :site
 ORDER BY r.lot_id DESC
 LIMIT :most;

-- ---- programmes ----

-- name: programme_all
SELECT id, code, name, kind, partner, from_day, to_day
  FROM programme
 WHERE site = :site AND (code = :code OR :code = '')
 ORDER BY code
 LIMIT :most;

-- name: programme_made
SELECT n.sku, n.name, n.unit, w.product_id, CAST(sum(q.grade_a_milli + q.grade_b_milli) AS BIGINT) AS good_milli,
       CAST(sum(q.reject_milli) AS BIGINT) AS reject_milli
  FROM work_order w
  JOIN quality_check q ON q.site = w.site AND q.work_order_id = w.id
  JOIN product_now n ON n.site = w.site AND n.product_id = w.product_id
 WHERE w.site = :site AND w.programme_id = :programme
 GROUP BY n.sku, n.name, n.unit, w.product_id
 ORDER BY n.sku;

-- The index by lot holds the key of the moves: it is asked first, then the moves themselves.
-- A line of a sale may be taken from several lots: each has its part of it.
-- name: programme_sold
SELECT w.product_id, CAST(sum(m.qty_milli) AS BIGINT) AS sold_milli,
       CAST(sum(s.total_rp * m.qty_milli / s.qty_milli) AS BIGINT) AS revenue_rp,
       CAST(sum(s.pnbp_rp * m.qty_milli / s.qty_milli) AS BIGINT) AS pnbp_rp,
       CAST(sum(s.premi_rp * m.qty_milli / s.qty_milli) AS BIGINT) AS premi_rp
  FROM work_order w
 CROSS JOIN work_output o
 CROSS JOIN stock_move i
 CROSS JOIN stock_move m
 CROSS JOIN sale_line s
 WHERE w.site = :site AND w.programme_id = :programme
   AND o.site = w.site AND o.work_order_id = w.id AND i.site = o.site AND i.lot_id = o.lot_id
   AND m.site = i.site AND m.act_id = i.act_id AND m.line = i.line AND m.reason = 'sold'
   AND s.site = m.site AND s.act_id = m.act_id AND s.line = m.doc_line
 GROUP BY w.product_id;

-- ---- work orders ----

-- name: work_list
SELECT w.id, w.number, w.product_id, w.variant_id, w.workshop_id, w.planned_milli, w.capital,
       w.due_day, w.note, n.sku, n.name, n.unit, n.tracking, p.name AS workshop,
       coalesce(g.code, '') AS programme, coalesce(g.name, '') AS programme_name,
       j.actor AS planner, j.at_ms, t.state, t.reason AS state_reason, k.at_ms AS state_at_ms,
       (SELECT CAST(coalesce(sum(q.grade_a_milli + q.grade_b_milli), 0) AS BIGINT)
          FROM quality_check q
         WHERE q.site = w.site AND q.work_order_id = w.id) AS good_milli,
       (SELECT CAST(coalesce(sum(q.reject_milli), 0) AS BIGINT)
          FROM quality_check q
         WHERE q.site = w.site AND q.work_order_id = w.id) AS reject_milli
  FROM work_order w
  JOIN product_now n ON n.site = w.site AND n.product_id = w.product_id
  JOIN place p ON p.site = w.site AND p.id = w.workshop_id
  JOIN journal j ON j.id = w.act_id
  JOIN work_state t ON t.site = w.site AND t.work_order_id = w.id
   AND t.n = (SELECT max(x.n) FROM work_state x WHERE x.site = w.site AND x.work_order_id = w.id)
  JOIN journal k ON k.id = t.act_id
  LEFT JOIN programme g ON g.site = w.site AND g.id = w.programme_id
 WHERE w.site = :site AND (w.number = :number OR :number = '')
 ORDER BY CASE WHEN t.state IN ('finished', 'cancelled') THEN 1 ELSE 0 END, w.id DESC
 LIMIT :most;

-- name: work_state_last
SELECT n FROM work_state WHERE site = :site AND work_order_id = :work ORDER BY n DESC LIMIT 1;

-- name: work_shares
SELECT s.maker, s.hours_milli, s.share_bps, s.reason
  FROM work_share s
 WHERE s.site = :site AND s.work_order_id = :work
   AND s.rev = (SELECT max(x.rev) FROM work_share x WHERE x.site = s.site AND x.work_order_id = s.work_order_id)
 ORDER BY s.line;

-- name: work_share_rev
SELECT rev FROM work_share WHERE site = :site AND work_order_id = :work ORDER BY rev DESC LIMIT 1;

-- name: work_checks
SELECT q.n, q.id, q.grade_a_milli, q.grade_b_milli, q.reject_milli, q.note, q.checker, j.at_ms,
       o.lot_id, l.code, o.cost_known, o.material_rp, o.overhead_rp, o.total_rp,
       k.at_ms AS finished_at_ms, k.actor AS finisher
  FROM quality_check q
  JOIN journal j ON j.id = q.act_id
  LEFT JOIN work_output o ON o.site = q.site AND o.work_order_id = q.work_order_id AND o.n = q.n
  LEFT JOIN lot l ON l.site = o.site AND l.id = o.lot_id
  LEFT JOIN journal k ON k.id = o.act_id
 WHERE q.site = :site AND q.work_order_id = :work
 ORDER BY q.n;
