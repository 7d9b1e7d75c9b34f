-- What sells, read in slices by key, so that nobody waits for a report.

-- name: sells_sales
SELECT x.act_id, x.business_day, l.line, l.qty_milli, l.total_rp, n.sku, n.name, n.motif,
       f.name AS family, w.name AS workshop, coalesce(m.qty_milli, 0) AS moved_milli,
       coalesce(b.made_day, 0) AS made_day
  FROM (SELECT act_id, business_day FROM sale
         WHERE site = :site AND act_id > :after
         ORDER BY act_id LIMIT :most) x
  JOIN sale_line l ON l.site = :site AND l.act_id = x.act_id
  JOIN product_now n ON n.site = l.site AND n.product_id = l.product_id
  JOIN family f ON f.site = n.site AND f.code = n.family
  LEFT JOIN stock_move m ON m.site = l.site AND m.act_id = l.act_id AND m.doc_line = l.line
  LEFT JOIN lot b ON b.site = m.site AND b.id = m.lot_id
  JOIN place w ON w.site = n.site AND w.id = coalesce(b.workshop_id, n.workshop_id)
 ORDER BY x.act_id, l.line, m.line;

-- name: sells_lots
SELECT b.id, b.made_day, b.qty_milli, n.tracking, n.sku, n.name, n.motif, f.name AS family,
       w.name AS workshop
  FROM (SELECT site, id, product_id, workshop_id, made_day, qty_milli FROM lot
         WHERE site = :site AND id > :after
         ORDER BY id LIMIT :most) b
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  JOIN family f ON f.site = n.site AND f.code = n.family
  JOIN place w ON w.site = b.site AND w.id = b.workshop_id
 ORDER BY b.id;

-- name: sells_left
SELECT x.place_id, x.product_id, x.lot_id, x.qty_milli, p.kind, b.made_day, n.tracking, n.sku,
       n.name, n.motif, f.name AS family, w.name AS workshop
  FROM (SELECT site, place_id, product_id, lot_id, qty_milli FROM stock_now
         WHERE site = :site
           AND (place_id, product_id, lot_id) > (:after_place, :after_product, :after_lot)
         ORDER BY place_id, product_id, lot_id LIMIT :most) x
  JOIN place p ON p.site = x.site AND p.id = x.place_id
  JOIN lot b ON b.site = x.site AND b.id = x.lot_id
  JOIN product_now n ON n.site = x.site AND n.product_id = x.product_id
  JOIN family f ON f.site = n.site AND f.code = n.family
  JOIN place w ON w.site = b.site AND w.id = b.workshop_id
 ORDER BY x.place_id, x.product_id, x.lot_id;
