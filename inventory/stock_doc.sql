-- What transfers, cases, write-offs and counts read.  Who did a thing and when is in its journal line.

-- name: place_by_id
SELECT kind, code, name FROM place WHERE site = :site AND id = :id;

-- name: stock_at
SELECT qty_milli
  FROM stock_now
 WHERE site = :site AND place_id = :place AND product_id = :product AND lot_id = :lot;

-- name: unit_place
SELECT n.place_id, p.kind, p.code, p.name
  FROM unit_now n
  JOIN place p ON p.site = n.site AND p.id = n.place_id
 WHERE n.site = :site AND n.unit_id = :unit;

-- ---- transfers ----

-- name: transfer_list
SELECT t.id, t.number, t.kind, t.note, t.due_day, t.from_id, f.kind AS from_kind,
       f.code AS from_code, f.name AS from_name, t.to_id, o.kind AS to_kind, o.code AS to_code,
       o.name AS to_name, j.actor AS sender, j.at_ms AS sent_at_ms, r.receiver,
       r.note AS receipt_note, k.at_ms AS received_at_ms
  FROM transfer t
  JOIN place f ON f.site = t.site AND f.id = t.from_id
  JOIN place o ON o.site = t.site AND o.id = t.to_id
  JOIN journal j ON j.id = t.act_id
  LEFT JOIN transfer_receipt r ON r.site = t.site AND r.transfer_id = t.id
  LEFT JOIN journal k ON k.id = r.act_id
 WHERE t.site = :site AND (t.number = :number OR :number = '')
   AND (CAST(:open AS BIGINT) = 0 OR r.transfer_id IS NULL)
 ORDER BY t.id DESC
 LIMIT :most;

-- name: transfer_lines
SELECT l.line, l.lot_id, l.unit_id, l.qty_milli, b.product_id,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = coalesce(u.no, 0)
                  ORDER BY v.n DESC LIMIT 1), u.code, b.code) AS code,
       n.sku, n.name, n.unit, n.tracking, b.cost_known, b.unit_cost_rp, g.qty_milli AS received_milli
  FROM transfer_line l
  JOIN lot b ON b.site = l.site AND b.id = l.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  LEFT JOIN unit u ON u.site = l.site AND u.id = l.unit_id
  LEFT JOIN transfer_received g
    ON g.site = l.site AND g.transfer_id = l.transfer_id AND g.line = l.line
 WHERE l.site = :site AND l.transfer_id = :transfer
 ORDER BY l.line;

-- ---- cases ----

-- name: case_list
SELECT c.id, c.number, c.kind, c.lot_id, c.unit_id, c.qty_milli, c.opener, c.note, c.place_id,
       p.kind AS place_kind, p.code AS place_code, p.name AS place_name, c.other_place_id,
       o.kind AS other_kind, o.code AS other_code, o.name AS other_name, b.product_id,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = coalesce(u.no, 0)
                  ORDER BY v.n DESC LIMIT 1), u.code, b.code) AS code, n.sku, n.name, n.unit, n.tracking, b.cost_known,
       b.unit_cost_rp, j.at_ms AS opened_at_ms, d.choice, d.note AS close_note, d.approver,
       k.at_ms AS closed_at_ms
  FROM stock_case c
  JOIN place p ON p.site = c.site AND p.id = c.place_id
  LEFT JOIN place o ON o.site = c.site AND o.id = c.other_place_id
  JOIN lot b ON b.site = c.site AND b.id = c.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  LEFT JOIN unit u ON u.site = c.site AND u.id = c.unit_id
  JOIN journal j ON j.id = c.act_id
  LEFT JOIN case_close d ON d.site = c.site AND d.case_id = c.id
  LEFT JOIN journal k ON k.id = d.act_id
 WHERE c.site = :site AND (c.number = :number OR :number = '')
   AND (c.source_id = :source OR CAST(:any_source AS BIGINT) = 1)
   AND (CAST(:which AS BIGINT) = 0 OR (CAST(:which AS BIGINT) = 1 AND d.case_id IS NULL)
        OR (CAST(:which AS BIGINT) = 2 AND d.case_id IS NOT NULL))
 ORDER BY CASE WHEN CAST(:which AS BIGINT) = 2 THEN k.at_ms ELSE 0 END DESC, c.id
 LIMIT :most;

-- name: case_open_count
SELECT CAST(count(*) AS BIGINT) AS n
  FROM stock_case c
  LEFT JOIN case_close d ON d.site = c.site AND d.case_id = c.id
 WHERE c.site = :site AND d.case_id IS NULL;

-- name: case_sent_from
SELECT t.from_id
  FROM stock_case c
  JOIN transfer t ON t.site = c.site AND t.id = c.source_id
 WHERE c.site = :site AND c.id = :case;

-- The newest lot of a product in a place, also when nothing of it is left there.
-- name: lot_for_override
SELECT l.id, l.code, l.cost_known, l.unit_cost_rp
  FROM lot l
 WHERE l.site = :site
   AND l.id = (SELECT q.id FROM lot q
                WHERE q.site = :site AND q.product_id = :product
                  AND (q.id = :lot OR CAST(:any AS BIGINT) = 1)
                ORDER BY q.product_id DESC, q.id DESC LIMIT 1);

-- ---- write-offs ----

-- name: write_off_list
SELECT w.id, w.number, w.kind, w.reason, w.reporter, w.place_id, p.kind AS place_kind,
       p.code AS place_code, p.name AS place_name, j.at_ms, d.approved, d.approver, d.note,
       k.at_ms AS decided_at_ms,
       (SELECT CAST(coalesce(sum(l.cost_rp), 0) AS BIGINT)
          FROM write_off_line l
         WHERE l.site = w.site AND l.write_off_id = w.id) AS cost_rp,
       (SELECT CAST(count(*) AS BIGINT)
          FROM write_off_line l
         WHERE l.site = w.site AND l.write_off_id = w.id AND l.cost_known = 0) AS unknown
  FROM write_off w
  JOIN place p ON p.site = w.site AND p.id = w.place_id
  JOIN journal j ON j.id = w.act_id
  LEFT JOIN write_off_decision d ON d.site = w.site AND d.write_off_id = w.id
  LEFT JOIN journal k ON k.id = d.act_id
 WHERE w.site = :site AND (w.number = :number OR :number = '')
 ORDER BY CASE WHEN d.write_off_id IS NULL THEN 0 ELSE 1 END, w.id DESC
 LIMIT :most;

-- name: write_off_lines
SELECT l.line, l.lot_id, l.unit_id, l.qty_milli, b.product_id,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = coalesce(u.no, 0)
                  ORDER BY v.n DESC LIMIT 1), u.code, b.code) AS code,
       n.sku, n.name, n.unit, n.tracking, b.cost_known, b.unit_cost_rp
  FROM write_off_line l
  JOIN lot b ON b.site = l.site AND b.id = l.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  LEFT JOIN unit u ON u.site = l.site AND u.id = l.unit_id
 WHERE l.site = :site AND l.write_off_id = :write_off
 ORDER BY l.line;

-- ---- counts ----

-- name: count_list
SELECT c.id, c.number, c.note, c.counter, c.at_ms, c.place_id, p.kind AS place_kind,
       p.code AS place_code, p.name AS place_name, f.approver, f.cases,
       k.at_ms AS finished_at_ms,
       (SELECT CAST(count(*) AS BIGINT)
          FROM count_line l
         WHERE l.site = c.site AND l.count_id = c.id AND l.unit_id IS NOT NULL) AS pieces,
       (SELECT CAST(count(DISTINCT l.lot_id) AS BIGINT)
          FROM count_line l
         WHERE l.site = c.site AND l.count_id = c.id AND l.unit_id IS NULL) AS lots
  FROM stock_count c
  JOIN place p ON p.site = c.site AND p.id = c.place_id
  LEFT JOIN count_finish f ON f.site = c.site AND f.count_id = c.id
  LEFT JOIN journal k ON k.id = f.act_id
 WHERE c.site = :site AND (c.number = :number OR :number = '')
   AND (CAST(:open AS BIGINT) = 0 OR f.count_id IS NULL)
 ORDER BY c.id DESC
 LIMIT :most;

-- name: count_open_at
SELECT c.number
  FROM stock_count c
  LEFT JOIN count_finish f ON f.site = c.site AND f.count_id = c.id
 WHERE c.site = :site AND c.place_id = :place AND f.count_id IS NULL
 LIMIT 1;

-- name: count_last_n
SELECT n
  FROM count_line
 WHERE site = :site AND count_id = :count
 ORDER BY n DESC
 LIMIT 1;

-- name: count_has_unit
SELECT n FROM count_line WHERE site = :site AND count_id = :count AND unit_id = :unit;

-- name: count_lines
SELECT l.n, l.lot_id, l.unit_id, l.counted_milli AS qty_milli, l.ledger_milli, l.at_ms,
       l.ledger_place_id, q.kind AS ledger_kind, q.name AS ledger_place, q.code AS ledger_code,
       b.product_id,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = coalesce(u.no, 0)
                  ORDER BY v.n DESC LIMIT 1), u.code, b.code) AS code, n.sku, n.name, n.unit, n.tracking,
       b.cost_known, b.unit_cost_rp, j.actor AS counter
  FROM count_line l
  JOIN lot b ON b.site = l.site AND b.id = l.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  JOIN journal j ON j.id = l.act_id
  LEFT JOIN unit u ON u.site = l.site AND u.id = l.unit_id
  LEFT JOIN place q ON q.site = l.site AND q.id = l.ledger_place_id
 WHERE l.site = :site AND l.count_id = :count
 ORDER BY l.n DESC
 LIMIT :most;

-- Pieces that stand in the place since before the count began and were not scanned.
-- name: count_short_units
SELECT b.id AS lot_id, u.id AS unit_id, CAST(1000 AS BIGINT) AS qty_milli, b.product_id,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = u.no
                  ORDER BY v.n DESC LIMIT 1), u.code) AS code,
       n.sku, n.name, n.unit, n.tracking, b.cost_known, b.unit_cost_rp
  FROM stock_now s
 CROSS JOIN lot b
 CROSS JOIN product_now n
 CROSS JOIN unit u
 CROSS JOIN unit_now w
 CROSS JOIN journal j
 WHERE s.site = :site AND s.place_id = :place AND b.site = s.site AND b.id = s.lot_id
   AND n.site = b.site AND n.product_id = b.product_id AND n.tracking = 'piece'
   AND u.site = b.site AND u.lot_id = b.id
   AND w.site = u.site AND w.unit_id = u.id AND w.place_id = :place AND j.id = w.act_id
   AND j.at_ms <= :at_ms
   AND NOT EXISTS (SELECT 1 FROM count_line l
                    WHERE l.site = s.site AND l.count_id = :count AND l.unit_id = u.id)
 ORDER BY n.sku, b.id, u.no;

-- Counted lots of the place without any figure: nothing of them was found.  What came after the count
-- began is not asked for.
-- name: count_short_lots
SELECT b.id AS lot_id, s.qty_milli, b.product_id,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = 0
                  ORDER BY v.n DESC LIMIT 1), b.code) AS code, n.sku, n.name, n.unit, n.tracking,
       b.cost_known, b.unit_cost_rp
  FROM stock_now s
  JOIN lot b ON b.site = s.site AND b.id = s.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  JOIN journal j ON j.id = b.act_id
 WHERE s.site = :site AND s.place_id = :place AND n.tracking <> 'piece' AND s.qty_milli > 0
   AND j.at_ms <= :at_ms
   AND NOT EXISTS (SELECT 1 FROM count_line l
                    WHERE l.site = s.site AND l.count_id = :count AND l.lot_id = b.id)
 ORDER BY n.sku, b.id;

-- What was counted and is not as the book had it then: the last figure of each lot, and pieces that
-- the book had in another place.
-- name: count_different
SELECT l.lot_id, l.unit_id, l.counted_milli AS qty_milli, l.ledger_milli, l.ledger_place_id,
       b.product_id,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = coalesce(u.no, 0)
                  ORDER BY v.n DESC LIMIT 1), u.code, b.code) AS code, n.sku, n.name, n.unit, n.tracking,
       b.cost_known, b.unit_cost_rp
  FROM count_line l
 CROSS JOIN lot b
 CROSS JOIN product_now n
  LEFT JOIN unit u ON u.site = l.site AND u.id = l.unit_id
 WHERE l.site = :site AND l.count_id = :count AND b.site = l.site AND b.id = l.lot_id
   AND n.site = b.site AND n.product_id = b.product_id
   AND (l.ledger_place_id IS NOT NULL
        OR (l.unit_id IS NULL AND l.counted_milli <> l.ledger_milli
            AND l.n = (SELECT max(m.n) FROM count_line m
                        WHERE m.site = l.site AND m.count_id = l.count_id
                          AND m.lot_id = l.lot_id AND m.unit_id IS NULL)))
 ORDER BY n.sku, l.n;
