-- What the phone pages read and no room below offers.

-- Where pieces of a counted lot stand in places of our own.  The few places first, or all stock would
-- be read.
-- name: phone_lot_places
SELECT pl.kind, pl.name, s.qty_milli
  FROM place pl
 CROSS JOIN stock_now s
 WHERE pl.site = :site
   AND pl.kind IN ('store', 'showroom', 'transit', 'partner', 'exhibition')
   AND s.site = pl.site AND s.place_id = pl.id AND s.product_id = :product AND s.lot_id = :lot
   AND s.qty_milli > 0
 ORDER BY pl.kind, pl.name
 LIMIT :most;

-- The name of one place.
-- name: phone_place
SELECT pl.kind, pl.name, CAST(0 AS BIGINT) AS qty_milli
  FROM place pl
 WHERE pl.site = :site AND pl.id = :place
 LIMIT :most;
