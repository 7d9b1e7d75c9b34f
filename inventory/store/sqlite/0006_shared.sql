-- What several programs on one store must know of each other.  Local: nobody's evidence.

-- Work that was committed without a journal line.  Only a shared store fills it: when the outcome of a
-- commit is not known, the note says it; 0 bars a work that had not come through.
CREATE TABLE work_done (
    site TEXT    NOT NULL,
    id   BLOB    NOT NULL CHECK (length(id) = 16),
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

-- Product lists that were checked and wait for "save all".  A rowid table: the bytes are many.
CREATE TABLE import_file (
    site  TEXT    NOT NULL,
    token TEXT    NOT NULL CHECK (length(token) = 43),
    actor TEXT    NOT NULL CHECK (length(actor) > 0),
    at_ms INTEGER NOT NULL CHECK (at_ms > 0),
    bytes BLOB    NOT NULL,
    PRIMARY KEY (site, token)
) STRICT;
