-- Working state of this machine: nobody's evidence, never in the journal, lost in a rebuild without
-- harm (passwords and the identity of the site are kept by the backup of the file).

-- Which stream this store writes; one row.
CREATE TABLE site_here (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    code          TEXT    NOT NULL,
    epoch         TEXT    NOT NULL,
    tz_offset_min INTEGER NOT NULL CHECK (tz_offset_min IN (420, 480, 540))
) STRICT;

CREATE TABLE staff_secret (
    site          TEXT    NOT NULL,
    login         TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (site, login)
) STRICT, WITHOUT ROWID;

-- Failures by login name, known or not, so that the answer tells nothing about which exist.
CREATE TABLE login_failure (
    site         TEXT    NOT NULL,
    login        TEXT    NOT NULL,
    failures     INTEGER NOT NULL,
    failed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (site, login)
) STRICT, WITHOUT ROWID;

-- The one-time link of the first administrator: only the hash of its token.
CREATE TABLE first_admin (
    site       TEXT    NOT NULL PRIMARY KEY,
    token_hash BLOB    NOT NULL CHECK (length(token_hash) = 32),
    ends_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cart (
    site         TEXT    NOT NULL,
    id           BLOB    NOT NULL CHECK (length(id) = 16),
    login        TEXT    NOT NULL,
    till         TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('open', 'sold', 'abandoned')),
    key          BLOB    NOT NULL CHECK (length(key) = 16),
    opened_at_ms INTEGER NOT NULL,
    newest_line  INTEGER NOT NULL,
    last_event   INTEGER NOT NULL,
    PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

-- One open cart for each person and till.
CREATE UNIQUE INDEX cart_open ON cart (site, login, till) WHERE state = 'open';

-- A removed line stays with quantity 0, so that it can be brought back in its place.
CREATE TABLE cart_line (
    site       TEXT    NOT NULL,
    cart_id    BLOB    NOT NULL CHECK (length(cart_id) = 16),
    line       INTEGER NOT NULL CHECK (line > 0),
    product_id BLOB    NOT NULL CHECK (length(product_id) = 16),
    variant_id BLOB    CHECK (length(variant_id) = 16),
    lot_id     BLOB    CHECK (length(lot_id) = 16),
    unit_id    BLOB    CHECK (length(unit_id) = 16),
    code       TEXT    NOT NULL,
    qty_milli  INTEGER NOT NULL CHECK (qty_milli >= 0),
    PRIMARY KEY (site, cart_id, line)
) STRICT, WITHOUT ROWID;

-- What each change found, newest last.
CREATE TABLE cart_undo (
    site      TEXT    NOT NULL,
    cart_id   BLOB    NOT NULL CHECK (length(cart_id) = 16),
    n         INTEGER NOT NULL CHECK (n > 0),
    line      INTEGER NOT NULL,
    qty_milli INTEGER NOT NULL,
    newest    INTEGER NOT NULL,
    PRIMARY KEY (site, cart_id, n)
) STRICT, WITHOUT ROWID;

-- Scans that were handled: a page's queue may send one again.
CREATE TABLE cart_scan (
    site   TEXT    NOT NULL,
    stream TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    PRIMARY KEY (site, stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE idem_answer (
    site    TEXT    NOT NULL,
    key     BLOB    NOT NULL CHECK (length(key) = 16),
    content BLOB    NOT NULL CHECK (length(content) = 32),
    status  INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    at_ms   INTEGER NOT NULL,
    PRIMARY KEY (site, key)
) STRICT;

-- Paper that was asked for after a sale was committed.  "written" is never "printed".
CREATE TABLE print_job (
    site          TEXT    NOT NULL,
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    job_no        INTEGER NOT NULL CHECK (job_no > 0),
    sale_id       BLOB    NOT NULL CHECK (length(sale_id) = 16),
    copy_no       INTEGER NOT NULL CHECK (copy_no >= 0), /* 0: the first receipt */
    state         TEXT    NOT NULL CHECK (state IN ('queued', 'written', 'unknown', 'failed')),
    device        TEXT    NOT NULL,
    path          TEXT    NOT NULL,
    bytes         INTEGER NOT NULL CHECK (bytes >= 0),
    why           TEXT    NOT NULL,
    made_at_ms    INTEGER NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (site, id),
    UNIQUE (site, job_no)
) STRICT, WITHOUT ROWID;

CREATE INDEX print_job_by_sale ON print_job (site, sale_id, job_no);

-- The few papers that are not surely there, for the banner of the till.
CREATE INDEX print_job_open ON print_job (site, job_no) WHERE state <> 'written';
