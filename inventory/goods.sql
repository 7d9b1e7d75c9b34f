-- Products as they are now, with the price in force and what stands in the showroom.
-- One product, by its id or (id NULL) by its SKU.
-- name: product_get
SELECT n.product_id, n.sku, n.tracking, n.unit, n.rev, n.name, n.family, f.name AS family_name,
       n.workshop_id, w.name AS workshop_name, n.revenue_account, n.shelf_life_days, n.motif,
       n.technique, n.active, r.id AS price_id, r.price_rp, r.cost_known, r.cost_rp,
       (SELECT CAST(sum(s.qty_milli) AS BIGINT)
          FROM stock_now s
         WHERE s.site = n.site AND s.product_id = n.product_id
           AND s.place_id = (SELECT h.id FROM place h WHERE h.site = n.site AND h.kind = 'showroom'
                              ORDER BY h.code LIMIT 1)) AS on_hand_milli
  FROM product_now n
  JOIN family f ON f.site = n.site AND f.code = n.family
  JOIN place w ON w.site = n.site AND w.id = n.workshop_id
  LEFT JOIN price r ON r.site = n.site AND r.product_id = n.product_id
        AND r.id = (SELECT q.id FROM price q
                     WHERE q.site = n.site AND q.product_id = n.product_id
                       AND q.variant_id IS NULL AND q.valid_from_ms <= :at_ms
                     ORDER BY q.valid_from_ms DESC, q.id DESC LIMIT 1)
 WHERE n.site = :site
   AND n.product_id = coalesce(:id, (SELECT s.product_id FROM product_now s
                                      WHERE s.site = :site AND s.sku = :sku));

-- name: product_id_by_sku
SELECT product_id FROM product_now WHERE site = :site AND sku = :sku;

-- name: product_page
SELECT n.product_id, n.sku, n.tracking, n.unit, n.rev, n.name, n.family, f.name AS family_name,
       n.workshop_id, w.name AS workshop_name, n.revenue_account, n.shelf_life_days, n.motif,
       n.technique, n.active, r.id AS price_id, r.price_rp, r.cost_known, r.cost_rp,
       (SELECT CAST(sum(s.qty_milli) AS BIGINT)
          FROM stock_now s
         WHERE s.site = n.site AND s.product_id = n.product_id
           AND s.place_id = (SELECT h.id FROM place h WHERE h.site = n.site AND h.kind = 'showroom'
                              ORDER BY h.code LIMIT 1)) AS on_hand_milli
  FROM product_now n
  JOIN family f ON f.site = n.site AND f.code = n.family
  JOIN place w ON w.site = n.site AND w.id = n.workshop_id
  LEFT JOIN price r ON r.site = n.site AND r.product_id = n.product_id
        AND r.id = (SELECT q.id FROM price q
                     WHERE q.site = n.site AND q.product_id = n.product_id
                       AND q.variant_id IS NULL AND q.valid_from_ms <= :at_ms
                     ORDER BY q.valid_from_ms DESC, q.id DESC LIMIT 1)
 WHERE n.site = :site AND n.sku > :after_sku AND (n.family = :family OR :family = '')
 ORDER BY n.sku
 LIMIT :most;

-- What begins with the text.
-- name: product_search_prefix
SELECT product_id
  FROM product_now
 WHERE site = :site AND search_key >= :from_key AND search_key < :to_key AND active = 1
 ORDER BY search_key
 LIMIT :most;

-- What contains every word; the index holds all it needs.
-- name: product_search_words
SELECT product_id
  FROM product_now /*scan*/
 WHERE site = :site AND active = 1 AND search_key LIKE :word_1 ESCAPE '\'
   AND search_key LIKE :word_2 ESCAPE '\' AND search_key LIKE :word_3 ESCAPE '\'
 ORDER BY search_key
 LIMIT :most;

-- name: family_all
SELECT code, name FROM family WHERE site = :site ORDER BY code;

-- name: family_by_code
SELECT name FROM family WHERE site = :site AND code = :code;

-- A variant's own price goes before the product's.
-- name: price_in_force
SELECT p.id, p.price_rp, p.cost_known, p.cost_rp
  FROM price p
 WHERE p.site = :site AND p.product_id = :product
   AND p.id = coalesce((SELECT q.id FROM price q
                         WHERE q.site = :site AND q.product_id = :product
                           AND q.variant_id = :variant AND q.valid_from_ms <= :at_ms
                         ORDER BY q.valid_from_ms DESC, q.id DESC LIMIT 1),
                       (SELECT q.id FROM price q
                         WHERE q.site = :site AND q.product_id = :product
                           AND q.variant_id IS NULL AND q.valid_from_ms <= :at_ms
                         ORDER BY q.valid_from_ms DESC, q.id DESC LIMIT 1));

-- name: variant_by_code
SELECT id FROM variant WHERE site = :site AND product_id = :product AND code = :code;

-- name: variants_of
SELECT id, code, size, colour, motif
  FROM variant
 WHERE site = :site AND product_id = :product
 ORDER BY code
 LIMIT :most;

-- ---- what a label is ----

-- By the code it was made with or one it was given; `now_code` is the one in force, NULL: the first.
-- name: unit_by_code
SELECT u.id AS unit_id, u.code AS first_code,
       (SELECT v.new_code FROM label_void v
         WHERE v.site = u.site AND v.lot_id = u.lot_id AND v.unit_no = u.no
         ORDER BY v.n DESC LIMIT 1) AS now_code, u.lot_id, l.product_id, l.variant_id, l.made_day, l.expires, l.expiry_day, l.cost_known,
       l.unit_cost_rp + CASE WHEN u.no <= coalesce(c.rounding_rp, 0) THEN 1 ELSE 0 END
       AS unit_cost_rp, n.place_id, n.act_id AS moved_by, p.kind AS place_kind
  FROM unit u
  JOIN lot l ON l.site = u.site AND l.id = u.lot_id
  LEFT JOIN lot_cost c ON c.site = l.site AND c.lot_id = l.id
  JOIN unit_now n ON n.site = u.site AND n.unit_id = u.id
  JOIN place p ON p.site = n.site AND p.id = n.place_id
 WHERE u.site = :site
   AND u.code = coalesce((SELECT x.code FROM unit x WHERE x.site = :site AND x.code = :code),
                         (SELECT y.code FROM label_void w
                            JOIN unit y ON y.site = w.site AND y.lot_id = w.lot_id
                             AND y.no = w.unit_no
                           WHERE w.site = :site AND w.new_code = :code));

-- CROSS JOIN: the few places first, one look each; the other way round reads all stock.
-- name: lot_label_by_code
SELECT l.id AS lot_id, l.code AS first_code,
       (SELECT v.new_code FROM label_void v
         WHERE v.site = l.site AND v.lot_id = l.id AND v.unit_no = 0
         ORDER BY v.n DESC LIMIT 1) AS now_code, l.product_id, l.variant_id, l.made_day, l.expires, l.expiry_day, l.cost_known,
       l.unit_cost_rp,
       (SELECT CAST(sum(s.qty_milli) AS BIGINT)
          FROM stock_now s
         WHERE s.site = l.site AND s.product_id = l.product_id AND s.lot_id = l.id
           AND s.place_id = (SELECT h.id FROM place h WHERE h.site = l.site AND h.kind = 'showroom'
                              ORDER BY h.code LIMIT 1)) AS on_hand_milli,
       (SELECT CAST(sum(s.qty_milli) AS BIGINT)
          FROM place p
         CROSS JOIN stock_now s
         WHERE p.site = l.site AND p.kind IN ('store', 'transit', 'partner', 'exhibition')
           AND s.site = p.site AND s.place_id = p.id AND s.product_id = l.product_id
           AND s.lot_id = l.id) AS elsewhere_milli
  FROM lot l
 WHERE l.site = :site
   AND l.code = coalesce((SELECT x.code FROM lot x WHERE x.site = :site AND x.code = :code),
                         (SELECT y.code FROM label_void w
                            JOIN lot y ON y.site = w.site AND y.id = w.lot_id
                           WHERE w.site = :site AND w.new_code = :code AND w.unit_no = 0));

-- name: label_code_taken
SELECT 1 AS taken FROM unit WHERE site = :site AND code = :code
 UNION ALL
SELECT 1 AS taken FROM lot WHERE site = :site AND code = :code
 UNION ALL
SELECT 1 AS taken FROM label_void WHERE site = :site AND new_code = :code
 LIMIT 1;
