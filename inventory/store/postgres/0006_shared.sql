-- What several programs on one store must know of each other.  Local: nobody's evidence.

-- Work that was committed without a journal line: when the outcome of a commit is not known, the note
-- says it; 0 bars a work that had not come through.
CREATE TABLE work_done (
    site TEXT   NOT NULL,
    id   BYTEA  NOT NULL CHECK (length(id) = 16),
    done BIGINT NOT NULL CHECK (done IN (0, 1)),
    PRIMARY KEY (site, id)
);

-- Product lists that were checked and wait for "save all".
CREATE TABLE import_file (
    site  TEXT   NOT NULL,
    token TEXT   NOT NULL CHECK (length(token) = 43),
    actor TEXT   NOT NULL CHECK (length(actor) > 0),
    at_ms BIGINT NOT NULL CHECK (at_ms > 0),
    bytes BYTEA  NOT NULL,
    PRIMARY KEY (site, token)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON work_done, import_file TO etalase;
