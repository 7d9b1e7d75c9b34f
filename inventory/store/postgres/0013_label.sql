-- Labels that were printed, and codes that were given anew.

-- A print: which lot, on what, what the labels said.  Ink is not known, only that it was asked for.
CREATE TABLE label_print (
    site        TEXT   NOT NULL,
    act_id      BYTEA  NOT NULL CHECK (length(act_id) = 16),
    id          BYTEA  NOT NULL CHECK (length(id) = 16),
    number      TEXT   NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    lot_id      BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    size        TEXT   NOT NULL CHECK (size IN ('40x30', '50x25', '70x40')),
    medium      TEXT   NOT NULL CHECK (medium IN ('roll', 'sheet')),
    printer     TEXT   NOT NULL CHECK (length(printer) <= 40),
    start_cell  BIGINT NOT NULL CHECK (start_cell BETWEEN 1 AND 100),
    host        TEXT   NOT NULL CHECK (length(host) BETWEEN 1 AND 200),
    name        TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    variant     TEXT   NOT NULL CHECK (length(variant) <= 200),
    price_known BIGINT NOT NULL CHECK (price_known IN (0, 1)),
    price_rp    BIGINT NOT NULL CHECK (price_rp BETWEEN 0 AND 999999999999999),
    count       BIGINT NOT NULL CHECK (count BETWEEN 1 AND 10000),
    reason      TEXT   NOT NULL CHECK (length(reason) <= 200),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    CHECK (price_known = 1 OR price_rp = 0)
);
CREATE INDEX label_print_by_lot ON label_print (site, lot_id, id);
CREATE TRIGGER label_print_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON label_print
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON label_print TO etalase;

-- Which codes, in their order; all labels of a counted lot are one line.
CREATE TABLE label_print_line (
    site     TEXT   NOT NULL,
    act_id   BYTEA  NOT NULL CHECK (length(act_id) = 16),
    print_id BYTEA  NOT NULL CHECK (length(print_id) = 16),
    line     BIGINT NOT NULL CHECK (line BETWEEN 1 AND 10000),
    code     TEXT   NOT NULL CHECK (length(code) = 10),
    copy_no  BIGINT NOT NULL CHECK (copy_no > 0),
    PRIMARY KEY (site, print_id, line),
    UNIQUE (site, code, copy_no),
    FOREIGN KEY (site, print_id) REFERENCES label_print (site, id)
);
CREATE TRIGGER label_print_line_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON label_print_line
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON label_print_line TO etalase;

-- A code that is no longer in force, and the one that is: a piece (unit_no 0: a lot) has the code it
-- was made with until here, then the new_code of the largest n.
CREATE TABLE label_void (
    site     TEXT   NOT NULL,
    act_id   BYTEA  NOT NULL CHECK (length(act_id) = 16),
    code     TEXT   NOT NULL CHECK (length(code) = 10),
    lot_id   BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    unit_no  BIGINT NOT NULL CHECK (unit_no >= 0),
    n        BIGINT NOT NULL CHECK (n > 0),
    new_code TEXT   NOT NULL CHECK (length(new_code) = 10),
    reason   TEXT   NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    PRIMARY KEY (site, code),
    UNIQUE (site, new_code),
    UNIQUE (site, lot_id, unit_no, n),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    CHECK (code <> new_code)
);
CREATE TRIGGER label_void_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON label_void
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON label_void TO etalase;

-- Printers as they were measured in this house.
CREATE TABLE label_printer (
    site        TEXT   NOT NULL,
    name        TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    dpi         BIGINT NOT NULL CHECK (dpi IN (203, 300, 600)),
    offset_x_um BIGINT NOT NULL CHECK (offset_x_um BETWEEN -10000 AND 10000),
    offset_y_um BIGINT NOT NULL CHECK (offset_y_um BETWEEN -10000 AND 10000),
    scale_ppm   BIGINT NOT NULL CHECK (scale_ppm BETWEEN 950000 AND 1050000),
    PRIMARY KEY (site, name)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON label_printer TO etalase;
