-- Materials, work orders, and what came of them.

-- What a lot cost in all.  The rupiah that the price of one piece leaves over are one each on the
-- first pieces; of a counted lot they stand here.
CREATE TABLE lot_cost (
    site        TEXT    NOT NULL,
    act_id      BLOB    NOT NULL CHECK (length(act_id) = 16),
    lot_id      BLOB    NOT NULL CHECK (length(lot_id) = 16),
    total_rp    INTEGER NOT NULL CHECK (total_rp BETWEEN 0 AND 999999999999999),
    rounding_rp INTEGER NOT NULL CHECK (rounding_rp BETWEEN 0 AND 999999999999999),
    PRIMARY KEY (site, lot_id),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER lot_cost_is_final_u BEFORE UPDATE ON lot_cost
BEGIN
    SELECT RAISE(ABORT, 'lot_cost is append-only');
END;
CREATE TRIGGER lot_cost_is_final_d BEFORE DELETE ON lot_cost
BEGIN
    SELECT RAISE(ABORT, 'lot_cost is append-only');
END;

-- Material bought from a supplier: one lot a receipt.
CREATE TABLE material_receipt (
    site        TEXT NOT NULL,
    act_id      BLOB NOT NULL CHECK (length(act_id) = 16),
    lot_id      BLOB NOT NULL CHECK (length(lot_id) = 16),
    number      TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    supplier_id BLOB NOT NULL CHECK (length(supplier_id) = 16),
    invoice_no  TEXT NOT NULL,
    note        TEXT NOT NULL,
    PRIMARY KEY (site, lot_id),
    UNIQUE (site, number),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    FOREIGN KEY (site, supplier_id) REFERENCES place (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER material_receipt_is_final_u BEFORE UPDATE ON material_receipt
BEGIN
    SELECT RAISE(ABORT, 'material_receipt is append-only');
END;
CREATE TRIGGER material_receipt_is_final_d BEFORE DELETE ON material_receipt
BEGIN
    SELECT RAISE(ABORT, 'material_receipt is append-only');
END;

CREATE TABLE programme (
    site     TEXT    NOT NULL,
    act_id   BLOB    NOT NULL CHECK (length(act_id) = 16),
    id       BLOB    NOT NULL CHECK (length(id) = 16),
    code     TEXT    NOT NULL CHECK (length(code) BETWEEN 1 AND 24),
    name     TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    kind     TEXT    NOT NULL CHECK (kind IN ('MOU', 'LLK', 'DINAS', 'OTHER')),
    partner  TEXT    NOT NULL,
    from_day INTEGER NOT NULL CHECK (from_day >= 0),
    to_day   INTEGER NOT NULL CHECK (to_day >= 0),
    PRIMARY KEY (site, id),
    UNIQUE (site, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER programme_is_final_u BEFORE UPDATE ON programme
BEGIN
    SELECT RAISE(ABORT, 'programme is append-only');
END;
CREATE TRIGGER programme_is_final_d BEFORE DELETE ON programme
BEGIN
    SELECT RAISE(ABORT, 'programme is append-only');
END;

CREATE TABLE work_order (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    number        TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    product_id    BLOB    NOT NULL CHECK (length(product_id) = 16),
    variant_id    BLOB    CHECK (length(variant_id) = 16),
    workshop_id   BLOB    NOT NULL CHECK (length(workshop_id) = 16),
    planned_milli INTEGER NOT NULL CHECK (planned_milli BETWEEN 1 AND 999999999999),
    capital       TEXT    NOT NULL CHECK (capital IN ('DIPA', 'KOPERASI', 'MITRA', 'MODAL_BERGULIR',
                                                      'HIBAH')),
    programme_id  BLOB    CHECK (length(programme_id) = 16),
    due_day       INTEGER NOT NULL CHECK (due_day >= 0),
    note          TEXT    NOT NULL,
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    FOREIGN KEY (site, workshop_id) REFERENCES place (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER work_order_is_final_u BEFORE UPDATE ON work_order
BEGIN
    SELECT RAISE(ABORT, 'work_order is append-only');
END;
CREATE TRIGGER work_order_is_final_d BEFORE DELETE ON work_order
BEGIN
    SELECT RAISE(ABORT, 'work_order is append-only');
END;

CREATE TABLE work_state (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    work_order_id BLOB    NOT NULL CHECK (length(work_order_id) = 16),
    n             INTEGER NOT NULL CHECK (n BETWEEN 1 AND 100000),
    state         TEXT    NOT NULL CHECK (state IN ('planned', 'running', 'checked', 'finished',
                                                    'cancelled')),
    reason        TEXT    NOT NULL,
    PRIMARY KEY (site, work_order_id, n),
    FOREIGN KEY (site, work_order_id) REFERENCES work_order (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER work_state_is_final_u BEFORE UPDATE ON work_state
BEGIN
    SELECT RAISE(ABORT, 'work_state is append-only');
END;
CREATE TRIGGER work_state_is_final_d BEFORE DELETE ON work_state
BEGIN
    SELECT RAISE(ABORT, 'work_state is append-only');
END;

-- Material that went to a work order, came back, or was lost, with what it cost.
CREATE TABLE material_use (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    line          INTEGER NOT NULL CHECK (line BETWEEN 1 AND 10000),
    work_order_id BLOB    CHECK (length(work_order_id) = 16),
    lot_id        BLOB    NOT NULL CHECK (length(lot_id) = 16),
    qty_milli     INTEGER NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    cost_known    INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    cost_rp       INTEGER NOT NULL CHECK (cost_rp BETWEEN 0 AND 999999999999999),
    what          TEXT    NOT NULL CHECK (what IN ('issued', 'returned', 'lost')),
    note          TEXT    NOT NULL,
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    CHECK (cost_known = 1 OR cost_rp = 0)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER material_use_is_final_u BEFORE UPDATE ON material_use
BEGIN
    SELECT RAISE(ABORT, 'material_use is append-only');
END;
CREATE TRIGGER material_use_is_final_d BEFORE DELETE ON material_use
BEGIN
    SELECT RAISE(ABORT, 'material_use is append-only');
END;
CREATE INDEX material_use_by_order ON material_use (site, work_order_id, lot_id, what, qty_milli, cost_rp);
CREATE INDEX material_use_by_lot ON material_use (site, lot_id, work_order_id, act_id, what, qty_milli);

-- Who worked on it, by codes; a later revision counts in the place of an earlier one.
CREATE TABLE work_share (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    work_order_id BLOB    NOT NULL CHECK (length(work_order_id) = 16),
    rev           INTEGER NOT NULL CHECK (rev BETWEEN 1 AND 100000),
    line          INTEGER NOT NULL CHECK (line BETWEEN 1 AND 1000),
    maker         TEXT    NOT NULL CHECK (length(maker) BETWEEN 2 AND 8),
    hours_milli   INTEGER NOT NULL CHECK (hours_milli BETWEEN 0 AND 999999999999),
    share_bps     INTEGER NOT NULL CHECK (share_bps BETWEEN 0 AND 10000),
    reason        TEXT    NOT NULL,
    PRIMARY KEY (site, work_order_id, rev, line),
    FOREIGN KEY (site, work_order_id) REFERENCES work_order (site, id),
    FOREIGN KEY (site, maker) REFERENCES maker (site, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER work_share_is_final_u BEFORE UPDATE ON work_share
BEGIN
    SELECT RAISE(ABORT, 'work_share is append-only');
END;
CREATE TRIGGER work_share_is_final_d BEFORE DELETE ON work_share
BEGIN
    SELECT RAISE(ABORT, 'work_share is append-only');
END;

CREATE TABLE quality_check (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    work_order_id BLOB    NOT NULL CHECK (length(work_order_id) = 16),
    n             INTEGER NOT NULL CHECK (n BETWEEN 1 AND 100000),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    grade_a_milli INTEGER NOT NULL CHECK (grade_a_milli BETWEEN 0 AND 999999999999),
    grade_b_milli INTEGER NOT NULL CHECK (grade_b_milli BETWEEN 0 AND 999999999999),
    reject_milli  INTEGER NOT NULL CHECK (reject_milli BETWEEN 0 AND 999999999999),
    note          TEXT    NOT NULL,
    checker       TEXT    NOT NULL CHECK (length(checker) BETWEEN 1 AND 33),
    PRIMARY KEY (site, work_order_id, n),
    FOREIGN KEY (site, work_order_id) REFERENCES work_order (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER quality_check_is_final_u BEFORE UPDATE ON quality_check
BEGIN
    SELECT RAISE(ABORT, 'quality_check is append-only');
END;
CREATE TRIGGER quality_check_is_final_d BEFORE DELETE ON quality_check
BEGIN
    SELECT RAISE(ABORT, 'quality_check is append-only');
END;

-- One check became one lot.
CREATE TABLE work_output (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    work_order_id BLOB    NOT NULL CHECK (length(work_order_id) = 16),
    n             INTEGER NOT NULL CHECK (n BETWEEN 1 AND 100000),
    lot_id        BLOB    NOT NULL CHECK (length(lot_id) = 16),
    material_rp   INTEGER NOT NULL CHECK (material_rp BETWEEN 0 AND 999999999999999),
    overhead_rp   INTEGER NOT NULL CHECK (overhead_rp BETWEEN 0 AND 999999999999999),
    cost_known    INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    total_rp      INTEGER NOT NULL CHECK (total_rp BETWEEN 0 AND 999999999999999),
    over_reason   TEXT    NOT NULL,
    PRIMARY KEY (site, work_order_id, n),
    UNIQUE (site, lot_id),
    FOREIGN KEY (site, work_order_id, n) REFERENCES quality_check (site, work_order_id, n),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER work_output_is_final_u BEFORE UPDATE ON work_output
BEGIN
    SELECT RAISE(ABORT, 'work_output is append-only');
END;
CREATE TRIGGER work_output_is_final_d BEFORE DELETE ON work_output
BEGIN
    SELECT RAISE(ABORT, 'work_output is append-only');
END;

CREATE TABLE unit_grade (
    site    TEXT NOT NULL,
    act_id  BLOB NOT NULL CHECK (length(act_id) = 16),
    unit_id BLOB NOT NULL CHECK (length(unit_id) = 16),
    grade   TEXT NOT NULL CHECK (grade IN ('A', 'B')),
    PRIMARY KEY (site, unit_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER unit_grade_is_final_u BEFORE UPDATE ON unit_grade
BEGIN
    SELECT RAISE(ABORT, 'unit_grade is append-only');
END;
CREATE TRIGGER unit_grade_is_final_d BEFORE DELETE ON unit_grade
BEGIN
    SELECT RAISE(ABORT, 'unit_grade is append-only');
END;
