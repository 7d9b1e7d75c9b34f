-- Transfers, cases, write-offs and counts.

-- Goods sent from a place of our own to another; they stand in transit until they are received.
CREATE TABLE transfer (
    site    TEXT    NOT NULL,
    act_id  BLOB    NOT NULL CHECK (length(act_id) = 16),
    id      BLOB    NOT NULL CHECK (length(id) = 16),
    number  TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    kind    TEXT    NOT NULL CHECK (kind IN ('transfer', 'exhibition_out', 'exhibition_back')),
    from_id BLOB    NOT NULL CHECK (length(from_id) = 16),
    to_id   BLOB    NOT NULL CHECK (length(to_id) = 16),
    note    TEXT    NOT NULL,
    due_day INTEGER NOT NULL CHECK (due_day >= 0),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, from_id) REFERENCES place (site, id),
    FOREIGN KEY (site, to_id) REFERENCES place (site, id),
    CHECK (from_id <> to_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER transfer_is_final_u BEFORE UPDATE ON transfer
BEGIN
    SELECT RAISE(ABORT, 'transfer is append-only');
END;
CREATE TRIGGER transfer_is_final_d BEFORE DELETE ON transfer
BEGIN
    SELECT RAISE(ABORT, 'transfer is append-only');
END;

CREATE TABLE transfer_line (
    site        TEXT    NOT NULL,
    act_id      BLOB    NOT NULL CHECK (length(act_id) = 16),
    transfer_id BLOB    NOT NULL CHECK (length(transfer_id) = 16),
    line        INTEGER NOT NULL CHECK (line BETWEEN 1 AND 100000),
    lot_id      BLOB    NOT NULL CHECK (length(lot_id) = 16),
    unit_id     BLOB    CHECK (length(unit_id) = 16),
    qty_milli   INTEGER NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    PRIMARY KEY (site, transfer_id, line),
    FOREIGN KEY (site, transfer_id) REFERENCES transfer (site, id),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    CHECK (unit_id IS NULL OR qty_milli = 1000)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER transfer_line_is_final_u BEFORE UPDATE ON transfer_line
BEGIN
    SELECT RAISE(ABORT, 'transfer_line is append-only');
END;
CREATE TRIGGER transfer_line_is_final_d BEFORE DELETE ON transfer_line
BEGIN
    SELECT RAISE(ABORT, 'transfer_line is append-only');
END;

-- The other side of the hand-over; there is one.
CREATE TABLE transfer_receipt (
    site        TEXT NOT NULL,
    act_id      BLOB NOT NULL CHECK (length(act_id) = 16),
    transfer_id BLOB NOT NULL CHECK (length(transfer_id) = 16),
    receiver    TEXT NOT NULL CHECK (length(receiver) BETWEEN 1 AND 33),
    note        TEXT NOT NULL,
    PRIMARY KEY (site, transfer_id),
    FOREIGN KEY (site, transfer_id) REFERENCES transfer (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER transfer_receipt_is_final_u BEFORE UPDATE ON transfer_receipt
BEGIN
    SELECT RAISE(ABORT, 'transfer_receipt is append-only');
END;
CREATE TRIGGER transfer_receipt_is_final_d BEFORE DELETE ON transfer_receipt
BEGIN
    SELECT RAISE(ABORT, 'transfer_receipt is append-only');
END;

CREATE TABLE transfer_received (
    site        TEXT    NOT NULL,
    act_id      BLOB    NOT NULL CHECK (length(act_id) = 16),
    transfer_id BLOB    NOT NULL CHECK (length(transfer_id) = 16),
    line        INTEGER NOT NULL CHECK (line BETWEEN 1 AND 100000),
    qty_milli   INTEGER NOT NULL CHECK (qty_milli BETWEEN 0 AND 999999999999),
    PRIMARY KEY (site, transfer_id, line),
    FOREIGN KEY (site, transfer_id, line) REFERENCES transfer_line (site, transfer_id, line)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER transfer_received_is_final_u BEFORE UPDATE ON transfer_received
BEGIN
    SELECT RAISE(ABORT, 'transfer_received is append-only');
END;
CREATE TRIGGER transfer_received_is_final_d BEFORE DELETE ON transfer_received
BEGIN
    SELECT RAISE(ABORT, 'transfer_received is append-only');
END;

-- What the book and the shelf do not agree on.  It stays open until somebody decides.
CREATE TABLE stock_case (
    site           TEXT    NOT NULL,
    act_id         BLOB    NOT NULL CHECK (length(act_id) = 16),
    id             BLOB    NOT NULL CHECK (length(id) = 16),
    number         TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    kind           TEXT    NOT NULL CHECK (kind IN ('transfer_short', 'count_short', 'count_over',
                                                    'count_elsewhere', 'negative', 'finding')),
    lot_id         BLOB    NOT NULL CHECK (length(lot_id) = 16),
    unit_id        BLOB    CHECK (length(unit_id) = 16),
    place_id       BLOB    NOT NULL CHECK (length(place_id) = 16),
    other_place_id BLOB    CHECK (length(other_place_id) = 16),
    qty_milli      INTEGER NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    source_id      BLOB    CHECK (length(source_id) = 16),
    opener         TEXT    NOT NULL CHECK (length(opener) BETWEEN 1 AND 33),
    note           TEXT    NOT NULL,
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    FOREIGN KEY (site, place_id) REFERENCES place (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER stock_case_is_final_u BEFORE UPDATE ON stock_case
BEGIN
    SELECT RAISE(ABORT, 'stock_case is append-only');
END;
CREATE TRIGGER stock_case_is_final_d BEFORE DELETE ON stock_case
BEGIN
    SELECT RAISE(ABORT, 'stock_case is append-only');
END;

CREATE TABLE case_close (
    site     TEXT NOT NULL,
    act_id   BLOB NOT NULL CHECK (length(act_id) = 16),
    case_id  BLOB NOT NULL CHECK (length(case_id) = 16),
    choice   TEXT NOT NULL CHECK (choice IN ('arrived', 'back', 'lost', 'damaged', 'moved',
                                             'booked', 'stays')),
    note     TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 1000),
    approver TEXT NOT NULL CHECK (length(approver) BETWEEN 1 AND 33),
    PRIMARY KEY (site, case_id),
    FOREIGN KEY (site, case_id) REFERENCES stock_case (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER case_close_is_final_u BEFORE UPDATE ON case_close
BEGIN
    SELECT RAISE(ABORT, 'case_close is append-only');
END;
CREATE TRIGGER case_close_is_final_d BEFORE DELETE ON case_close
BEGIN
    SELECT RAISE(ABORT, 'case_close is append-only');
END;

-- Goods that are damaged, lost or past their day: taken away at once, decided by another person.
CREATE TABLE write_off (
    site     TEXT NOT NULL,
    act_id   BLOB NOT NULL CHECK (length(act_id) = 16),
    id       BLOB NOT NULL CHECK (length(id) = 16),
    number   TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    kind     TEXT NOT NULL CHECK (kind IN ('damaged', 'lost', 'expired')),
    place_id BLOB NOT NULL CHECK (length(place_id) = 16),
    reason   TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    reporter TEXT NOT NULL CHECK (length(reporter) BETWEEN 1 AND 33),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, place_id) REFERENCES place (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER write_off_is_final_u BEFORE UPDATE ON write_off
BEGIN
    SELECT RAISE(ABORT, 'write_off is append-only');
END;
CREATE TRIGGER write_off_is_final_d BEFORE DELETE ON write_off
BEGIN
    SELECT RAISE(ABORT, 'write_off is append-only');
END;

CREATE TABLE write_off_line (
    site         TEXT    NOT NULL,
    act_id       BLOB    NOT NULL CHECK (length(act_id) = 16),
    write_off_id BLOB    NOT NULL CHECK (length(write_off_id) = 16),
    line         INTEGER NOT NULL CHECK (line BETWEEN 1 AND 100000),
    lot_id       BLOB    NOT NULL CHECK (length(lot_id) = 16),
    unit_id      BLOB    CHECK (length(unit_id) = 16),
    qty_milli    INTEGER NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    cost_known   INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    cost_rp      INTEGER NOT NULL CHECK (cost_rp BETWEEN 0 AND 999999999999999),
    PRIMARY KEY (site, write_off_id, line),
    FOREIGN KEY (site, write_off_id) REFERENCES write_off (site, id),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    CHECK (cost_known = 1 OR cost_rp = 0)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER write_off_line_is_final_u BEFORE UPDATE ON write_off_line
BEGIN
    SELECT RAISE(ABORT, 'write_off_line is append-only');
END;
CREATE TRIGGER write_off_line_is_final_d BEFORE DELETE ON write_off_line
BEGIN
    SELECT RAISE(ABORT, 'write_off_line is append-only');
END;

CREATE TABLE write_off_decision (
    site         TEXT    NOT NULL,
    act_id       BLOB    NOT NULL CHECK (length(act_id) = 16),
    write_off_id BLOB    NOT NULL CHECK (length(write_off_id) = 16),
    approved     INTEGER NOT NULL CHECK (approved IN (0, 1)),
    note         TEXT    NOT NULL,
    approver     TEXT    NOT NULL CHECK (length(approver) BETWEEN 1 AND 33),
    PRIMARY KEY (site, write_off_id),
    FOREIGN KEY (site, write_off_id) REFERENCES write_off (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER write_off_decision_is_final_u BEFORE UPDATE ON write_off_decision
BEGIN
    SELECT RAISE(ABORT, 'write_off_decision is append-only');
END;
CREATE TRIGGER write_off_decision_is_final_d BEFORE DELETE ON write_off_decision
BEGIN
    SELECT RAISE(ABORT, 'write_off_decision is append-only');
END;

CREATE TABLE stock_count (
    site     TEXT    NOT NULL,
    act_id   BLOB    NOT NULL CHECK (length(act_id) = 16),
    id       BLOB    NOT NULL CHECK (length(id) = 16),
    number   TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    place_id BLOB    NOT NULL CHECK (length(place_id) = 16),
    note     TEXT    NOT NULL,
    counter  TEXT    NOT NULL CHECK (length(counter) BETWEEN 1 AND 33),
    at_ms    INTEGER NOT NULL CHECK (at_ms > 0),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, place_id) REFERENCES place (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER stock_count_is_final_u BEFORE UPDATE ON stock_count
BEGIN
    SELECT RAISE(ABORT, 'stock_count is append-only');
END;
CREATE TRIGGER stock_count_is_final_d BEFORE DELETE ON stock_count
BEGIN
    SELECT RAISE(ABORT, 'stock_count is append-only');
END;

-- One thing that was counted: how much, and what the book said at that very moment.
CREATE TABLE count_line (
    site            TEXT    NOT NULL,
    act_id          BLOB    NOT NULL CHECK (length(act_id) = 16),
    count_id        BLOB    NOT NULL CHECK (length(count_id) = 16),
    n               INTEGER NOT NULL CHECK (n BETWEEN 1 AND 1000000),
    lot_id          BLOB    NOT NULL CHECK (length(lot_id) = 16),
    unit_id         BLOB    CHECK (length(unit_id) = 16),
    counted_milli   INTEGER NOT NULL CHECK (counted_milli BETWEEN 0 AND 999999999999),
    ledger_milli    INTEGER NOT NULL CHECK (ledger_milli BETWEEN 0 AND 999999999999),
    ledger_place_id BLOB    CHECK (length(ledger_place_id) = 16),
    at_ms           INTEGER NOT NULL CHECK (at_ms > 0),
    PRIMARY KEY (site, count_id, n),
    UNIQUE (site, count_id, unit_id),
    FOREIGN KEY (site, count_id) REFERENCES stock_count (site, id),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER count_line_is_final_u BEFORE UPDATE ON count_line
BEGIN
    SELECT RAISE(ABORT, 'count_line is append-only');
END;
CREATE TRIGGER count_line_is_final_d BEFORE DELETE ON count_line
BEGIN
    SELECT RAISE(ABORT, 'count_line is append-only');
END;

CREATE TABLE count_finish (
    site     TEXT    NOT NULL,
    act_id   BLOB    NOT NULL CHECK (length(act_id) = 16),
    count_id BLOB    NOT NULL CHECK (length(count_id) = 16),
    note     TEXT    NOT NULL,
    approver TEXT    NOT NULL CHECK (length(approver) BETWEEN 1 AND 33),
    counted  INTEGER NOT NULL CHECK (counted BETWEEN 0 AND 1000000),
    cases    INTEGER NOT NULL CHECK (cases BETWEEN 0 AND 1000000),
    PRIMARY KEY (site, count_id),
    FOREIGN KEY (site, count_id) REFERENCES stock_count (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER count_finish_is_final_u BEFORE UPDATE ON count_finish
BEGIN
    SELECT RAISE(ABORT, 'count_finish is append-only');
END;
CREATE TRIGGER count_finish_is_final_d BEFORE DELETE ON count_finish
BEGIN
    SELECT RAISE(ABORT, 'count_finish is append-only');
END;

-- A document names a piece by its id.
CREATE UNIQUE INDEX unit_by_id ON unit (site, id);
