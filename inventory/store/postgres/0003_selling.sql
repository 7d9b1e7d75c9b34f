-- Selling: settings, staff, accounts, sales and the money's moves; then the caches.

CREATE TABLE setting (
    site          TEXT   NOT NULL,
    act_id        BYTEA  NOT NULL CHECK (length(act_id) = 16),
    name          TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    value         TEXT   NOT NULL CHECK (length(value) <= 400),
    valid_from_ms BIGINT NOT NULL CHECK (valid_from_ms > 0),
    PRIMARY KEY (site, name, act_id)
);

CREATE TABLE staff (
    site   TEXT  NOT NULL,
    act_id BYTEA NOT NULL CHECK (length(act_id) = 16),
    id     BYTEA NOT NULL CHECK (length(id) = 16),
    login  TEXT  NOT NULL CHECK (length(login) BETWEEN 2 AND 32),
    PRIMARY KEY (site, id),
    UNIQUE (site, login)
);

CREATE TABLE staff_rev (
    site     TEXT   NOT NULL,
    act_id   BYTEA  NOT NULL CHECK (length(act_id) = 16),
    staff_id BYTEA  NOT NULL CHECK (length(staff_id) = 16),
    rev      BIGINT NOT NULL CHECK (rev > 0),
    name     TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    role     TEXT   NOT NULL CHECK (role IN ('cashier', 'workshop', 'partner', 'treasurer',
                                             'supervisor', 'auditor', 'admin')),
    active   BIGINT NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (site, staff_id, rev),
    FOREIGN KEY (site, staff_id) REFERENCES staff (site, id)
);

CREATE TABLE account (
    site   TEXT  NOT NULL,
    act_id BYTEA NOT NULL CHECK (length(act_id) = 16),
    id     BYTEA NOT NULL CHECK (length(id) = 16),
    kind   TEXT  NOT NULL CHECK (length(kind) BETWEEN 1 AND 24),
    code   TEXT  NOT NULL CHECK (length(code) BETWEEN 1 AND 24),
    name   TEXT  NOT NULL CHECK (length(name) BETWEEN 1 AND 160),
    PRIMARY KEY (site, id),
    UNIQUE (site, kind, code)
);

-- A sale is its act: the act's id is the sale's.
CREATE TABLE sale (
    site         TEXT   NOT NULL,
    act_id       BYTEA  NOT NULL CHECK (length(act_id) = 16),
    number       TEXT   NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
    epoch        TEXT   NOT NULL,
    year         BIGINT NOT NULL CHECK (year BETWEEN 1970 AND 9999),
    till         TEXT   NOT NULL CHECK (length(till) BETWEEN 1 AND 8),
    no           BIGINT NOT NULL CHECK (no > 0),
    business_day BIGINT NOT NULL CHECK (business_day > 0),
    at_ms        BIGINT NOT NULL CHECK (at_ms > 0),
    cashier      TEXT   NOT NULL CHECK (length(cashier) > 0),
    key          BYTEA  NOT NULL CHECK (length(key) = 16),
    content      BYTEA  NOT NULL CHECK (length(content) = 32),
    journal_seq  BIGINT NOT NULL CHECK (journal_seq > 0),
    line_count   BIGINT NOT NULL CHECK (line_count > 0),
    total_rp     BIGINT NOT NULL CHECK (total_rp BETWEEN 1 AND 999999999999999),
    tendered_rp  BIGINT NOT NULL CHECK (tendered_rp >= total_rp),
    change_rp    BIGINT NOT NULL CHECK (change_rp = tendered_rp - total_rp),
    pnbp_rp      BIGINT NOT NULL CHECK (pnbp_rp >= 0),
    premi_rp     BIGINT NOT NULL CHECK (premi_rp >= 0),
    fund_rp      BIGINT NOT NULL CHECK (fund_rp >= 0),
    cost_rp      BIGINT NOT NULL CHECK (cost_rp >= 0),
    PRIMARY KEY (site, act_id),
    UNIQUE (site, key),
    UNIQUE (site, number),
    CHECK (pnbp_rp + premi_rp + fund_rp + cost_rp = total_rp)
);

CREATE TABLE sale_line (
    site            TEXT   NOT NULL,
    act_id          BYTEA  NOT NULL CHECK (length(act_id) = 16),
    line            BIGINT NOT NULL CHECK (line > 0),
    product_id      BYTEA  NOT NULL CHECK (length(product_id) = 16),
    variant_id      BYTEA  CHECK (length(variant_id) = 16),
    unit_id         BYTEA  CHECK (length(unit_id) = 16),
    code            TEXT   CHECK (length(code) = 10),
    sku             TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    unit_name       TEXT   NOT NULL,
    qty_milli       BIGINT NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    price_id        BYTEA  NOT NULL CHECK (length(price_id) = 16),
    price_rp        BIGINT NOT NULL CHECK (price_rp > 0),
    total_rp        BIGINT NOT NULL CHECK (total_rp BETWEEN 0 AND 999999999999999),
    cost_known      BIGINT NOT NULL CHECK (cost_known IN (0, 1)),
    cost_total_rp   BIGINT NOT NULL CHECK (cost_total_rp >= 0),
    revenue_account TEXT   NOT NULL,
    rule            TEXT   NOT NULL,
    rule_base       TEXT   NOT NULL CHECK (rule_base IN ('GROSS_SALES', 'PROFIT')),
    pnbp_bps        BIGINT NOT NULL CHECK (pnbp_bps BETWEEN 0 AND 10000),
    premi_bps       BIGINT NOT NULL CHECK (premi_bps BETWEEN 0 AND 10000),
    fund_bps        BIGINT NOT NULL CHECK (fund_bps BETWEEN 0 AND 10000),
    base_rp         BIGINT NOT NULL CHECK (base_rp >= 0),
    pnbp_rp         BIGINT NOT NULL CHECK (pnbp_rp >= 0),
    premi_rp        BIGINT NOT NULL CHECK (premi_rp >= 0),
    fund_rp         BIGINT NOT NULL CHECK (fund_rp >= 0),
    cost_back_rp    BIGINT NOT NULL CHECK (cost_back_rp >= 0),
    loss            BIGINT NOT NULL CHECK (loss IN (0, 1)),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, act_id) REFERENCES sale (site, act_id),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    CHECK (pnbp_bps + premi_bps + fund_bps = 10000),
    CHECK (pnbp_rp + premi_rp + fund_rp + cost_back_rp = total_rp)
);

CREATE TABLE payment (
    site        TEXT   NOT NULL,
    act_id      BYTEA  NOT NULL CHECK (length(act_id) = 16),
    line        BIGINT NOT NULL CHECK (line > 0),
    kind        TEXT   NOT NULL CHECK (kind IN ('cash')),
    account_id  BYTEA  NOT NULL CHECK (length(account_id) = 16),
    tendered_rp BIGINT NOT NULL CHECK (tendered_rp BETWEEN 1 AND 999999999999999),
    change_rp   BIGINT NOT NULL CHECK (change_rp >= 0),
    amount_rp   BIGINT NOT NULL CHECK (amount_rp = tendered_rp - change_rp AND amount_rp >= 0),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, act_id) REFERENCES sale (site, act_id),
    FOREIGN KEY (site, account_id) REFERENCES account (site, id)
);

-- Children of their act.
CREATE TABLE money_move (
    site      TEXT   NOT NULL,
    act_id    BYTEA  NOT NULL CHECK (length(act_id) = 16),
    line      BIGINT NOT NULL CHECK (line > 0),
    from_id   BYTEA  NOT NULL CHECK (length(from_id) = 16),
    to_id     BYTEA  NOT NULL CHECK (length(to_id) = 16),
    amount_rp BIGINT NOT NULL CHECK (amount_rp BETWEEN 1 AND 999999999999999),
    reason    TEXT   NOT NULL CHECK (length(reason) BETWEEN 1 AND 24),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, from_id) REFERENCES account (site, id),
    FOREIGN KEY (site, to_id) REFERENCES account (site, id),
    CHECK (from_id <> to_id)
);

-- What left a cart before it was sold; the cart itself is working state and not kept here.
CREATE TABLE cart_event (
    site      TEXT   NOT NULL,
    act_id    BYTEA  NOT NULL CHECK (length(act_id) = 16),
    cart_id   BYTEA  NOT NULL CHECK (length(cart_id) = 16),
    n         BIGINT NOT NULL CHECK (n > 0),
    what      TEXT   NOT NULL CHECK (what IN ('opened', 'removed', 'lowered', 'abandoned')),
    sku       TEXT   NOT NULL,
    code      TEXT   CHECK (length(code) = 10),
    qty_milli BIGINT NOT NULL CHECK (qty_milli >= 0),
    amount_rp BIGINT NOT NULL CHECK (amount_rp >= 0),
    PRIMARY KEY (site, cart_id, n)
);

CREATE TABLE receipt_copy (
    site    TEXT   NOT NULL,
    act_id  BYTEA  NOT NULL CHECK (length(act_id) = 16),
    sale_id BYTEA  NOT NULL CHECK (length(sale_id) = 16),
    copy_no BIGINT NOT NULL CHECK (copy_no > 0),
    at_ms   BIGINT NOT NULL CHECK (at_ms > 0),
    PRIMARY KEY (site, sale_id, copy_no),
    FOREIGN KEY (site, sale_id) REFERENCES sale (site, act_id)
);

CREATE TRIGGER setting_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON setting
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER staff_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON staff
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER staff_rev_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_rev
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER account_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON account
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER sale_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON sale
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER sale_line_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON sale_line
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER payment_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON payment
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER money_move_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON money_move
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER cart_event_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON cart_event
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER receipt_copy_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_copy
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();

-- Each sale adds to them; see the journal.
ALTER TABLE sale SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_freeze_min_age = 0);
ALTER TABLE sale_line SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_freeze_min_age = 0);
ALTER TABLE payment SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_freeze_min_age = 0);
ALTER TABLE money_move SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_freeze_min_age = 0);

GRANT SELECT, INSERT
   ON setting, staff, staff_rev, account, sale, sale_line, payment, money_move, cart_event,
      receipt_copy
   TO etalase;

-- Receipt numbers have no gap: the next one is the only one.  A few rows that change with each
-- sale: see journal_turn.
CREATE TABLE sale_no_now (
    site    TEXT   NOT NULL,
    epoch   TEXT   NOT NULL,
    year    BIGINT NOT NULL,
    till    TEXT   NOT NULL,
    last_no BIGINT NOT NULL,
    PRIMARY KEY (site, epoch, year, till)
) WITH (fillfactor = 10, vacuum_truncate = false);

CREATE FUNCTION sale_no_is_next() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    last BIGINT;
BEGIN
    SELECT n.last_no INTO last
      FROM etalase.sale_no_now n
     WHERE n.site = NEW.site AND n.epoch = NEW.epoch AND n.year = NEW.year AND n.till = NEW.till;
    IF NEW.no <> coalesce(last, 0) + 1 THEN
        RAISE EXCEPTION 'sale: no is not the next one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION sale_no_is_next FROM PUBLIC;

CREATE TRIGGER sale_no_is_next BEFORE INSERT ON sale
    FOR EACH ROW EXECUTE FUNCTION sale_no_is_next();

CREATE FUNCTION sale_no_is_taken() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    UPDATE etalase.sale_no_now
       SET last_no = NEW.no
     WHERE site = NEW.site AND epoch = NEW.epoch AND year = NEW.year AND till = NEW.till
       AND last_no = NEW.no - 1;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    IF NEW.no = 1 THEN
        INSERT INTO etalase.sale_no_now (site, epoch, year, till, last_no)
        VALUES (NEW.site, NEW.epoch, NEW.year, NEW.till, 1)
            ON CONFLICT (site, epoch, year, till) DO NOTHING;
        IF FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    RAISE EXCEPTION 'sale: no is not the next one' USING ERRCODE = 'check_violation';
END;
$$;
REVOKE EXECUTE ON FUNCTION sale_no_is_taken FROM PUBLIC;

CREATE TRIGGER sale_no_is_taken AFTER INSERT ON sale
    FOR EACH ROW EXECUTE FUNCTION sale_no_is_taken();

-- What each account received less what it gave.
CREATE TABLE account_now (
    site       TEXT   NOT NULL,
    account_id BYTEA  NOT NULL,
    balance_rp BIGINT NOT NULL,
    PRIMARY KEY (site, account_id)
) WITH (fillfactor = 10, vacuum_truncate = false);

CREATE FUNCTION money_move_is_counted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO etalase.account_now AS n (site, account_id, balance_rp)
    VALUES (NEW.site, NEW.from_id, -NEW.amount_rp), (NEW.site, NEW.to_id, NEW.amount_rp)
        ON CONFLICT (site, account_id)
        DO UPDATE SET balance_rp = n.balance_rp + excluded.balance_rp;
    RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION money_move_is_counted FROM PUBLIC;

CREATE TRIGGER money_move_is_counted AFTER INSERT ON money_move
    FOR EACH ROW EXECUTE FUNCTION money_move_is_counted();

-- The totals of a business day by revenue account, so that a year is a few hundred rows; of
-- them those of today change with each line that is sold.
CREATE TABLE pnbp_daily (
    site            TEXT   NOT NULL,
    business_day    BIGINT NOT NULL,
    revenue_account TEXT   NOT NULL,
    lines           BIGINT NOT NULL,
    gross_rp        BIGINT NOT NULL,
    pnbp_rp         BIGINT NOT NULL,
    premi_rp        BIGINT NOT NULL,
    fund_rp         BIGINT NOT NULL,
    cost_rp         BIGINT NOT NULL,
    PRIMARY KEY (site, business_day, revenue_account)
) WITH (fillfactor = 30, vacuum_truncate = false);

CREATE FUNCTION sale_line_is_counted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO etalase.pnbp_daily AS d (site, business_day, revenue_account, lines, gross_rp,
                                         pnbp_rp, premi_rp, fund_rp, cost_rp)
    SELECT NEW.site, s.business_day, NEW.revenue_account, 1, NEW.total_rp, NEW.pnbp_rp,
           NEW.premi_rp, NEW.fund_rp, NEW.cost_back_rp
      FROM etalase.sale s
     WHERE s.site = NEW.site AND s.act_id = NEW.act_id
        ON CONFLICT (site, business_day, revenue_account) DO UPDATE SET
           lines = d.lines + excluded.lines, gross_rp = d.gross_rp + excluded.gross_rp,
           pnbp_rp = d.pnbp_rp + excluded.pnbp_rp, premi_rp = d.premi_rp + excluded.premi_rp,
           fund_rp = d.fund_rp + excluded.fund_rp, cost_rp = d.cost_rp + excluded.cost_rp;
    RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION sale_line_is_counted FROM PUBLIC;

CREATE TRIGGER sale_line_is_counted AFTER INSERT ON sale_line
    FOR EACH ROW EXECUTE FUNCTION sale_line_is_counted();

-- The newest revision of each person.
CREATE TABLE staff_now (
    site     TEXT   NOT NULL,
    login    TEXT   NOT NULL,
    staff_id BYTEA  NOT NULL,
    rev      BIGINT NOT NULL,
    name     TEXT   NOT NULL,
    role     TEXT   NOT NULL,
    active   BIGINT NOT NULL,
    PRIMARY KEY (site, login)
);

CREATE FUNCTION staff_rev_is_next() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    last_rev BIGINT;
BEGIN
    SELECT coalesce(max(r.rev), 0) INTO last_rev
      FROM etalase.staff_rev r
     WHERE r.site = NEW.site AND r.staff_id = NEW.staff_id;
    IF NEW.rev <> last_rev + 1 THEN
        RAISE EXCEPTION 'staff_rev: rev is not the next one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION staff_rev_is_next FROM PUBLIC;

CREATE TRIGGER staff_rev_is_next BEFORE INSERT ON staff_rev
    FOR EACH ROW EXECUTE FUNCTION staff_rev_is_next();

CREATE FUNCTION staff_rev_is_now() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO etalase.staff_now (site, login, staff_id, rev, name, role, active)
    SELECT NEW.site, s.login, s.id, NEW.rev, NEW.name, NEW.role, NEW.active
      FROM etalase.staff s
     WHERE s.site = NEW.site AND s.id = NEW.staff_id
        ON CONFLICT (site, login) DO UPDATE SET
           rev = excluded.rev, name = excluded.name, role = excluded.role,
           active = excluded.active;
    RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION staff_rev_is_now FROM PUBLIC;

CREATE TRIGGER staff_rev_is_now AFTER INSERT ON staff_rev
    FOR EACH ROW EXECUTE FUNCTION staff_rev_is_now();

GRANT SELECT ON sale_no_now, account_now, pnbp_daily, staff_now TO etalase;
