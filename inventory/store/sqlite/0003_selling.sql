-- Selling: settings, staff, accounts, sales and the money's moves; then the caches.

CREATE TABLE setting (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    value         TEXT    NOT NULL CHECK (length(value) <= 400),
    valid_from_ms INTEGER NOT NULL CHECK (valid_from_ms > 0),
    PRIMARY KEY (site, name, act_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    site   TEXT NOT NULL,
    act_id BLOB NOT NULL CHECK (length(act_id) = 16),
    id     BLOB NOT NULL CHECK (length(id) = 16),
    login  TEXT NOT NULL CHECK (length(login) BETWEEN 2 AND 32),
    PRIMARY KEY (site, id),
    UNIQUE (site, login)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_rev (
    site     TEXT    NOT NULL,
    act_id   BLOB    NOT NULL CHECK (length(act_id) = 16),
    staff_id BLOB    NOT NULL CHECK (length(staff_id) = 16),
    rev      INTEGER NOT NULL CHECK (rev > 0),
    name     TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    role     TEXT    NOT NULL CHECK (role IN ('cashier', 'workshop', 'partner', 'treasurer',
                                              'supervisor', 'auditor', 'admin')),
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (site, staff_id, rev),
    FOREIGN KEY (site, staff_id) REFERENCES staff (site, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    site   TEXT NOT NULL,
    act_id BLOB NOT NULL CHECK (length(act_id) = 16),
    id     BLOB NOT NULL CHECK (length(id) = 16),
    kind   TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 24),
    code   TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 24),
    name   TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 160),
    PRIMARY KEY (site, id),
    UNIQUE (site, kind, code)
) STRICT, WITHOUT ROWID;

-- A sale is its act: the act's id is the sale's.
CREATE TABLE sale (
    site         TEXT    NOT NULL,
    act_id       BLOB    NOT NULL CHECK (length(act_id) = 16),
    number       TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
    epoch        TEXT    NOT NULL,
    year         INTEGER NOT NULL CHECK (year BETWEEN 1970 AND 9999),
    till         TEXT    NOT NULL CHECK (length(till) BETWEEN 1 AND 8),
    no           INTEGER NOT NULL CHECK (no > 0),
    business_day INTEGER NOT NULL CHECK (business_day > 0),
    at_ms        INTEGER NOT NULL CHECK (at_ms > 0),
    cashier      TEXT    NOT NULL CHECK (length(cashier) > 0),
    key          BLOB    NOT NULL CHECK (length(key) = 16),
    content      BLOB    NOT NULL CHECK (length(content) = 32),
    journal_seq  INTEGER NOT NULL CHECK (journal_seq > 0),
    line_count   INTEGER NOT NULL CHECK (line_count > 0),
    total_rp     INTEGER NOT NULL CHECK (total_rp BETWEEN 1 AND 999999999999999),
    tendered_rp  INTEGER NOT NULL CHECK (tendered_rp >= total_rp),
    change_rp    INTEGER NOT NULL CHECK (change_rp = tendered_rp - total_rp),
    pnbp_rp      INTEGER NOT NULL CHECK (pnbp_rp >= 0),
    premi_rp     INTEGER NOT NULL CHECK (premi_rp >= 0),
    fund_rp      INTEGER NOT NULL CHECK (fund_rp >= 0),
    cost_rp      INTEGER NOT NULL CHECK (cost_rp >= 0),
    PRIMARY KEY (site, act_id),
    UNIQUE (site, key),
    UNIQUE (site, number),
    CHECK (pnbp_rp + premi_rp + fund_rp + cost_rp = total_rp)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_line (
    site            TEXT    NOT NULL,
    act_id          BLOB    NOT NULL CHECK (length(act_id) = 16),
    line            INTEGER NOT NULL CHECK (line > 0),
    product_id      BLOB    NOT NULL CHECK (length(product_id) = 16),
    variant_id      BLOB    CHECK (length(variant_id) = 16),
    unit_id         BLOB    CHECK (length(unit_id) = 16),
    code            TEXT    CHECK (length(code) = 10),
    sku             TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    unit_name       TEXT    NOT NULL,
    qty_milli       INTEGER NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    price_id        BLOB    NOT NULL CHECK (length(price_id) = 16),
    price_rp        INTEGER NOT NULL CHECK (price_rp > 0),
    total_rp        INTEGER NOT NULL CHECK (total_rp BETWEEN 0 AND 999999999999999),
    cost_known      INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    cost_total_rp   INTEGER NOT NULL CHECK (cost_total_rp >= 0),
    revenue_account TEXT    NOT NULL,
    rule            TEXT    NOT NULL,
    rule_base       TEXT    NOT NULL CHECK (rule_base IN ('GROSS_SALES', 'PROFIT')),
    pnbp_bps        INTEGER NOT NULL CHECK (pnbp_bps BETWEEN 0 AND 10000),
    premi_bps       INTEGER NOT NULL CHECK (premi_bps BETWEEN 0 AND 10000),
    fund_bps        INTEGER NOT NULL CHECK (fund_bps BETWEEN 0 AND 10000),
    base_rp         INTEGER NOT NULL CHECK (base_rp >= 0),
    pnbp_rp         INTEGER NOT NULL CHECK (pnbp_rp >= 0),
    premi_rp        INTEGER NOT NULL CHECK (premi_rp >= 0),
    fund_rp         INTEGER NOT NULL CHECK (fund_rp >= 0),
    cost_back_rp    INTEGER NOT NULL CHECK (cost_back_rp >= 0),
    loss            INTEGER NOT NULL CHECK (loss IN (0, 1)),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, act_id) REFERENCES sale (site, act_id),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    CHECK (pnbp_bps + premi_bps + fund_bps = 10000),
    CHECK (pnbp_rp + premi_rp + fund_rp + cost_back_rp = total_rp)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
    site        TEXT    NOT NULL,
    act_id      BLOB    NOT NULL CHECK (length(act_id) = 16),
    line        INTEGER NOT NULL CHECK (line > 0),
    kind        TEXT    NOT NULL CHECK (kind IN ('cash')),
    account_id  BLOB    NOT NULL CHECK (length(account_id) = 16),
    tendered_rp INTEGER NOT NULL CHECK (tendered_rp BETWEEN 1 AND 999999999999999),
    change_rp   INTEGER NOT NULL CHECK (change_rp >= 0),
    amount_rp   INTEGER NOT NULL CHECK (amount_rp = tendered_rp - change_rp AND amount_rp >= 0),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, act_id) REFERENCES sale (site, act_id),
    FOREIGN KEY (site, account_id) REFERENCES account (site, id)
) STRICT, WITHOUT ROWID;

-- Children of their act.
CREATE TABLE money_move (
    site      TEXT    NOT NULL,
    act_id    BLOB    NOT NULL CHECK (length(act_id) = 16),
    line      INTEGER NOT NULL CHECK (line > 0),
    from_id   BLOB    NOT NULL CHECK (length(from_id) = 16),
    to_id     BLOB    NOT NULL CHECK (length(to_id) = 16),
    amount_rp INTEGER NOT NULL CHECK (amount_rp BETWEEN 1 AND 999999999999999),
    reason    TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 24),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, from_id) REFERENCES account (site, id),
    FOREIGN KEY (site, to_id) REFERENCES account (site, id),
    CHECK (from_id <> to_id)
) STRICT, WITHOUT ROWID;

-- What left a cart before it was sold; the cart itself is working state and not kept here.
CREATE TABLE cart_event (
    site      TEXT    NOT NULL,
    act_id    BLOB    NOT NULL CHECK (length(act_id) = 16),
    cart_id   BLOB    NOT NULL CHECK (length(cart_id) = 16),
    n         INTEGER NOT NULL CHECK (n > 0),
    what      TEXT    NOT NULL CHECK (what IN ('opened', 'removed', 'lowered', 'abandoned')),
    sku       TEXT    NOT NULL,
    code      TEXT    CHECK (length(code) = 10),
    qty_milli INTEGER NOT NULL CHECK (qty_milli >= 0),
    amount_rp INTEGER NOT NULL CHECK (amount_rp >= 0),
    PRIMARY KEY (site, cart_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt_copy (
    site    TEXT    NOT NULL,
    act_id  BLOB    NOT NULL CHECK (length(act_id) = 16),
    sale_id BLOB    NOT NULL CHECK (length(sale_id) = 16),
    copy_no INTEGER NOT NULL CHECK (copy_no > 0),
    at_ms   INTEGER NOT NULL CHECK (at_ms > 0),
    PRIMARY KEY (site, sale_id, copy_no),
    FOREIGN KEY (site, sale_id) REFERENCES sale (site, act_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER setting_is_final_u BEFORE UPDATE ON setting
BEGIN
    SELECT RAISE(ABORT, 'setting is append-only');
END;
CREATE TRIGGER setting_is_final_d BEFORE DELETE ON setting
BEGIN
    SELECT RAISE(ABORT, 'setting is append-only');
END;

CREATE TRIGGER staff_is_final_u BEFORE UPDATE ON staff
BEGIN
    SELECT RAISE(ABORT, 'staff is append-only');
END;
CREATE TRIGGER staff_is_final_d BEFORE DELETE ON staff
BEGIN
    SELECT RAISE(ABORT, 'staff is append-only');
END;

CREATE TRIGGER staff_rev_is_final_u BEFORE UPDATE ON staff_rev
BEGIN
    SELECT RAISE(ABORT, 'staff_rev is append-only');
END;
CREATE TRIGGER staff_rev_is_final_d BEFORE DELETE ON staff_rev
BEGIN
    SELECT RAISE(ABORT, 'staff_rev is append-only');
END;

CREATE TRIGGER account_is_final_u BEFORE UPDATE ON account
BEGIN
    SELECT RAISE(ABORT, 'account is append-only');
END;
CREATE TRIGGER account_is_final_d BEFORE DELETE ON account
BEGIN
    SELECT RAISE(ABORT, 'account is append-only');
END;

CREATE TRIGGER sale_is_final_u BEFORE UPDATE ON sale
BEGIN
    SELECT RAISE(ABORT, 'sale is append-only');
END;
CREATE TRIGGER sale_is_final_d BEFORE DELETE ON sale
BEGIN
    SELECT RAISE(ABORT, 'sale is append-only');
END;

CREATE TRIGGER sale_line_is_final_u BEFORE UPDATE ON sale_line
BEGIN
    SELECT RAISE(ABORT, 'sale_line is append-only');
END;
CREATE TRIGGER sale_line_is_final_d BEFORE DELETE ON sale_line
BEGIN
    SELECT RAISE(ABORT, 'sale_line is append-only');
END;

CREATE TRIGGER payment_is_final_u BEFORE UPDATE ON payment
BEGIN
    SELECT RAISE(ABORT, 'payment is append-only');
END;
CREATE TRIGGER payment_is_final_d BEFORE DELETE ON payment
BEGIN
    SELECT RAISE(ABORT, 'payment is append-only');
END;

CREATE TRIGGER money_move_is_final_u BEFORE UPDATE ON money_move
BEGIN
    SELECT RAISE(ABORT, 'money_move is append-only');
END;
CREATE TRIGGER money_move_is_final_d BEFORE DELETE ON money_move
BEGIN
    SELECT RAISE(ABORT, 'money_move is append-only');
END;

CREATE TRIGGER cart_event_is_final_u BEFORE UPDATE ON cart_event
BEGIN
    SELECT RAISE(ABORT, 'cart_event is append-only');
END;
CREATE TRIGGER cart_event_is_final_d BEFORE DELETE ON cart_event
BEGIN
    SELECT RAISE(ABORT, 'cart_event is append-only');
END;

CREATE TRIGGER receipt_copy_is_final_u BEFORE UPDATE ON receipt_copy
BEGIN
    SELECT RAISE(ABORT, 'receipt_copy is append-only');
END;
CREATE TRIGGER receipt_copy_is_final_d BEFORE DELETE ON receipt_copy
BEGIN
    SELECT RAISE(ABORT, 'receipt_copy is append-only');
END;

-- Receipt numbers have no gap: the next one is the only one.
CREATE TABLE sale_no_now (
    site    TEXT    NOT NULL,
    epoch   TEXT    NOT NULL,
    year    INTEGER NOT NULL,
    till    TEXT    NOT NULL,
    last_no INTEGER NOT NULL,
    PRIMARY KEY (site, epoch, year, till)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sale_no_is_next BEFORE INSERT ON sale
BEGIN
    SELECT RAISE(ABORT, 'sale: no is not the next one')
     WHERE NEW.no <> 1 + coalesce((SELECT last_no FROM sale_no_now
                                    WHERE site = NEW.site AND epoch = NEW.epoch
                                      AND year = NEW.year AND till = NEW.till), 0);
END;

CREATE TRIGGER sale_no_is_taken AFTER INSERT ON sale
BEGIN
    INSERT INTO sale_no_now (site, epoch, year, till, last_no)
    VALUES (NEW.site, NEW.epoch, NEW.year, NEW.till, NEW.no)
        ON CONFLICT (site, epoch, year, till) DO UPDATE SET last_no = excluded.last_no;
END;

-- What each account received less what it gave.
CREATE TABLE account_now (
    site       TEXT    NOT NULL,
    account_id BLOB    NOT NULL,
    balance_rp INTEGER NOT NULL,
    PRIMARY KEY (site, account_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER money_move_is_counted AFTER INSERT ON money_move
BEGIN
    INSERT INTO account_now (site, account_id, balance_rp)
    VALUES (NEW.site, NEW.from_id, -NEW.amount_rp)
        ON CONFLICT (site, account_id)
        DO UPDATE SET balance_rp = balance_rp + excluded.balance_rp;
    INSERT INTO account_now (site, account_id, balance_rp)
    VALUES (NEW.site, NEW.to_id, NEW.amount_rp)
        ON CONFLICT (site, account_id)
        DO UPDATE SET balance_rp = balance_rp + excluded.balance_rp;
END;

-- The totals of a business day by revenue account, so that a year is a few hundred rows.
CREATE TABLE pnbp_daily (
    site            TEXT    NOT NULL,
    business_day    INTEGER NOT NULL,
    revenue_account TEXT    NOT NULL,
    lines           INTEGER NOT NULL,
    gross_rp        INTEGER NOT NULL,
    pnbp_rp         INTEGER NOT NULL,
    premi_rp        INTEGER NOT NULL,
    fund_rp         INTEGER NOT NULL,
    cost_rp         INTEGER NOT NULL,
    PRIMARY KEY (site, business_day, revenue_account)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sale_line_is_counted AFTER INSERT ON sale_line
BEGIN
    INSERT INTO pnbp_daily (site, business_day, revenue_account, lines, gross_rp, pnbp_rp, premi_rp,
                            fund_rp, cost_rp)
    SELECT NEW.site, s.business_day, NEW.revenue_account, 1, NEW.total_rp, NEW.pnbp_rp,
           NEW.premi_rp, NEW.fund_rp, NEW.cost_back_rp
      FROM sale s
     WHERE s.site = NEW.site AND s.act_id = NEW.act_id
        ON CONFLICT (site, business_day, revenue_account) DO UPDATE SET
           lines = lines + excluded.lines, gross_rp = gross_rp + excluded.gross_rp,
           pnbp_rp = pnbp_rp + excluded.pnbp_rp, premi_rp = premi_rp + excluded.premi_rp,
           fund_rp = fund_rp + excluded.fund_rp, cost_rp = cost_rp + excluded.cost_rp;
END;

-- The newest revision of each person.
CREATE TABLE staff_now (
    site     TEXT    NOT NULL,
    login    TEXT    NOT NULL,
    staff_id BLOB    NOT NULL,
    rev      INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    active   INTEGER NOT NULL,
    PRIMARY KEY (site, login)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER staff_rev_is_next BEFORE INSERT ON staff_rev
BEGIN
    SELECT RAISE(ABORT, 'staff_rev: rev is not the next one')
     WHERE NEW.rev <> 1 + coalesce((SELECT max(rev) FROM staff_rev
                                     WHERE site = NEW.site AND staff_id = NEW.staff_id), 0);
END;

CREATE TRIGGER staff_rev_is_now AFTER INSERT ON staff_rev
BEGIN
    INSERT INTO staff_now (site, login, staff_id, rev, name, role, active)
    SELECT NEW.site, s.login, s.id, NEW.rev, NEW.name, NEW.role, NEW.active
      FROM staff s
     WHERE s.site = NEW.site AND s.id = NEW.staff_id
        ON CONFLICT (site, login) DO UPDATE SET
           rev = excluded.rev, name = excluded.name, role = excluded.role,
           active = excluded.active;
END;
