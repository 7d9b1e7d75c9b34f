-- Makers by their codes, cost sheets, and prices that two people stand for.

-- Somebody who makes things, by an opaque code; who that is stands in maker_file, outside the journal.
CREATE TABLE maker (
    site      TEXT    NOT NULL,
    act_id    BLOB    NOT NULL CHECK (length(act_id) = 16),
    code      TEXT    NOT NULL CHECK (length(code) BETWEEN 2 AND 8),
    since_day INTEGER NOT NULL CHECK (since_day >= 0),
    PRIMARY KEY (site, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER maker_is_final_u BEFORE UPDATE ON maker
BEGIN
    SELECT RAISE(ABORT, 'maker is append-only');
END;
CREATE TRIGGER maker_is_final_d BEFORE DELETE ON maker
BEGIN
    SELECT RAISE(ABORT, 'maker is append-only');
END;

-- Every look at, and every change of, what is known of a person: who, when and for what; no name.
CREATE TABLE maker_look (
    site    TEXT    NOT NULL,
    act_id  BLOB    NOT NULL CHECK (length(act_id) = 16),
    code    TEXT    NOT NULL CHECK (length(code) BETWEEN 2 AND 8),
    n       INTEGER NOT NULL CHECK (n BETWEEN 1 AND 1000000000),
    what    TEXT    NOT NULL CHECK (what IN ('viewed', 'changed')),
    purpose TEXT    NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
    PRIMARY KEY (site, code, n),
    FOREIGN KEY (site, code) REFERENCES maker (site, code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER maker_look_is_final_u BEFORE UPDATE ON maker_look
BEGIN
    SELECT RAISE(ABORT, 'maker_look is append-only');
END;
CREATE TRIGGER maker_look_is_final_d BEFORE DELETE ON maker_look
BEGIN
    SELECT RAISE(ABORT, 'maker_look is append-only');
END;

-- What a thing costs to make, as a basis of its price.
CREATE TABLE cost_sheet (
    site        TEXT    NOT NULL,
    act_id      BLOB    NOT NULL CHECK (length(act_id) = 16),
    id          BLOB    NOT NULL CHECK (length(id) = 16),
    product_id  BLOB    NOT NULL CHECK (length(product_id) = 16),
    variant_id  BLOB    CHECK (length(variant_id) = 16),
    version     INTEGER NOT NULL CHECK (version BETWEEN 1 AND 1000000),
    material_rp INTEGER NOT NULL CHECK (material_rp BETWEEN 0 AND 999999999999999),
    overhead_rp INTEGER NOT NULL CHECK (overhead_rp BETWEEN 0 AND 999999999999999),
    note        TEXT    NOT NULL,
    author      TEXT    NOT NULL CHECK (length(author) BETWEEN 1 AND 33),
    PRIMARY KEY (site, id),
    UNIQUE (site, product_id, variant_id, version),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cost_sheet_is_final_u BEFORE UPDATE ON cost_sheet
BEGIN
    SELECT RAISE(ABORT, 'cost_sheet is append-only');
END;
CREATE TRIGGER cost_sheet_is_final_d BEFORE DELETE ON cost_sheet
BEGIN
    SELECT RAISE(ABORT, 'cost_sheet is append-only');
END;

CREATE TABLE cost_sheet_line (
    site      TEXT    NOT NULL,
    act_id    BLOB    NOT NULL CHECK (length(act_id) = 16),
    sheet_id  BLOB    NOT NULL CHECK (length(sheet_id) = 16),
    line      INTEGER NOT NULL CHECK (line BETWEEN 1 AND 1000),
    kind      TEXT    NOT NULL CHECK (kind IN ('material', 'overhead')),
    what      TEXT    NOT NULL CHECK (length(what) BETWEEN 1 AND 120),
    amount_rp INTEGER NOT NULL CHECK (amount_rp BETWEEN 0 AND 999999999999999),
    PRIMARY KEY (site, sheet_id, line),
    FOREIGN KEY (site, sheet_id) REFERENCES cost_sheet (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cost_sheet_line_is_final_u BEFORE UPDATE ON cost_sheet_line
BEGIN
    SELECT RAISE(ABORT, 'cost_sheet_line is append-only');
END;
CREATE TRIGGER cost_sheet_line_is_final_d BEFORE DELETE ON cost_sheet_line
BEGIN
    SELECT RAISE(ABORT, 'cost_sheet_line is append-only');
END;

CREATE TABLE price_proposal (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    number        TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    product_id    BLOB    NOT NULL CHECK (length(product_id) = 16),
    variant_id    BLOB    CHECK (length(variant_id) = 16),
    sheet_id      BLOB    CHECK (length(sheet_id) = 16),
    price_rp      INTEGER NOT NULL CHECK (price_rp BETWEEN 1 AND 999999999999999),
    cost_known    INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    cost_rp       INTEGER NOT NULL CHECK (cost_rp BETWEEN 0 AND 999999999999999),
    basis         TEXT    NOT NULL,
    valid_from_ms INTEGER NOT NULL CHECK (valid_from_ms >= 0),
    proposer      TEXT    NOT NULL CHECK (length(proposer) BETWEEN 1 AND 33),
    PRIMARY KEY (site, id),
    UNIQUE (site, number),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    CHECK (cost_known = 1 OR cost_rp = 0)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER price_proposal_is_final_u BEFORE UPDATE ON price_proposal
BEGIN
    SELECT RAISE(ABORT, 'price_proposal is append-only');
END;
CREATE TRIGGER price_proposal_is_final_d BEFORE DELETE ON price_proposal
BEGIN
    SELECT RAISE(ABORT, 'price_proposal is append-only');
END;
CREATE INDEX price_proposal_by_product ON price_proposal (site, product_id, id);

CREATE TABLE price_decision (
    site        TEXT    NOT NULL,
    act_id      BLOB    NOT NULL CHECK (length(act_id) = 16),
    proposal_id BLOB    NOT NULL CHECK (length(proposal_id) = 16),
    approved    INTEGER NOT NULL CHECK (approved IN (0, 1)),
    reason      TEXT    NOT NULL,
    decider     TEXT    NOT NULL CHECK (length(decider) BETWEEN 1 AND 33),
    price_id    BLOB    CHECK (length(price_id) = 16),
    PRIMARY KEY (site, proposal_id),
    FOREIGN KEY (site, proposal_id) REFERENCES price_proposal (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER price_decision_is_final_u BEFORE UPDATE ON price_decision
BEGIN
    SELECT RAISE(ABORT, 'price_decision is append-only');
END;
CREATE TRIGGER price_decision_is_final_d BEFORE DELETE ON price_decision
BEGIN
    SELECT RAISE(ABORT, 'price_decision is append-only');
END;

-- Who the makers are.  Local: never in the journal, on a label, in an export or a log.
CREATE TABLE maker_file (
    site        TEXT    NOT NULL,
    code        TEXT    NOT NULL CHECK (length(code) BETWEEN 2 AND 8),
    name        TEXT    NOT NULL,
    register_no TEXT    NOT NULL,
    workshop_id BLOB    CHECK (length(workshop_id) = 16),
    has_window  INTEGER NOT NULL CHECK (has_window IN (0, 1)),
    from_day    INTEGER NOT NULL CHECK (from_day >= 0),
    to_day      INTEGER NOT NULL CHECK (to_day >= 0),
    document_no TEXT    NOT NULL,
    active      INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (site, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE maker_skill (
    site           TEXT    NOT NULL,
    code           TEXT    NOT NULL CHECK (length(code) BETWEEN 2 AND 8),
    line           INTEGER NOT NULL CHECK (line BETWEEN 1 AND 100),
    skill          TEXT    NOT NULL,
    certificate_no TEXT    NOT NULL,
    issuer         TEXT    NOT NULL,
    day            INTEGER NOT NULL CHECK (day >= 0),
    PRIMARY KEY (site, code, line)
) STRICT, WITHOUT ROWID;
