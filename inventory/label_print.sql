-- Labels that were printed, codes in force, printers.  Who printed and when is in the journal line.

-- The pieces from_no..to_no of a lot with the code in force, where they stand, how often it was printed.
-- name: label_codes
SELECT t.no, t.unit_id, t.code, t.kind,
       (SELECT CAST(coalesce(max(l.copy_no), 0) AS BIGINT)
          FROM label_print_line l WHERE l.site = :site AND l.code = t.code) AS copies
  FROM (SELECT u.no, u.id AS unit_id, p.kind,
               coalesce((SELECT v.new_code FROM label_void v
                          WHERE v.site = u.site AND v.lot_id = u.lot_id AND v.unit_no = u.no
                          ORDER BY v.n DESC LIMIT 1), u.code) AS code
          FROM unit u
          JOIN unit_now n ON n.site = u.site AND n.unit_id = u.id
          JOIN place p ON p.site = n.site AND p.id = n.place_id
         WHERE u.site = :site AND u.lot_id = :lot AND u.no BETWEEN :from_no AND :to_no) t
 ORDER BY t.no;

-- name: label_void_last
SELECT n FROM label_void
 WHERE site = :site AND lot_id = :lot AND unit_no = :no
 ORDER BY n DESC
 LIMIT 1;

-- name: label_copies
SELECT CAST(coalesce(max(copy_no), 0) AS BIGINT) AS copies
  FROM label_print_line
 WHERE site = :site AND code = :code;

-- The print that made the last copy of a code.
-- name: label_last_print
SELECT p.number
  FROM label_print_line l
  JOIN label_print p ON p.site = l.site AND p.id = l.print_id
 WHERE l.site = :site AND l.code = :code
 ORDER BY l.copy_no DESC
 LIMIT 1;

-- name: label_job_by_number
SELECT p.id, p.number, p.lot_id, b.code AS lot_code, n.sku, p.size, p.medium, p.printer, p.start_cell,
       p.host, p.name, p.variant, p.price_known, p.price_rp, p.count, p.reason, j.actor, j.at_ms,
       (SELECT CAST(coalesce(max(l.copy_no), 0) AS BIGINT)
          FROM label_print_line l WHERE l.site = p.site AND l.print_id = p.id) AS copies
  FROM label_print p
  JOIN lot b ON b.site = p.site AND b.id = p.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  JOIN journal j ON j.id = p.act_id
 WHERE p.site = :site AND p.number = :number;

-- name: label_jobs
SELECT p.id, p.number, p.lot_id, b.code AS lot_code, n.sku, p.size, p.medium, p.printer, p.start_cell,
       p.host, p.name, p.variant, p.price_known, p.price_rp, p.count, p.reason, j.actor, j.at_ms,
       (SELECT CAST(coalesce(max(l.copy_no), 0) AS BIGINT)
          FROM label_print_line l WHERE l.site = p.site AND l.print_id = p.id) AS copies
  FROM label_print p
  JOIN lot b ON b.site = p.site AND b.id = p.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  JOIN journal j ON j.id = p.act_id
 WHERE p.site = :site AND p.id < :before
 ORDER BY p.id DESC
 LIMIT :most;

-- name: label_jobs_of_lot
SELECT p.id, p.number, p.lot_id, b.code AS lot_code, n.sku, p.size, p.medium, p.printer, p.start_cell,
       p.host, p.name, p.variant, p.price_known, p.price_rp, p.count, p.reason, j.actor, j.at_ms,
       (SELECT CAST(coalesce(max(l.copy_no), 0) AS BIGINT)
          FROM label_print_line l WHERE l.site = p.site AND l.print_id = p.id) AS copies
  FROM label_print p
  JOIN lot b ON b.site = p.site AND b.id = p.lot_id
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  JOIN journal j ON j.id = p.act_id
 WHERE p.site = :site
   AND p.id IN (SELECT x.id FROM label_print x
                 WHERE x.site = :site AND x.lot_id = :lot
                 ORDER BY x.id DESC LIMIT :most)
 ORDER BY p.id DESC;

-- The labels of a print; `now` is the code in force where this one is void.
-- name: label_job_lines
SELECT l.line, l.code, l.copy_no,
       coalesce(u.no, x.unit_no, 0) AS no,
       CASE WHEN v.code IS NULL THEN l.code
            ELSE (SELECT w.new_code FROM label_void w
                   WHERE w.site = v.site AND w.lot_id = v.lot_id AND w.unit_no = v.unit_no
                   ORDER BY w.n DESC LIMIT 1) END AS now_code
  FROM label_print_line l
  LEFT JOIN label_void v ON v.site = l.site AND v.code = l.code
  LEFT JOIN label_void x ON x.site = l.site AND x.new_code = l.code
  LEFT JOIN unit u ON u.site = l.site AND u.code = l.code
 WHERE l.site = :site AND l.print_id = :print
 ORDER BY l.line;

-- name: label_variant
SELECT v.id, v.size, v.colour, v.motif
  FROM lot l
  JOIN variant v ON v.site = l.site AND v.id = l.variant_id
 WHERE l.site = :site AND l.id = :lot;

-- ---- what should be printed ----

-- Lots that stand in places of our own, with how many labels were printed for the first time and the
-- price of the last print; what is to be done with them is decided by the program.
-- name: label_due
SELECT t.lot_id, b.code AS lot_code, n.sku, n.name, n.unit, n.tracking, b.made_day, b.variant_id,
       b.product_id, t.left_milli,
       (SELECT p.price_known FROM label_print p
         WHERE p.site = b.site AND p.lot_id = b.id ORDER BY p.id DESC LIMIT 1) AS price_known,
       (SELECT p.price_rp FROM label_print p
         WHERE p.site = b.site AND p.lot_id = b.id ORDER BY p.id DESC LIMIT 1) AS price_rp,
       r.price_rp AS now_rp
  FROM (SELECT s.site, s.lot_id, CAST(sum(s.qty_milli) AS BIGINT) AS left_milli
          FROM place pl
         CROSS JOIN stock_now s
         WHERE pl.site = :site
           AND pl.kind IN ('store', 'showroom', 'transit', 'partner', 'exhibition')
           AND s.site = pl.site AND s.place_id = pl.id AND s.qty_milli > 0
         GROUP BY s.site, s.lot_id) t
 CROSS JOIN lot b
  JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
  LEFT JOIN price r ON r.site = b.site AND r.product_id = b.product_id
        AND r.id = coalesce((SELECT q.id FROM price q
                              WHERE q.site = b.site AND q.product_id = b.product_id
                                AND q.variant_id = b.variant_id AND q.valid_from_ms <= :at_ms
                              ORDER BY q.valid_from_ms DESC, q.id DESC LIMIT 1),
                            (SELECT q.id FROM price q
                              WHERE q.site = b.site AND q.product_id = b.product_id
                                AND q.variant_id IS NULL AND q.valid_from_ms <= :at_ms
                              ORDER BY q.valid_from_ms DESC, q.id DESC LIMIT 1))
 WHERE b.site = t.site AND b.id = t.lot_id AND n.tracking IN ('piece', 'lot')
   AND CASE WHEN CAST(:again AS BIGINT) = 1
            THEN EXISTS (SELECT 1 FROM label_print p
                          WHERE p.site = b.site AND p.lot_id = b.id
                            AND (p.price_known = 0 OR p.price_rp <> r.price_rp))
                 AND r.id IS NOT NULL
            ELSE NOT EXISTS (SELECT 1 FROM label_print p
                              WHERE p.site = b.site AND p.lot_id = b.id) END
 ORDER BY t.lot_id DESC
 LIMIT :most;

-- Pieces of a lot in places of our own: what the last label of each says.
-- name: label_due_pieces
SELECT t.no, p.price_known, p.price_rp
  FROM (SELECT u.no,
               coalesce((SELECT v.new_code FROM label_void v
                          WHERE v.site = u.site AND v.lot_id = u.lot_id AND v.unit_no = u.no
                          ORDER BY v.n DESC LIMIT 1), u.code) AS code
          FROM unit u
          JOIN unit_now n ON n.site = u.site AND n.unit_id = u.id
          JOIN place pl ON pl.site = n.site AND pl.id = n.place_id
         WHERE u.site = :site AND u.lot_id = :lot
           AND pl.kind IN ('store', 'showroom', 'transit', 'partner', 'exhibition')) t
  JOIN label_print_line l ON l.site = :site AND l.code = t.code
   AND l.copy_no = (SELECT max(m.copy_no) FROM label_print_line m
                     WHERE m.site = :site AND m.code = t.code)
  JOIN label_print p ON p.site = l.site AND p.id = l.print_id
 ORDER BY t.no;

-- The labels of pieces that may still be scanned, and of lots of which something is left.  Asked for
-- only before the host is changed.
-- name: label_circulating
SELECT CAST(coalesce(sum(t.labels), 0) AS BIGINT) AS labels
  FROM (SELECT CAST(1 AS BIGINT) AS labels
          FROM label_print_line l
          JOIN unit u ON u.site = l.site AND u.code = l.code
          JOIN unit_now n ON n.site = u.site AND n.unit_id = u.id
          JOIN place pl ON pl.site = n.site AND pl.id = n.place_id
         WHERE l.site = :site AND l.copy_no = 1
           AND pl.kind NOT IN ('customer', 'scrap', 'lost', 'consumed')
           AND NOT EXISTS (SELECT 1 FROM label_void v WHERE v.site = l.site AND v.code = l.code)
         UNION ALL
        SELECT CAST(1 AS BIGINT) AS labels
          FROM label_print_line l
          JOIN label_void v ON v.site = l.site AND v.new_code = l.code
          JOIN unit u ON u.site = v.site AND u.lot_id = v.lot_id AND u.no = v.unit_no
          JOIN unit_now n ON n.site = u.site AND n.unit_id = u.id
          JOIN place pl ON pl.site = n.site AND pl.id = n.place_id
         WHERE l.site = :site AND l.copy_no = 1
           AND pl.kind NOT IN ('customer', 'scrap', 'lost', 'consumed')
           AND NOT EXISTS (SELECT 1 FROM label_void w WHERE w.site = l.site AND w.code = l.code)
         UNION ALL
        SELECT p.count AS labels
          FROM label_print p
          JOIN lot b ON b.site = p.site AND b.id = p.lot_id
          JOIN product_now n ON n.site = b.site AND n.product_id = b.product_id
         WHERE p.site = :site AND n.tracking = 'lot'
           AND EXISTS (SELECT 1 FROM place pl
                         JOIN stock_now s ON s.site = pl.site AND s.place_id = pl.id
                        WHERE pl.site = b.site AND s.product_id = b.product_id
                          AND pl.kind IN ('store', 'showroom', 'transit', 'partner', 'exhibition')
                          AND s.lot_id = b.id AND s.qty_milli > 0)) t;

-- ---- printers ----

-- name: label_printers
SELECT name, dpi, offset_x_um, offset_y_um, scale_ppm
  FROM label_printer
 WHERE site = :site
 ORDER BY name;

-- name: label_printer_get
SELECT name, dpi, offset_x_um, offset_y_um, scale_ppm
  FROM label_printer
 WHERE site = :site AND name = :name;

-- name: label_printer_put
INSERT INTO label_printer (site, name, dpi, offset_x_um, offset_y_um, scale_ppm)
VALUES (:site, :name, :dpi, :offset_x_um, :offset_y_um, :scale_ppm)
ON CONFLICT (site, name) DO UPDATE
   SET dpi = excluded.dpi, offset_x_um = excluded.offset_x_um,
       offset_y_um = excluded.offset_y_um, scale_ppm = excluded.scale_ppm;

-- name: label_printer_drop
DELETE FROM label_printer WHERE site = :site AND name = :name;
