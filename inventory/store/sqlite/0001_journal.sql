-- The journal: one line a committed act, chained by hash.  A rowid table, because a body of one or two
-- kilobytes would spill to an overflow page in a WITHOUT ROWID tree.
CREATE TABLE journal (
    site      TEXT    NOT NULL CHECK (length(site) BETWEEN 1 AND 16),
    epoch     TEXT    NOT NULL CHECK (length(epoch) BETWEEN 1 AND 4),
    seq       INTEGER NOT NULL CHECK (seq > 0),
    id        BLOB    NOT NULL CHECK (length(id) = 16),
    kind      TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 39),
    ver       INTEGER NOT NULL CHECK (ver > 0),
    at_ms     INTEGER NOT NULL CHECK (at_ms > 0),
    actor     TEXT    NOT NULL,
    till      TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    prev_hash BLOB    NOT NULL CHECK (length(prev_hash) = 32),
    hash      BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site, epoch, seq)
) STRICT;

CREATE UNIQUE INDEX journal_by_id ON journal (id);

-- The next line is the next number, and names the hash of the line before it.
CREATE TRIGGER journal_is_chained BEFORE INSERT ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal: seq is not the next one')
     WHERE NEW.seq <> 1 + coalesce((SELECT max(seq) FROM journal
                                     WHERE site = NEW.site AND epoch = NEW.epoch), 0);
    SELECT RAISE(ABORT, 'journal: prev_hash is not the hash of the line before')
     WHERE NEW.prev_hash <> coalesce((SELECT hash FROM journal
                                       WHERE site = NEW.site AND epoch = NEW.epoch
                                         AND seq = NEW.seq - 1), zeroblob(32));
END;

CREATE TRIGGER journal_is_final_u BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;

CREATE TRIGGER journal_is_final_d BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
