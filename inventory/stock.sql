-- name: place_by_code
SELECT id, kind, code, name FROM place WHERE site = :site AND kind = :kind AND code = :code;

-- name: place_all
SELECT id, kind, code, name FROM place WHERE site = :site AND kind = :kind ORDER BY code;

-- name: place_two_kinds
SELECT id, kind, code, name
  FROM place
 WHERE site = :site AND kind IN (:kind_1, :kind_2)
 ORDER BY kind, code;

-- name: workshop_by_name
SELECT id FROM place WHERE site = :site AND kind = 'workshop' AND name = :name ORDER BY code LIMIT 1;

-- name: lot_by_id
SELECT l.id, l.product_id, l.code,
       (SELECT v.new_code FROM label_void v
         WHERE v.site = l.site AND v.lot_id = l.id AND v.unit_no = 0
         ORDER BY v.n DESC LIMIT 1) AS now_code, l.workshop_id, w.name AS workshop_name, l.made_day, l.expires,
       l.expiry_day, l.qty_milli, l.cost_known, l.unit_cost_rp
  FROM lot l
  JOIN place w ON w.site = l.site AND w.id = l.workshop_id
 WHERE l.site = :site AND l.id = :id;

-- name: lot_id_by_code
SELECT id FROM lot WHERE site = :site AND code = :code;

-- name: lot_id_by_key
SELECT id FROM lot WHERE site = :site AND key = :key;

-- name: lot_units
SELECT coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = u.site AND v.lot_id = u.lot_id AND v.unit_no = u.no
                  ORDER BY v.n DESC LIMIT 1), u.code) AS code
  FROM unit u
 WHERE u.site = :site AND u.lot_id = :lot
 ORDER BY u.no;

-- The newest lots; their ids rise with time.
-- name: lot_newest
SELECT l.id, l.code, n.sku, n.name, n.unit, n.tracking, l.qty_milli, l.made_day
  FROM lot l
  JOIN product_now n ON n.site = l.site AND n.product_id = l.product_id
 WHERE l.site = :site AND l.id < :before
 ORDER BY l.id DESC
 LIMIT :most;

-- The place's goods are summed first: there are fewer of them than products.
-- name: stock_page
SELECT n.sku, n.name, n.unit, n.tracking, n.product_id, p.id AS place_id, p.code AS place_code,
       p.name AS place_name, t.qty_milli
  FROM (SELECT s.product_id, CAST(sum(s.qty_milli) AS BIGINT) AS qty_milli
          FROM stock_now s
         WHERE s.site = :site AND s.place_id = :place
         GROUP BY s.product_id) t
 CROSS JOIN product_now n
 CROSS JOIN place p
 WHERE n.site = :site AND n.product_id = t.product_id AND n.sku > :after_sku
   AND p.site = :site AND p.id = :place
 ORDER BY n.sku
 LIMIT :most;

-- Own places, one by one: the few places first, or all stock would be read.
-- name: stock_of_product
SELECT n.sku, n.name, n.unit, n.tracking, n.product_id, p.id AS place_id, p.code AS place_code,
       p.name AS place_name, CAST(sum(s.qty_milli) AS BIGINT) AS qty_milli
  FROM product_now n
 CROSS JOIN place p
 CROSS JOIN stock_now s
 WHERE n.site = :site AND n.product_id = :product
   AND p.site = n.site AND p.kind IN ('showroom', 'store', 'transit', 'partner', 'exhibition')
   AND s.site = n.site AND s.place_id = p.id AND s.product_id = n.product_id
 GROUP BY n.sku, n.name, n.unit, n.tracking, n.product_id, p.id, p.code, p.name, p.kind
 ORDER BY p.kind, p.code;

-- The lots that stand in the place first, or every piece ever made would be read.
-- name: stock_codes
SELECT coalesce((SELECT v.new_code FROM label_void v
                  WHERE v.site = u.site AND v.lot_id = u.lot_id AND v.unit_no = u.no
                  ORDER BY v.n DESC LIMIT 1), u.code) AS code
  FROM stock_now s
 CROSS JOIN unit u
 CROSS JOIN unit_now n
 WHERE s.site = :site AND s.place_id = :place AND s.product_id = :product
   AND u.site = s.site AND u.lot_id = s.lot_id
   AND n.site = u.site AND n.unit_id = u.id AND n.place_id = s.place_id
 ORDER BY s.lot_id, u.no
 LIMIT :most;

-- The lots a sale takes from: first expired first, then oldest.
-- name: stock_lots
SELECT s.lot_id, s.qty_milli, l.cost_known, l.unit_cost_rp, l.expires, l.expiry_day
  FROM stock_now s
  JOIN lot l ON l.site = s.site AND l.id = s.lot_id
 WHERE s.site = :site AND s.place_id = :place AND s.product_id = :product AND s.qty_milli > 0
   AND (s.lot_id = :only OR CAST(:any AS BIGINT) = 1)
 ORDER BY CASE WHEN l.expires = 1 THEN 0 ELSE 1 END, l.expiry_day, l.made_day, s.lot_id;
