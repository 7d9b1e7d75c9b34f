-- Goods: what exists, where it stands, what it cost.  Facts first, then the caches that triggers keep.
-- Every table is clustered by its key; keys begin with the site.

CREATE TABLE place (
    site    TEXT    NOT NULL,
    act_id  BLOB    NOT NULL CHECK (length(act_id) = 16),
    id      BLOB    NOT NULL CHECK (length(id) = 16),
    kind    TEXT    NOT NULL CHECK (kind IN ('workshop', 'store', 'showroom', 'transit', 'partner',
                                             'exhibition', 'customer', 'scrap', 'lost', 'supplier',
                                             'consumed')),
    code    TEXT    NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
    name    TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    guarded INTEGER NOT NULL CHECK (guarded IN (0, 1)),
    PRIMARY KEY (site, id),
    UNIQUE (site, kind, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE family (
    site   TEXT NOT NULL,
    act_id BLOB NOT NULL CHECK (length(act_id) = 16),
    code   TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 24),
    name   TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    PRIMARY KEY (site, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
    site     TEXT NOT NULL,
    act_id   BLOB NOT NULL CHECK (length(act_id) = 16),
    id       BLOB NOT NULL CHECK (length(id) = 16),
    sku      TEXT NOT NULL CHECK (length(sku) BETWEEN 1 AND 32),
    tracking TEXT NOT NULL CHECK (tracking IN ('piece', 'lot', 'service', 'material')),
    unit     TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 16),
    PRIMARY KEY (site, id),
    UNIQUE (site, sku)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_rev (
    site            TEXT    NOT NULL,
    act_id          BLOB    NOT NULL CHECK (length(act_id) = 16),
    product_id      BLOB    NOT NULL CHECK (length(product_id) = 16),
    rev             INTEGER NOT NULL CHECK (rev BETWEEN 1 AND 1000000),
    name            TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    family          TEXT    NOT NULL,
    workshop_id     BLOB    NOT NULL CHECK (length(workshop_id) = 16),
    revenue_account TEXT    NOT NULL CHECK (length(revenue_account) BETWEEN 1 AND 8),
    shelf_life_days INTEGER NOT NULL CHECK (shelf_life_days BETWEEN 0 AND 3650),
    motif           TEXT    NOT NULL,
    technique       TEXT    NOT NULL,
    active          INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (site, product_id, rev),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    FOREIGN KEY (site, family) REFERENCES family (site, code),
    FOREIGN KEY (site, workshop_id) REFERENCES place (site, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE variant (
    site       TEXT NOT NULL,
    act_id     BLOB NOT NULL CHECK (length(act_id) = 16),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    product_id BLOB NOT NULL CHECK (length(product_id) = 16),
    code       TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 32),
    size       TEXT NOT NULL,
    colour     TEXT NOT NULL,
    motif      TEXT NOT NULL,
    PRIMARY KEY (site, id),
    UNIQUE (site, product_id, code),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE price (
    site          TEXT    NOT NULL,
    act_id        BLOB    NOT NULL CHECK (length(act_id) = 16),
    product_id    BLOB    NOT NULL CHECK (length(product_id) = 16),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    variant_id    BLOB    CHECK (length(variant_id) = 16),
    price_rp      INTEGER NOT NULL CHECK (price_rp BETWEEN 1 AND 999999999999999),
    cost_known    INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    cost_rp       INTEGER NOT NULL CHECK (cost_rp BETWEEN 0 AND 999999999999999),
    approver      TEXT    NOT NULL CHECK (length(approver) > 0),
    valid_from_ms INTEGER NOT NULL CHECK (valid_from_ms > 0),
    PRIMARY KEY (site, product_id, id),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    CHECK (cost_known = 1 OR cost_rp = 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE lot (
    site         TEXT    NOT NULL,
    act_id       BLOB    NOT NULL CHECK (length(act_id) = 16),
    id           BLOB    NOT NULL CHECK (length(id) = 16),
    product_id   BLOB    NOT NULL CHECK (length(product_id) = 16),
    variant_id   BLOB    CHECK (length(variant_id) = 16),
    code         TEXT    NOT NULL CHECK (length(code) = 10),
    workshop_id  BLOB    NOT NULL CHECK (length(workshop_id) = 16),
    made_day     INTEGER NOT NULL CHECK (made_day > 0),
    expires      INTEGER NOT NULL CHECK (expires IN (0, 1)),
    expiry_day   INTEGER NOT NULL CHECK (expiry_day >= 0),
    qty_milli    INTEGER NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    cost_known   INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    unit_cost_rp INTEGER NOT NULL CHECK (unit_cost_rp BETWEEN 0 AND 999999999999999),
    key          BLOB    CHECK (length(key) = 16),
    PRIMARY KEY (site, id),
    UNIQUE (site, code),
    UNIQUE (site, key),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id),
    FOREIGN KEY (site, workshop_id) REFERENCES place (site, id),
    CHECK (cost_known = 1 OR unit_cost_rp = 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    site   TEXT    NOT NULL,
    act_id BLOB    NOT NULL CHECK (length(act_id) = 16),
    lot_id BLOB    NOT NULL CHECK (length(lot_id) = 16),
    no     INTEGER NOT NULL CHECK (no > 0),
    id     BLOB    NOT NULL CHECK (length(id) = 16),
    code   TEXT    NOT NULL CHECK (length(code) = 10),
    PRIMARY KEY (site, lot_id, no),
    UNIQUE (site, code),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id)
) STRICT, WITHOUT ROWID;

-- Children of their act.
CREATE TABLE stock_move (
    site      TEXT    NOT NULL,
    act_id    BLOB    NOT NULL CHECK (length(act_id) = 16),
    line      INTEGER NOT NULL CHECK (line > 0),
    lot_id    BLOB    NOT NULL CHECK (length(lot_id) = 16),
    unit_id   BLOB    CHECK (length(unit_id) = 16),
    from_id   BLOB    NOT NULL CHECK (length(from_id) = 16),
    to_id     BLOB    NOT NULL CHECK (length(to_id) = 16),
    qty_milli INTEGER NOT NULL CHECK (qty_milli BETWEEN 1 AND 999999999999),
    reason    TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 24),
    doc_line  INTEGER NOT NULL CHECK (doc_line >= 0),
    PRIMARY KEY (site, act_id, line),
    FOREIGN KEY (site, lot_id) REFERENCES lot (site, id),
    FOREIGN KEY (site, from_id) REFERENCES place (site, id),
    FOREIGN KEY (site, to_id) REFERENCES place (site, id),
    CHECK (from_id <> to_id),
    CHECK (unit_id IS NULL OR qty_milli = 1000)
) STRICT, WITHOUT ROWID;

CREATE INDEX lot_by_product ON lot (site, product_id);
-- The price in force is the last entry before a moment; no sorting at each scan.
CREATE INDEX price_in_time ON price (site, product_id, variant_id, valid_from_ms, id);

CREATE TRIGGER place_is_final_u BEFORE UPDATE ON place
BEGIN
    SELECT RAISE(ABORT, 'place is append-only');
END;
CREATE TRIGGER place_is_final_d BEFORE DELETE ON place
BEGIN
    SELECT RAISE(ABORT, 'place is append-only');
END;

CREATE TRIGGER family_is_final_u BEFORE UPDATE ON family
BEGIN
    SELECT RAISE(ABORT, 'family is append-only');
END;
CREATE TRIGGER family_is_final_d BEFORE DELETE ON family
BEGIN
    SELECT RAISE(ABORT, 'family is append-only');
END;

CREATE TRIGGER product_is_final_u BEFORE UPDATE ON product
BEGIN
    SELECT RAISE(ABORT, 'product is append-only');
END;
CREATE TRIGGER product_is_final_d BEFORE DELETE ON product
BEGIN
    SELECT RAISE(ABORT, 'product is append-only');
END;

CREATE TRIGGER product_rev_is_final_u BEFORE UPDATE ON product_rev
BEGIN
    SELECT RAISE(ABORT, 'product_rev is append-only');
END;
CREATE TRIGGER product_rev_is_final_d BEFORE DELETE ON product_rev
BEGIN
    SELECT RAISE(ABORT, 'product_rev is append-only');
END;

CREATE TRIGGER variant_is_final_u BEFORE UPDATE ON variant
BEGIN
    SELECT RAISE(ABORT, 'variant is append-only');
END;
CREATE TRIGGER variant_is_final_d BEFORE DELETE ON variant
BEGIN
    SELECT RAISE(ABORT, 'variant is append-only');
END;

CREATE TRIGGER price_is_final_u BEFORE UPDATE ON price
BEGIN
    SELECT RAISE(ABORT, 'price is append-only');
END;
CREATE TRIGGER price_is_final_d BEFORE DELETE ON price
BEGIN
    SELECT RAISE(ABORT, 'price is append-only');
END;

CREATE TRIGGER lot_is_final_u BEFORE UPDATE ON lot
BEGIN
    SELECT RAISE(ABORT, 'lot is append-only');
END;
CREATE TRIGGER lot_is_final_d BEFORE DELETE ON lot
BEGIN
    SELECT RAISE(ABORT, 'lot is append-only');
END;

CREATE TRIGGER unit_is_final_u BEFORE UPDATE ON unit
BEGIN
    SELECT RAISE(ABORT, 'unit is append-only');
END;
CREATE TRIGGER unit_is_final_d BEFORE DELETE ON unit
BEGIN
    SELECT RAISE(ABORT, 'unit is append-only');
END;

CREATE TRIGGER stock_move_is_final_u BEFORE UPDATE ON stock_move
BEGIN
    SELECT RAISE(ABORT, 'stock_move is append-only');
END;
CREATE TRIGGER stock_move_is_final_d BEFORE DELETE ON stock_move
BEGIN
    SELECT RAISE(ABORT, 'stock_move is append-only');
END;

-- The newest revision of each product, with the text that a search looks in.
CREATE TABLE product_now (
    site            TEXT    NOT NULL,
    product_id      BLOB    NOT NULL,
    sku             TEXT    NOT NULL,
    tracking        TEXT    NOT NULL,
    unit            TEXT    NOT NULL,
    rev             INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    family          TEXT    NOT NULL,
    workshop_id     BLOB    NOT NULL,
    revenue_account TEXT    NOT NULL,
    shelf_life_days INTEGER NOT NULL,
    motif           TEXT    NOT NULL,
    technique       TEXT    NOT NULL,
    active          INTEGER NOT NULL,
    search_key      TEXT    NOT NULL,
    PRIMARY KEY (site, product_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX product_now_by_sku ON product_now (site, sku);
CREATE INDEX product_now_by_search_key ON product_now (site, search_key, active);

CREATE TRIGGER product_rev_is_next BEFORE INSERT ON product_rev
BEGIN
    SELECT RAISE(ABORT, 'product_rev: rev is not the next one')
     WHERE NEW.rev <> 1 + coalesce((SELECT max(rev) FROM product_rev
                                     WHERE site = NEW.site AND product_id = NEW.product_id), 0);
END;

CREATE TRIGGER product_rev_is_now AFTER INSERT ON product_rev
BEGIN
    INSERT INTO product_now (site, product_id, sku, tracking, unit, rev, name, family, workshop_id,
                             revenue_account, shelf_life_days, motif, technique, active, search_key)
    SELECT NEW.site, NEW.product_id, p.sku, p.tracking, p.unit, NEW.rev, NEW.name, NEW.family,
           NEW.workshop_id, NEW.revenue_account, NEW.shelf_life_days, NEW.motif, NEW.technique,
           NEW.active, lower(NEW.name) || ' ' || lower(p.sku)
      FROM product p
     WHERE p.site = NEW.site AND p.id = NEW.product_id
        ON CONFLICT (site, product_id) DO UPDATE SET
           rev = excluded.rev, name = excluded.name, family = excluded.family,
           workshop_id = excluded.workshop_id, revenue_account = excluded.revenue_account,
           shelf_life_days = excluded.shelf_life_days, motif = excluded.motif,
           technique = excluded.technique, active = excluded.active,
           search_key = excluded.search_key;
END;

-- On hand, in every place: the sum of the moves; a row of zero is not kept.  Where goods come from stands
-- below zero, where they end above it, so that all places together are zero.
CREATE TABLE stock_now (
    site       TEXT    NOT NULL,
    place_id   BLOB    NOT NULL,
    product_id BLOB    NOT NULL,
    lot_id     BLOB    NOT NULL,
    qty_milli  INTEGER NOT NULL,
    PRIMARY KEY (site, place_id, product_id, lot_id)
) STRICT, WITHOUT ROWID;

-- Where each piece stands, and which act moved it last.
CREATE TABLE unit_now (
    site     TEXT NOT NULL,
    unit_id  BLOB NOT NULL,
    place_id BLOB NOT NULL,
    act_id   BLOB NOT NULL,
    PRIMARY KEY (site, unit_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER stock_move_is_counted AFTER INSERT ON stock_move
BEGIN
    INSERT INTO stock_now (site, place_id, product_id, lot_id, qty_milli)
    VALUES (NEW.site, NEW.from_id,
            (SELECT product_id FROM lot WHERE site = NEW.site AND id = NEW.lot_id), NEW.lot_id,
            -NEW.qty_milli)
        ON CONFLICT (site, place_id, product_id, lot_id)
        DO UPDATE SET qty_milli = qty_milli + excluded.qty_milli;
    INSERT INTO stock_now (site, place_id, product_id, lot_id, qty_milli)
    VALUES (NEW.site, NEW.to_id,
            (SELECT product_id FROM lot WHERE site = NEW.site AND id = NEW.lot_id), NEW.lot_id,
            NEW.qty_milli)
        ON CONFLICT (site, place_id, product_id, lot_id)
        DO UPDATE SET qty_milli = qty_milli + excluded.qty_milli;
END;

CREATE TRIGGER stock_now_is_guarded_i AFTER INSERT ON stock_now WHEN NEW.qty_milli < 0
BEGIN
    SELECT RAISE(ABORT, 'stock_move: a guarded place would go below zero')
      FROM place WHERE site = NEW.site AND id = NEW.place_id AND guarded = 1;
END;

CREATE TRIGGER stock_now_is_guarded_u AFTER UPDATE ON stock_now WHEN NEW.qty_milli < 0
BEGIN
    SELECT RAISE(ABORT, 'stock_move: a guarded place would go below zero')
      FROM place WHERE site = NEW.site AND id = NEW.place_id AND guarded = 1;
END;

CREATE TRIGGER stock_now_is_lean AFTER UPDATE ON stock_now WHEN NEW.qty_milli = 0
BEGIN
    DELETE FROM stock_now
     WHERE site = NEW.site AND place_id = NEW.place_id AND product_id = NEW.product_id
       AND lot_id = NEW.lot_id;
END;

CREATE TRIGGER stock_move_of_unit AFTER INSERT ON stock_move WHEN NEW.unit_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'stock_move: the piece is not there')
      FROM unit_now
     WHERE site = NEW.site AND unit_id = NEW.unit_id AND place_id <> NEW.from_id;
    INSERT INTO unit_now (site, unit_id, place_id, act_id)
    VALUES (NEW.site, NEW.unit_id, NEW.to_id, NEW.act_id)
        ON CONFLICT (site, unit_id)
        DO UPDATE SET place_id = excluded.place_id, act_id = excluded.act_id;
END;
