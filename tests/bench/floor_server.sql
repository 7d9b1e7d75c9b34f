-- The tables of a sale with the columns and keys of ours, but without checks, foreign keys and
-- triggers: what tests/bench/floor_server.pgbench fills.  Run by tests/bench/run_server.
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
