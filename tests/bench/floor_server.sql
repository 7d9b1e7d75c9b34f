-- Two floors for tests/bench/run_server.  First the tables of a sale with the columns and keys of ours,
-- but without checks, foreign keys and triggers, for floor_bare.pgbench.
CREATE SCHEMA floor;
SET search_path = floor;
CREATE TABLE sale (LIKE etalase.sale INCLUDING INDEXES);
CREATE TABLE sale_line (LIKE etalase.sale_line INCLUDING INDEXES);
CREATE TABLE payment (LIKE etalase.payment INCLUDING INDEXES);
CREATE TABLE stock_move (LIKE etalase.stock_move INCLUDING INDEXES);
CREATE TABLE money_move (LIKE etalase.money_move INCLUDING INDEXES);
CREATE TABLE journal (LIKE etalase.journal INCLUDING INDEXES);
CREATE TABLE stock_now (LIKE etalase.stock_now INCLUDING INDEXES) WITH (fillfactor = 50);
CREATE TABLE account_now (LIKE etalase.account_now INCLUDING INDEXES) WITH (fillfactor = 10);
CREATE TABLE pnbp_daily (LIKE etalase.pnbp_daily INCLUDING INDEXES) WITH (fillfactor = 10);
CREATE TABLE sale_no_now (LIKE etalase.sale_no_now INCLUDING INDEXES) WITH (fillfactor = 10);
CREATE TABLE turn (site TEXT PRIMARY KEY, seq BIGINT NOT NULL) WITH (fillfactor = 10);
INSERT INTO turn (site, seq) VALUES ('999001', 0);

-- An id of sixteen bytes in the order of its number.
CREATE FUNCTION id(n BIGINT) RETURNS BYTEA LANGUAGE sql IMMUTABLE
    RETURN int8send(n) || int8send(n);

-- What tests/bench/floor_same.pgbench puts into the tables of the program itself: goods that stand in
-- the showroom, numbered, and the places and accounts of a sale.
CREATE TABLE goods AS
SELECT row_number() OVER (ORDER BY p.sku) AS n, p.product_id, p.sku, p.name, p.unit, s.lot_id, r.id AS price_id
  FROM etalase.stock_now s
  JOIN etalase.place w ON w.site = s.site AND w.id = s.place_id AND w.kind = 'showroom'
  JOIN etalase.product_now p ON p.site = s.site AND p.product_id = s.product_id
  JOIN etalase.price r ON r.site = s.site AND r.product_id = s.product_id;
ALTER TABLE goods ADD PRIMARY KEY (n);
CREATE TABLE ends AS
SELECT (SELECT id FROM etalase.place WHERE kind = 'showroom') AS showroom,
       (SELECT id FROM etalase.place WHERE kind = 'customer') AS customer,
       (SELECT id FROM etalase.account WHERE kind = 'till_drawer' AND code = '3') AS drawer,
       (SELECT id FROM etalase.account WHERE kind = 'sales_clearing') AS clearing,
       (SELECT id FROM etalase.account WHERE kind = 'pnbp_owed' AND code = '425119') AS pnbp,
       (SELECT id FROM etalase.account WHERE kind = 'premi_owed') AS premi,
       (SELECT id FROM etalase.account WHERE kind = 'production_fund') AS fund;
ANALYZE;
