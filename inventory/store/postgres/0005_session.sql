-- Who is signed in.  Local: nobody's evidence, not in the journal.  Only hashes of secrets stand
-- here.
CREATE TABLE session (
    hash       BYTEA  NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    staff      BYTEA  NOT NULL CHECK (length(staff) = 16),
    actor      TEXT   NOT NULL CHECK (length(actor) > 0),
    person     TEXT   NOT NULL,
    role       BIGINT NOT NULL CHECK (role > 0),
    lang       BIGINT NOT NULL CHECK (lang >= 0),
    till       TEXT   NOT NULL,
    csrf       TEXT   NOT NULL CHECK (length(csrf) = 43),
    created_ms BIGINT NOT NULL CHECK (created_ms > 0),
    seen_ms    BIGINT NOT NULL CHECK (seen_ms >= created_ms)
);

CREATE INDEX session_by_staff ON session (staff);

-- Machines that may use the interface.  A revoked token stays, so that its name is not given again.
CREATE TABLE token (
    name       TEXT   NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 24),
    hash       BYTEA  NOT NULL UNIQUE CHECK (length(hash) = 32),
    role       BIGINT NOT NULL CHECK (role > 0),
    created_ms BIGINT NOT NULL CHECK (created_ms > 0),
    revoked_ms BIGINT CHECK (revoked_ms >= created_ms)
);

-- Addresses from which wrong passwords came.
CREATE TABLE address_failure (
    address  TEXT   NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL CHECK (failures > 0),
    last_ms  BIGINT NOT NULL
);

-- A session says with each page that it is still used: see cart.
ALTER TABLE session SET (fillfactor = 50);

GRANT SELECT, INSERT, UPDATE, DELETE ON session, token, address_failure TO etalase;
