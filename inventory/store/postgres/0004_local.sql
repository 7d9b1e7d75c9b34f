-- Working state of the showrooms: nobody's evidence, never in the journal, lost in a rebuild
-- without harm (passwords and the identity of the site are kept by the backup of the database).

-- Which stream this store writes; one row.
CREATE TABLE site_here (
    one           BIGINT PRIMARY KEY CHECK (one = 1),
    code          TEXT   NOT NULL,
    epoch         TEXT   NOT NULL,
    tz_offset_min BIGINT NOT NULL CHECK (tz_offset_min IN (420, 480, 540))
);

CREATE TABLE staff_secret (
    site          TEXT   NOT NULL,
    login         TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    changed_at_ms BIGINT NOT NULL,
    PRIMARY KEY (site, login)
);

-- Failures by login name, known or not, so that the answer tells nothing about which exist.
CREATE TABLE login_failure (
    site         TEXT   NOT NULL,
    login        TEXT   NOT NULL,
    failures     BIGINT NOT NULL,
    failed_at_ms BIGINT NOT NULL,
    PRIMARY KEY (site, login)
);

-- The one-time link of the first administrator: only the hash of its token.
CREATE TABLE first_admin (
    site       TEXT   NOT NULL PRIMARY KEY,
    token_hash BYTEA  NOT NULL CHECK (length(token_hash) = 32),
    ends_at_ms BIGINT NOT NULL
);

CREATE TABLE cart (
    site         TEXT   NOT NULL,
    id           BYTEA  NOT NULL CHECK (length(id) = 16),
    login        TEXT   NOT NULL,
    till         TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('open', 'sold', 'abandoned')),
    key          BYTEA  NOT NULL CHECK (length(key) = 16),
    opened_at_ms BIGINT NOT NULL,
    newest_line  BIGINT NOT NULL,
    last_event   BIGINT NOT NULL,
    PRIMARY KEY (site, id)
);

-- One open cart for each person and till.
CREATE UNIQUE INDEX cart_open ON cart (site, login, till) WHERE state = 'open';

-- A removed line stays with quantity 0, so that it can be brought back in its place.
CREATE TABLE cart_line (
    site       TEXT   NOT NULL,
    cart_id    BYTEA  NOT NULL CHECK (length(cart_id) = 16),
    line       BIGINT NOT NULL CHECK (line > 0),
    product_id BYTEA  NOT NULL CHECK (length(product_id) = 16),
    variant_id BYTEA  CHECK (length(variant_id) = 16),
    lot_id     BYTEA  CHECK (length(lot_id) = 16),
    unit_id    BYTEA  CHECK (length(unit_id) = 16),
    code       TEXT   NOT NULL,
    qty_milli  BIGINT NOT NULL CHECK (qty_milli >= 0),
    PRIMARY KEY (site, cart_id, line)
);

-- What each change found, newest last.
CREATE TABLE cart_undo (
    site      TEXT   NOT NULL,
    cart_id   BYTEA  NOT NULL CHECK (length(cart_id) = 16),
    n         BIGINT NOT NULL CHECK (n > 0),
    line      BIGINT NOT NULL,
    qty_milli BIGINT NOT NULL,
    newest    BIGINT NOT NULL,
    PRIMARY KEY (site, cart_id, n)
);

-- Scans that were handled: a page's queue may send one again.
CREATE TABLE cart_scan (
    site   TEXT   NOT NULL,
    stream TEXT   NOT NULL,
    seq    BIGINT NOT NULL,
    at_ms  BIGINT NOT NULL,
    PRIMARY KEY (site, stream, seq)
);

CREATE TABLE idem_answer (
    site    TEXT   NOT NULL,
    key     BYTEA  NOT NULL CHECK (length(key) = 16),
    content BYTEA  NOT NULL CHECK (length(content) = 32),
    status  BIGINT NOT NULL,
    body    TEXT   NOT NULL,
    at_ms   BIGINT NOT NULL,
    PRIMARY KEY (site, key)
);

-- Paper that was asked for after a sale was committed.  "written" is never "printed".
CREATE TABLE print_job (
    site          TEXT   NOT NULL,
    id            BYTEA  NOT NULL CHECK (length(id) = 16),
    job_no        BIGINT NOT NULL CHECK (job_no > 0),
    sale_id       BYTEA  NOT NULL CHECK (length(sale_id) = 16),
    copy_no       BIGINT NOT NULL CHECK (copy_no >= 0), -- 0: the first receipt
    state         TEXT   NOT NULL CHECK (state IN ('queued', 'written', 'unknown', 'failed')),
    device        TEXT   NOT NULL,
    path          TEXT   NOT NULL,
    bytes         BIGINT NOT NULL CHECK (bytes >= 0),
    why           TEXT   NOT NULL,
    made_at_ms    BIGINT NOT NULL,
    changed_at_ms BIGINT NOT NULL,
    PRIMARY KEY (site, id),
    UNIQUE (site, job_no)
);

CREATE INDEX print_job_by_sale ON print_job (site, sale_id, job_no);

-- The few papers that are not surely there, for the banner of the till.
CREATE INDEX print_job_open ON print_job (site, job_no) WHERE state <> 'written';

-- Rows that change often find room in their page, so that no index has to change with them.
ALTER TABLE cart SET (fillfactor = 70);
ALTER TABLE cart_line SET (fillfactor = 70);
ALTER TABLE print_job SET (fillfactor = 85);

GRANT SELECT, INSERT, UPDATE, DELETE
   ON site_here, staff_secret, login_failure, first_admin, cart, cart_line, cart_undo, cart_scan,
      idem_answer, print_job
   TO etalase;
