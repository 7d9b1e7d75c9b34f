-- What a place holds, and what came and went.

-- name: place_card_sum
SELECT CAST(coalesce(sum(s.qty_milli / 1000 * l.unit_cost_rp
                         + s.qty_milli % 1000 * l.unit_cost_rp / 1000), 0) AS BIGINT) AS cost_rp,
       CAST(coalesce(sum(CASE WHEN l.cost_known = 1 THEN 0 ELSE 1 END), 0) AS BIGINT) AS unknown,
       CAST(count(DISTINCT s.product_id) AS BIGINT) AS products
  FROM stock_now s
  JOIN lot l ON l.site = s.site AND l.id = s.lot_id
 WHERE s.site = :site AND s.place_id = :place AND s.qty_milli > 0;

-- name: place_card_goods
SELECT n.sku, n.name, n.unit, t.qty_milli, t.cost_rp, t.unknown
  FROM (SELECT s.product_id, CAST(sum(s.qty_milli) AS BIGINT) AS qty_milli,
               CAST(sum(s.qty_milli / 1000 * l.unit_cost_rp
                        + s.qty_milli % 1000 * l.unit_cost_rp / 1000) AS BIGINT) AS cost_rp,
               CAST(sum(CASE WHEN l.cost_known = 1 THEN 0 ELSE 1 END) AS BIGINT) AS unknown
          FROM stock_now s
          JOIN lot l ON l.site = s.site AND l.id = s.lot_id
         WHERE s.site = :site AND s.place_id = :place AND s.qty_milli > 0
         GROUP BY s.product_id) t
 CROSS JOIN product_now n
 WHERE n.site = :site AND n.product_id = t.product_id AND n.sku > :after_sku
 ORDER BY n.sku
 LIMIT :most;

-- The newest moves of all places are read, and those of this one shown: their ids rise with time.
-- name: place_card_moves
SELECT m.lot_id, m.unit_id, m.qty_milli, m.reason, m.from_id, m.to_id, f.name AS from_name,
       o.name AS to_name, b.product_id, n.sku, n.name, n.unit, n.tracking, b.cost_known,
       b.unit_cost_rp, j.actor, j.at_ms,
       coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = b.site AND v.lot_id = b.id AND v.unit_no = coalesce(u.no, 0)
                  ORDER BY v.n DESC LIMIT 1), u.code, b.code) AS code
  FROM (SELECT q.site, q.act_id, q.line, q.lot_id, q.unit_id, q.qty_milli, q.reason, q.from_id,
               q.to_id
          FROM stock_move q
         WHERE q.site = :site
         ORDER BY q.site DESC, q.act_id DESC, q.line DESC
         LIMIT :newest) m
  JOIN place f ON f.site = m.site AND f.id = m.from_id
  JOIN place o ON o.site = m.site AND o.id = m.to_id
  JOIN lot b ON b.site = m.site AND b.id = m.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  JOIN journal j ON j.id = m.act_id
  LEFT JOIN unit u ON u.site = m.site AND u.id = m.unit_id
 WHERE m.from_id = :place OR m.to_id = :place
 ORDER BY m.act_id DESC, m.line
 LIMIT :most;
