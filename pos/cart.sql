-- name: cart_open_of
SELECT id, key, opened_at_ms, newest_line, last_event
  FROM cart
 WHERE site = :site AND login = :login AND till = :till AND state = 'open';

-- name: cart_by_id
SELECT id, key, opened_at_ms, newest_line, last_event FROM cart WHERE site = :site AND id = :cart;

-- name: cart_insert
INSERT INTO cart (site, id, login, till, state, key, opened_at_ms, newest_line, last_event)
VALUES (:site, :cart, :login, :till, 'open', :key, :at_ms, 0, 0);

-- name: cart_marks
UPDATE cart SET newest_line = :newest, last_event = :last_event WHERE site = :site AND id = :cart;

-- name: cart_close
UPDATE cart SET state = :state WHERE site = :site AND id = :cart;

-- name: cart_lines
SELECT l.line, l.product_id, l.variant_id, l.lot_id, l.unit_id, l.code, l.qty_milli, n.sku, n.name,
       n.unit, n.tracking
  FROM cart_line l
  JOIN product_now n ON n.site = l.site AND n.product_id = l.product_id
 WHERE l.site = :site AND l.cart_id = :cart AND l.qty_milli > 0
 ORDER BY l.line;

-- name: cart_line_last
SELECT coalesce(max(line), 0) AS line FROM cart_line WHERE site = :site AND cart_id = :cart;

-- name: cart_line_insert
INSERT INTO cart_line (site, cart_id, line, product_id, variant_id, lot_id, unit_id, code, qty_milli)
VALUES (:site, :cart, :line, :product, :variant, :lot, :unit, :code, :qty_milli);

-- name: cart_line_qty
UPDATE cart_line SET qty_milli = :qty_milli WHERE site = :site AND cart_id = :cart AND line = :line;

-- name: cart_line_get
SELECT l.qty_milli, l.code, l.product_id, l.variant_id, n.sku
  FROM cart_line l
  JOIN product_now n ON n.site = l.site AND n.product_id = l.product_id
 WHERE l.site = :site AND l.cart_id = :cart AND l.line = :line;

-- name: cart_undo_last
SELECT n, line, qty_milli, newest
  FROM cart_undo
 WHERE site = :site AND cart_id = :cart
 ORDER BY n DESC
 LIMIT 1;

-- name: cart_undo_insert
INSERT INTO cart_undo (site, cart_id, n, line, qty_milli, newest)
VALUES (:site, :cart, :n, :line, :qty_milli, :newest);

-- name: cart_undo_drop
DELETE FROM cart_undo WHERE site = :site AND cart_id = :cart AND n = :n;

-- name: cart_scan_seen
SELECT 1 AS seen FROM cart_scan WHERE site = :site AND stream = :stream AND seq = :seq;

-- name: cart_scan_insert
INSERT INTO cart_scan (site, stream, seq, at_ms) VALUES (:site, :stream, :seq, :at_ms);

-- What is left of carts that were closed long ago.
-- name: cart_forget_lines
DELETE FROM cart_line WHERE site = :site AND cart_id IN
 (SELECT id FROM cart WHERE site = :site AND id < :before AND state <> 'open');

-- name: cart_forget_undo
DELETE FROM cart_undo WHERE site = :site AND cart_id IN
 (SELECT id FROM cart WHERE site = :site AND id < :before AND state <> 'open');

-- name: cart_forget_scans
DELETE FROM cart_scan /*scan*/ WHERE site = :site AND at_ms < :before_ms;

-- name: cart_forget
DELETE FROM cart WHERE site = :site AND id < :before AND state <> 'open';
