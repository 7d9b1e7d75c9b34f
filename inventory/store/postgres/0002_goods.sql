-- Goods: what exists, where it stands, what it cost.  Facts first, then the caches that triggers
-- keep.  Keys begin with the site.

CREATE TABLE place (
    site    TEXT   NOT NULL,
    act_id  BYTEA  NOT NULL CHECK (length(act_id) = 16),
    id      BYTEA  NOT NULL CHECK (length(id) = 16),
    kind    TEXT   NOT NULL CHECK (kind IN ('workshop', 'store', 'showroom', 'transit', 'partner',
                                            'exhibition', 'customer', 'scrap', 'lost', 'supplier',
                                            'consumed')),
    code    TEXT   NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
    name    TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    guarded BIGINT NOT NULL CHECK (guarded IN (0, 1)),
    PRIMARY KEY (site, id),
    UNIQUE (site, kind, code)
);

CREATE TABLE family (
    site   TEXT  NOT NULL,
    act_id BYTEA NOT NULL CHECK (length(act_id) = 16),
    code   TEXT  NOT NULL CHECK (length(code) BETWEEN 1 AND 24),
    name   TEXT  NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    PRIMARY KEY (site, code)
);

CREATE TABLE product (
    site     TEXT  NOT NULL,
    act_id   BYTEA NOT NULL CHECK (length(act_id) = 16),
    id       BYTEA NOT NULL CHECK (length(id) = 16),
    sku      TEXT  NOT NULL CHECK (length(sku) BETWEEN 1 AND 32),
    tracking TEXT  NOT NULL CHECK (tracking IN ('piece', 'lot', 'service', 'material')),
    unit     TEXT  NOT NULL CHECK (length(unit) BETWEEN 1 AND 16),
    PRIMARY KEY (site, id),
    UNIQUE (site, sku)
);

CREATE TABLE product_rev (
    site            TEXT   NOT NULL,
    act_id          BYTEA  NOT NULL CHECK (length(act_id) = 16),
    product_id      BYTEA  NOT NULL CHECK (length(product_id) = 16),
    rev             BIGINT NOT NULL CHECK (rev BETWEEN 1 AND 1000000),
    name            TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    family          TEXT   NOT NULL,
    workshop_id     BYTEA  NOT NULL CHECK (length(workshop_id) = 16),
    revenue_account TEXT   NOT NULL CHECK (length(revenue_account) BETWEEN 1 AND 8),
    shelf_life_days BIGINT NOT NULL CHECK (shelf_life_days BETWEEN 0 AND 3650),
    motif           TEXT   NOT NULL,
    technique       TEXT   NOT NULL,
    active          BIGINT NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (site, product_id, rev),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    FOREIGN KEY (site, family) REFERENCES family (site, code),
    FOREIGN KEY (site, workshop_id) REFERENCES place (site, id)
);

CREATE TABLE variant (
    site       TEXT  NOT NULL,
    act_id     BYTEA NOT NULL CHECK (length(act_id) = 16),
    id         BYTEA NOT NULL CHECK (length(id) = 16),
    product_id BYTEA NOT NULL CHECK (length(product_id) = 16),
    code       TEXT  NOT NULL CHECK (length(code) BETWEEN 1 AND 32),
    size       TEXT  NOT NULL,
    colour     TEXT  NOT NULL,
    motif      TEXT  NOT NULL,
    PRIMARY KEY (site, id),
    UNIQUE (site, product_id, code),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id)
);

CREATE TABLE price (
    site          TEXT   NOT NULL,
    act_id        BYTEA  NOT NULL CHECK (length(act_id) = 16),
    product_id    BYTEA  NOT NULL CHECK (length(product_id) = 16),
    id            BYTEA  NOT NULL CHECK (length(id) = 16),
    variant_id    BYTEA  CHECK (length(variant_id) = 16),
    price_rp      BIGINT NOT NULL CHECK (price_rp BETWEEN 1 AND 999999999999999),
    cost_known    BIGINT NOT NULL CHECK (cost_known IN (0, 1)),
    cost_rp       BIGINT NOT NULL CHECK (cost_rp BETWEEN 0 AND 999999999999999),
    approver      TEXT   NOT NULL CHECK (length(approver) > 0),
    valid_from_ms BIGINT NOT NULL CHECK (valid_from_ms > 0),
    PRIMARY KEY (site, product_id, id),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    CHECK (cost_known = 1 OR cost_rp = 0)
);

CREATE TABLE lot (
    site         TEXT   NOT NULL,
    act_id       BYTEA  NOT NULL CHECK (length(act_id) = 16),
    id           BYTEA  NOT NULL CHECK (length(id) = 16),
    product_id   BYTEA  NOT NULL CHECK (length(product_id) = 16),
    variant_id   BYTEA  CHECK (length(variant_id) = 16),
    code         TEXT   NOT NULL CHECK (length(code) = 10),
    workshop_id  BYTEA  NOT NULL CHECK (length(workshop_id) = 16),
    made_day     BIGINT NOT NULL CHECK (made_day > 0),
    expires      BIGINT NOT NULL CHECK (expires IN (0, 1)),
    expiry_day   BIGINT NOT NULL CHECK (expiry_day >= 0),
    qty_milli    BIGINT NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    cost_known   BIGINT NOT NULL CHECK (cost_known IN (0, 1)),
    unit_cost_rp BIGINT NOT NULL CHECK (unit_cost_rp BETWEEN 0 AND 999999999999999),
    key          BYTEA  CHECK (length(key) = 16),
    PRIMARY KEY (site, id),
    UNIQUE (site, code),
    UNIQUE (site, key),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    FOREIGN KEY (site, workshop_id) REFERENCES place (site, id),
    CHECK (cost_known = 1 OR unit_cost_rp = 0)
);

CREATE TABLE unit (
    site   TEXT   NOT NULL,
    act_id BYTEA  NOT NULL CHECK (length(act_id) = 16),
    lot_id BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    no     BIGINT NOT NULL CHECK (no > 0),
    id     BYTEA  NOT NULL CHECK (length(id) = 16),
    code   TEXT   NOT NULL CHECK (length(code) = 10),
    PRIMARY KEY (site, lot_id, no),
    UNIQUE (site, code),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id)
);

-- Children of their act.
CREATE TABLE stock_move (
    site      TEXT   NOT NULL,
    act_id    BYTEA  NOT NULL CHECK (length(act_id) = 16),
    line      BIGINT NOT NULL CHECK (line > 0),
    lot_id    BYTEA  NOT NULL CHECK (length(lot_id) = 16),
    unit_id   BYTEA  CHECK (length(unit_id) = 16),
    from_id   BYTEA  NOT NULL CHECK (length(from_id) = 16),
    to_id     BYTEA  NOT NULL CHECK (length(to_id) = 16),
    qty_milli BIGINT NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    reason    TEXT   NOT NULL CHECK (length(reason) BETWEEN 1 AND 24),
    doc_line  BIGINT NOT NULL CHECK (doc_line >= 0),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    FOREIGN KEY (site, from_id) REFERENCES place (site, id),
    FOREIGN KEY (site, to_id) REFERENCES place (site, id),
    CHECK (from_id <> to_id),
    CHECK (unit_id IS NULL OR qty_milli = 1000)
);

-- With the id: the newest lots of a product need no sorting.
CREATE INDEX lot_by_product ON lot (site, product_id, id);
-- The price in force is the last entry before a moment; no sorting at each scan.
CREATE INDEX price_in_time ON price (site, product_id, variant_id, valid_from_ms, id);

CREATE TRIGGER place_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON place
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER family_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON family
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER product_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON product
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER product_rev_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON product_rev
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER variant_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON variant
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER price_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON price
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER lot_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON lot
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER unit_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON unit
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE TRIGGER stock_move_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_move
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();

-- Each sale adds to it; see the journal.
ALTER TABLE stock_move SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_freeze_min_age = 0);

GRANT SELECT, INSERT
   ON place, family, product, product_rev, variant, price, lot, unit, stock_move
   TO etalase;

-- The newest revision of each product, with the text that a search looks in.
CREATE TABLE product_now (
    site            TEXT   NOT NULL,
    product_id      BYTEA  NOT NULL,
    sku             TEXT   NOT NULL,
    tracking        TEXT   NOT NULL,
    unit            TEXT   NOT NULL,
    rev             BIGINT NOT NULL,
    name            TEXT   NOT NULL,
    family          TEXT   NOT NULL,
    workshop_id     BYTEA  NOT NULL,
    revenue_account TEXT   NOT NULL,
    shelf_life_days BIGINT NOT NULL,
    motif           TEXT   NOT NULL,
    technique       TEXT   NOT NULL,
    active          BIGINT NOT NULL,
    search_key      TEXT   NOT NULL,
    PRIMARY KEY (site, product_id)
);

CREATE UNIQUE INDEX product_now_by_sku ON product_now (site, sku);
-- All that a search by words looks at and gives back stands in the index.
CREATE INDEX product_now_by_search_key ON product_now (site, search_key, active)
    INCLUDE (product_id);

CREATE FUNCTION product_rev_is_next() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    last_rev BIGINT;
BEGIN
    SELECT coalesce(max(r.rev), 0) INTO last_rev
      FROM etalase.product_rev r
     WHERE r.site = NEW.site AND r.product_id = NEW.product_id;
    IF NEW.rev <> last_rev + 1 THEN
        RAISE EXCEPTION 'product_rev: rev is not the next one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION product_rev_is_next FROM PUBLIC;

CREATE TRIGGER product_rev_is_next BEFORE INSERT ON product_rev
    FOR EACH ROW EXECUTE FUNCTION product_rev_is_next();

CREATE FUNCTION product_rev_is_now() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO etalase.product_now (site, product_id, sku, tracking, unit, rev, name, family,
                                     workshop_id, revenue_account, shelf_life_days, motif,
                                     technique, active, search_key)
    SELECT NEW.site, NEW.product_id, p.sku, p.tracking, p.unit, NEW.rev, NEW.name, NEW.family,
           NEW.workshop_id, NEW.revenue_account, NEW.shelf_life_days, NEW.motif, NEW.technique,
           NEW.active, lower(NEW.name) || ' ' || lower(p.sku)
      FROM etalase.product p
     WHERE p.site = NEW.site AND p.id = NEW.product_id
        ON CONFLICT (site, product_id) DO UPDATE SET
           rev = excluded.rev, name = excluded.name, family = excluded.family,
           workshop_id = excluded.workshop_id, revenue_account = excluded.revenue_account,
           shelf_life_days = excluded.shelf_life_days, motif = excluded.motif,
           technique = excluded.technique, active = excluded.active,
           search_key = excluded.search_key;
    RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION product_rev_is_now FROM PUBLIC;

CREATE TRIGGER product_rev_is_now AFTER INSERT ON product_rev
    FOR EACH ROW EXECUTE FUNCTION product_rev_is_now();

-- On hand: the sum of the moves; a row of zero is not kept.  Rows change where they stand as long
-- as their page has room, so some is left; the vacuum comes early, because a lot that is sold out
-- leaves a hole.
CREATE TABLE stock_now (
    site       TEXT   NOT NULL,
    place_id   BYTEA  NOT NULL,
    product_id BYTEA  NOT NULL,
    lot_id     BYTEA  NOT NULL,
    qty_milli  BIGINT NOT NULL,
    PRIMARY KEY (site, place_id, product_id, lot_id)
) WITH (fillfactor = 70, vacuum_truncate = false, autovacuum_vacuum_scale_factor = 0.05);

-- Where each piece stands, and which act moved it last.  Most rows are changed once, when the piece
-- is sold: a little room is left for that.
CREATE TABLE unit_now (
    site     TEXT  NOT NULL,
    unit_id  BYTEA NOT NULL,
    place_id BYTEA NOT NULL,
    act_id   BYTEA NOT NULL,
    PRIMARY KEY (site, unit_id)
) WITH (fillfactor = 85);

-- All that a move brings about: where the piece stands, and what is on hand here and there.  What
-- comes in cannot take a guarded place below zero, so only the place that gives is looked at.
CREATE FUNCTION stock_move_is_counted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    product pg_catalog.bytea;
    on_hand BIGINT;
BEGIN
    IF NEW.unit_id IS NOT NULL THEN
        UPDATE etalase.unit_now
           SET place_id = NEW.to_id, act_id = NEW.act_id
         WHERE site = NEW.site AND unit_id = NEW.unit_id AND place_id = NEW.from_id;
        IF NOT FOUND THEN
            INSERT INTO etalase.unit_now (site, unit_id, place_id, act_id)
            VALUES (NEW.site, NEW.unit_id, NEW.to_id, NEW.act_id)
                ON CONFLICT (site, unit_id) DO NOTHING;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'stock_move: the piece is not there'
                      USING ERRCODE = 'check_violation';
            END IF;
        END IF;
    END IF;

    SELECT l.product_id INTO product
      FROM etalase.lot l
     WHERE l.site = NEW.site AND l.id = NEW.lot_id;

    INSERT INTO etalase.stock_now AS n (site, place_id, product_id, lot_id, qty_milli)
    VALUES (NEW.site, NEW.from_id, product, NEW.lot_id, -NEW.qty_milli)
        ON CONFLICT (site, place_id, product_id, lot_id)
        DO UPDATE SET qty_milli = n.qty_milli + excluded.qty_milli
        RETURNING n.qty_milli INTO on_hand;
    IF on_hand = 0 THEN
        DELETE FROM etalase.stock_now
         WHERE site = NEW.site AND place_id = NEW.from_id AND product_id = product
           AND lot_id = NEW.lot_id;
    ELSIF on_hand < 0 AND EXISTS (SELECT FROM etalase.place p
                                   WHERE p.site = NEW.site AND p.id = NEW.from_id
                                     AND p.guarded = 1) THEN
        RAISE EXCEPTION 'stock_move: a guarded place would go below zero'
              USING ERRCODE = 'check_violation';
    END IF;

    INSERT INTO etalase.stock_now AS n (site, place_id, product_id, lot_id, qty_milli)
    VALUES (NEW.site, NEW.to_id, product, NEW.lot_id, NEW.qty_milli)
        ON CONFLICT (site, place_id, product_id, lot_id)
        DO UPDATE SET qty_milli = n.qty_milli + excluded.qty_milli
        RETURNING n.qty_milli INTO on_hand;
    IF on_hand = 0 THEN
        DELETE FROM etalase.stock_now
         WHERE site = NEW.site AND place_id = NEW.to_id AND product_id = product
           AND lot_id = NEW.lot_id;
    END IF;
    RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION stock_move_is_counted FROM PUBLIC;

CREATE TRIGGER stock_move_is_counted AFTER INSERT ON stock_move
    FOR EACH ROW EXECUTE FUNCTION stock_move_is_counted();

GRANT SELECT ON product_now, stock_now, unit_now TO etalase;
