-- A showroom that went on to live elsewhere (another folder, a shared database) keeps its data here,
-- to be read, but takes no act any more: both would give out the same numbers.
CREATE TABLE moved (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    destination TEXT    NOT NULL CHECK (length(destination) > 0),
    at_ms       INTEGER NOT NULL CHECK (at_ms > 0)
) STRICT;

CREATE TRIGGER journal_is_here BEFORE INSERT ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal: this showroom moved')
     WHERE EXISTS (SELECT 1 FROM moved);
END;
