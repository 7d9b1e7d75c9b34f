-- Who is signed in.  Local: nobody's evidence, not in the journal.  Only hashes of secrets stand here.
CREATE TABLE session (
    hash       BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    staff      BLOB    NOT NULL CHECK (length(staff) = 16),
    actor      TEXT    NOT NULL CHECK (length(actor) > 0),
    person     TEXT    NOT NULL,
    role       INTEGER NOT NULL CHECK (role > 0),
    lang       INTEGER NOT NULL CHECK (lang >= 0),
    till       TEXT    NOT NULL,
    csrf       TEXT    NOT NULL CHECK (length(csrf) = 43),
    created_ms INTEGER NOT NULL CHECK (created_ms > 0),
    seen_ms    INTEGER NOT NULL CHECK (seen_ms >= created_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_staff ON session (staff);

-- Machines that may use the interface.  A revoked token stays, so that its name is not given again.
CREATE TABLE token (
    name       TEXT    NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 24),
    hash       BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    role       INTEGER NOT NULL CHECK (role > 0),
    created_ms INTEGER NOT NULL CHECK (created_ms > 0),
    revoked_ms INTEGER CHECK (revoked_ms >= created_ms)
) STRICT, WITHOUT ROWID;

-- Addresses from which wrong passwords came.
CREATE TABLE address_failure (
    address  TEXT    NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures > 0),
    last_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
