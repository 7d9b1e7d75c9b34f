-- Statements that must differ from the common ones of the same name, and why.

-- Takes the row of the stream for this transaction: acts come one after the other.
-- name: journal_take
SELECT seq, at_ms, hash FROM journal_take(:site, :epoch);

-- Product by product in the order of the page, so that it ends when the page is full; the planner
-- would sum the whole place first.
-- name: stock_page
SELECT n.sku, n.name, n.unit, n.tracking, n.product_id, p.id AS place_id, p.code AS place_code,
       p.name AS place_name, t.qty_milli
  FROM place p
 CROSS JOIN product_now n
 CROSS JOIN LATERAL (SELECT CAST(sum(s.qty_milli) AS BIGINT) AS qty_milli
                       FROM stock_now s
                      WHERE s.site = n.site AND s.place_id = p.id
                        AND s.product_id = n.product_id) t
 WHERE p.site = :site AND p.id = :place AND n.site = :site AND n.sku > :after_sku
   AND t.qty_milli IS NOT NULL
 ORDER BY n.sku
 LIMIT :most;

-- What stands in places of our own first, and not all lots that ever ended; the planner does not
-- see that the ended ones are sold, and would look for each of them in all places.
-- name: desk_lots_expiring
WITH here AS MATERIALIZED (
    SELECT s.site, s.lot_id, s.qty_milli
      FROM place pl
      JOIN stock_now s ON s.site = pl.site AND s.place_id = pl.id
     WHERE pl.site = :site
       AND pl.kind IN ('store', 'showroom', 'transit', 'partner', 'exhibition')
)
SELECT l.code, p.sku, p.name, p.unit, l.made_day, l.expires, l.expiry_day, l.qty_milli,
       l.cost_known, l.unit_cost_rp, CAST(sum(h.qty_milli) AS BIGINT) AS left_milli
  FROM here h
  JOIN lot l ON l.site = h.site AND l.id = h.lot_id
  JOIN product_now p ON p.site = l.site AND p.product_id = l.product_id
 WHERE l.expires = 1 AND l.expiry_day <= :until_day
 GROUP BY l.id, l.code, p.sku, p.name, p.unit, l.made_day, l.expires, l.expiry_day, l.qty_milli,
          l.cost_known, l.unit_cost_rp
HAVING sum(h.qty_milli) > 0
 ORDER BY l.expiry_day, l.code
 LIMIT :most;
