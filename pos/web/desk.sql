-- What the desk pages read and no room below offers.

-- Every price of a product itself, the newest first.
-- name: desk_prices
SELECT price_rp, cost_known, cost_rp, approver, valid_from_ms
  FROM price
 WHERE site = :site AND product_id = :product AND variant_id IS NULL
 ORDER BY valid_from_ms DESC, id DESC
 LIMIT :most;

-- The newest lots of a product, with what is left of each in places of our own.  Which lots, an index
-- says; and the few places come first, or all stock would be read.
-- name: desk_lots_of_product
SELECT l.code, p.sku, p.name, p.unit, l.made_day, l.expires, l.expiry_day, l.qty_milli,
       l.cost_known, l.unit_cost_rp,
       CAST(coalesce((SELECT sum(s.qty_milli)
                        FROM place pl
                       CROSS JOIN stock_now s
                       WHERE pl.site = l.site
                         AND pl.kind IN ('store', 'showroom', 'transit', 'partner', 'exhibition')
                         AND s.site = pl.site AND s.place_id = pl.id
                         AND s.product_id = l.product_id AND s.lot_id = l.id),
                     0) AS BIGINT) AS left_milli
  FROM lot l
  JOIN product_now p ON p.site = l.site AND p.product_id = l.product_id
 WHERE l.site = :site
   AND l.id IN (SELECT x.id FROM lot x
                 WHERE x.site = :site AND x.product_id = :product
                 ORDER BY x.id DESC LIMIT :most)
 ORDER BY l.id DESC;

-- Lots of which something is left and that end until a day, the earliest first.
-- name: desk_lots_expiring
SELECT l.code, p.sku, p.name, p.unit, l.made_day, l.expires, l.expiry_day, l.qty_milli,
       l.cost_known, l.unit_cost_rp, CAST(sum(s.qty_milli) AS BIGINT) AS left_milli
  FROM place pl
  JOIN stock_now s ON s.site = pl.site AND s.place_id = pl.id
  JOIN lot l ON l.site = s.site AND l.id = s.lot_id
  JOIN product_now p ON p.site = l.site AND p.product_id = l.product_id
 WHERE pl.site = :site
   AND pl.kind IN ('store', 'showroom', 'transit', 'partner', 'exhibition')
   AND l.expires = 1 AND l.expiry_day <= :until_day
 GROUP BY l.id, l.code, p.sku, p.name, p.unit, l.made_day, l.expires, l.expiry_day, l.qty_milli,
          l.cost_known, l.unit_cost_rp
HAVING sum(s.qty_milli) > 0
 ORDER BY l.expiry_day, l.code
 LIMIT :most;

-- The pieces of a lot in the order they were made, and where each stands.
-- name: desk_units
SELECT u.no, coalesce((SELECT v.new_code FROM label_void v
                        WHERE v.site = u.site AND v.lot_id = u.lot_id AND v.unit_no = u.no
                        ORDER BY v.n DESC LIMIT 1), u.code) AS code,
       pl.kind, pl.name
  FROM unit u
  JOIN unit_now n ON n.site = u.site AND n.unit_id = u.id
  JOIN place pl ON pl.site = n.site AND pl.id = n.place_id
 WHERE u.site = :site AND u.lot_id = :lot AND u.no > :after_no
 ORDER BY u.no
 LIMIT :most;

-- Sums of business days, for the chart.
-- name: desk_day_sums
SELECT business_day, CAST(sum(gross_rp) AS BIGINT) AS gross_rp,
       CAST(sum(pnbp_rp) AS BIGINT) AS pnbp_rp
  FROM pnbp_daily
 WHERE site = :site AND business_day BETWEEN :from_day AND :to_day
 GROUP BY business_day
 ORDER BY business_day
 LIMIT :most;
