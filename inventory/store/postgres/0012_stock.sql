-- Transfers, cases, write-offs and counts.

-- Goods sent from a place of our own to another; they stand in transit until they are received.
CREATE TABLE transfer (
    site    TEXT   NOT NULL,
    act_id  BYTEA  NOT NULL CHECK (length(act_id) = 16),
    id      BYTEA  NOT NULL CHECK (length(id) = 16),
    number  TEXT   NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    kind    TEXT   NOT NULL CHECK (kind IN ('transfer', 'exhibition_out', 'exhibition_back')),
    from_id BYTEA  NOT NULL CHECK (length(from_id) = 16),
    to_id   BYTEA  NOT NULL CHECK (length(to_id) = 16),
    note    TEXT   NOT NULL,
    due_day BIGINT NOT NULL CHECK (due_day >= 0),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, from_id) REFERENCES place (site, id),
    FOREIGN KEY (site, to_id) REFERENCES place (site, id),
    CHECK (from_id <> to_id)
);
CREATE TRIGGER transfer_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON transfer TO etalase;

CREATE TABLE transfer_line (
    site        TEXT   NOT NULL,
    act_id      BYTEA  NOT NULL CHECK (length(act_id) = 16),
    transfer_id BYTEA  NOT NULL CHECK (length(transfer_id) = 16),
    line        BIGINT NOT NULL CHECK (line BETWEEN 1 AND 100000),
    lot_id      BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    unit_id     BYTEA  CHECK (length(unit_id) = 16),
    qty_milli   BIGINT NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    PRIMARY KEY (site, transfer_id, line),
    FOREIGN KEY (site, transfer_id) REFERENCES transfer (site, id),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    CHECK (unit_id IS NULL OR qty_milli = 1000)
);
CREATE TRIGGER transfer_line_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer_line
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON transfer_line TO etalase;

-- The other side of the hand-over; there is one.
CREATE TABLE transfer_receipt (
    site        TEXT  NOT NULL,
    act_id      BYTEA NOT NULL CHECK (length(act_id) = 16),
    transfer_id BYTEA NOT NULL CHECK (length(transfer_id) = 16),
    receiver    TEXT  NOT NULL CHECK (length(receiver) BETWEEN 1 AND 33),
    note        TEXT  NOT NULL,
    PRIMARY KEY (site, transfer_id),
    FOREIGN KEY (site, transfer_id) REFERENCES transfer (site, id)
);
CREATE TRIGGER transfer_receipt_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer_receipt
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON transfer_receipt TO etalase;

CREATE TABLE transfer_received (
    site        TEXT   NOT NULL,
    act_id      BYTEA  NOT NULL CHECK (length(act_id) = 16),
    transfer_id BYTEA  NOT NULL CHECK (length(transfer_id) = 16),
    line        BIGINT NOT NULL CHECK (line BETWEEN 1 AND 100000),
    qty_milli   BIGINT NOT NULL CHECK (qty_milli BETWEEN 0 AND 999999999999),
    PRIMARY KEY (site, transfer_id, line),
    FOREIGN KEY (site, transfer_id, line) REFERENCES transfer_line (site, transfer_id, line)
);
CREATE TRIGGER transfer_received_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer_received
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON transfer_received TO etalase;

-- What the book and the shelf do not agree on.  It stays open until somebody decides.
CREATE TABLE stock_case (
    site           TEXT   NOT NULL,
    act_id         BYTEA  NOT NULL CHECK (length(act_id) = 16),
    id             BYTEA  NOT NULL CHECK (length(id) = 16),
    number         TEXT   NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    kind           TEXT   NOT NULL CHECK (kind IN ('transfer_short', 'count_short', 'count_over',
                                                   'count_elsewhere', 'negative', 'finding')),
    lot_id         BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    unit_id        BYTEA  CHECK (length(unit_id) = 16),
    place_id       BYTEA  NOT NULL CHECK (length(place_id) = 16),
    other_place_id BYTEA  CHECK (length(other_place_id) = 16),
    qty_milli      BIGINT NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    source_id      BYTEA  CHECK (length(source_id) = 16),
    opener         TEXT   NOT NULL CHECK (length(opener) BETWEEN 1 AND 33),
    note           TEXT   NOT NULL,
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    FOREIGN KEY (site, place_id) REFERENCES place (site, id)
);
CREATE TRIGGER stock_case_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_case
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON stock_case TO etalase;

CREATE TABLE case_close (
    site     TEXT  NOT NULL,
    act_id   BYTEA NOT NULL CHECK (length(act_id) = 16),
    case_id  BYTEA NOT NULL CHECK (length(case_id) = 16),
    choice   TEXT  NOT NULL CHECK (choice IN ('arrived', 'back', 'lost', 'damaged', 'moved',
                                              'booked', 'stays')),
    note     TEXT  NOT NULL CHECK (length(note) BETWEEN 1 AND 1000),
    approver TEXT  NOT NULL CHECK (length(approver) BETWEEN 1 AND 33),
    PRIMARY KEY (site, case_id),
    FOREIGN KEY (site, case_id) REFERENCES stock_case (site, id)
);
CREATE TRIGGER case_close_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON case_close
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON case_close TO etalase;

-- Goods that are damaged, lost or past their day: taken away at once, decided by another person.
CREATE TABLE write_off (
    site     TEXT  NOT NULL,
    act_id   BYTEA NOT NULL CHECK (length(act_id) = 16),
    id       BYTEA NOT NULL CHECK (length(id) = 16),
    number   TEXT  NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    kind     TEXT  NOT NULL CHECK (kind IN ('damaged', 'lost', 'expired')),
    place_id BYTEA NOT NULL CHECK (length(place_id) = 16),
    reason   TEXT  NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    reporter TEXT  NOT NULL CHECK (length(reporter) BETWEEN 1 AND 33),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, place_id) REFERENCES place (site, id)
);
CREATE TRIGGER write_off_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON write_off
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON write_off TO etalase;

CREATE TABLE write_off_line (
    site         TEXT   NOT NULL,
    act_id       BYTEA  NOT NULL CHECK (length(act_id) = 16),
    write_off_id BYTEA  NOT NULL CHECK (length(write_off_id) = 16),
    line         BIGINT NOT NULL CHECK (line BETWEEN 1 AND 100000),
    lot_id       BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    unit_id      BYTEA  CHECK (length(unit_id) = 16),
    qty_milli    BIGINT NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    cost_known   BIGINT NOT NULL CHECK (cost_known IN (0, 1)),
    cost_rp      BIGINT NOT NULL CHECK (cost_rp BETWEEN 0 AND 999999999999999),
    PRIMARY KEY (site, write_off_id, line),
    FOREIGN KEY (site, write_off_id) REFERENCES write_off (site, id),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    CHECK (cost_known = 1 OR cost_rp = 0)
);
CREATE TRIGGER write_off_line_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON write_off_line
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON write_off_line TO etalase;

CREATE TABLE write_off_decision (
    site         TEXT   NOT NULL,
    act_id       BYTEA  NOT NULL CHECK (length(act_id) = 16),
    write_off_id BYTEA  NOT NULL CHECK (length(write_off_id) = 16),
    approved     BIGINT NOT NULL CHECK (approved IN (0, 1)),
    note         TEXT   NOT NULL,
    approver     TEXT   NOT NULL CHECK (length(approver) BETWEEN 1 AND 33),
    PRIMARY KEY (site, write_off_id),
    FOREIGN KEY (site, write_off_id) REFERENCES write_off (site, id)
);
CREATE TRIGGER write_off_decision_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON write_off_decision
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON write_off_decision TO etalase;

CREATE TABLE stock_count (
    site     TEXT   NOT NULL,
    act_id   BYTEA  NOT NULL CHECK (length(act_id) = 16),
    id       BYTEA  NOT NULL CHECK (length(id) = 16),
    number   TEXT   NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    place_id BYTEA  NOT NULL CHECK (length(place_id) = 16),
    note     TEXT   NOT NULL,
    counter  TEXT   NOT NULL CHECK (length(counter) BETWEEN 1 AND 33),
    at_ms    BIGINT NOT NULL CHECK (at_ms > 0),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, place_id) REFERENCES place (site, id)
);
CREATE TRIGGER stock_count_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_count
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON stock_count TO etalase;

-- One thing that was counted: how much, and what the book said at that very moment.
CREATE TABLE count_line (
    site            TEXT   NOT NULL,
    act_id          BYTEA  NOT NULL CHECK (length(act_id) = 16),
    count_id        BYTEA  NOT NULL CHECK (length(count_id) = 16),
    n               BIGINT NOT NULL CHECK (n BETWEEN 1 AND 1000000),
    lot_id          BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    unit_id         BYTEA  CHECK (length(unit_id) = 16),
    counted_milli   BIGINT NOT NULL CHECK (counted_milli BETWEEN 0 AND 999999999999),
    ledger_milli    BIGINT NOT NULL CHECK (ledger_milli BETWEEN 0 AND 999999999999),
    ledger_place_id BYTEA  CHECK (length(ledger_place_id) = 16),
    at_ms           BIGINT NOT NULL CHECK (at_ms > 0),
    PRIMARY KEY (site, count_id, n),
    UNIQUE (site, count_id, unit_id),
    FOREIGN KEY (site, count_id) REFERENCES stock_count (site, id),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id)
);
CREATE TRIGGER count_line_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON count_line
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON count_line TO etalase;

CREATE TABLE count_finish (
    site     TEXT   NOT NULL,
    act_id   BYTEA  NOT NULL CHECK (length(act_id) = 16),
    count_id BYTEA  NOT NULL CHECK (length(count_id) = 16),
    note     TEXT   NOT NULL,
    approver TEXT   NOT NULL CHECK (length(approver) BETWEEN 1 AND 33),
    counted  BIGINT NOT NULL CHECK (counted BETWEEN 0 AND 1000000),
    cases    BIGINT NOT NULL CHECK (cases BETWEEN 0 AND 1000000),
    PRIMARY KEY (site, count_id),
    FOREIGN KEY (site, count_id) REFERENCES stock_count (site, id)
);
CREATE TRIGGER count_finish_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON count_finish
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON count_finish TO etalase;

-- A document names a piece by its id.
CREATE UNIQUE INDEX unit_by_id ON unit (site, id);
