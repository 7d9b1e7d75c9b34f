-- Numbers of the inventory's papers: gapless within kind and year.
CREATE TABLE document_no (
    site   TEXT    NOT NULL,
    act_id BLOB    NOT NULL CHECK (length(act_id) = 16),
    kind   TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 3),
    year   INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 9999),
    no     INTEGER NOT NULL CHECK (no > 0),
    number TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    PRIMARY KEY (site, kind, year, no)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER document_no_is_final_u BEFORE UPDATE ON document_no
BEGIN
    SELECT RAISE(ABORT, 'document_no is append-only');
END;
CREATE TRIGGER document_no_is_final_d BEFORE DELETE ON document_no
BEGIN
    SELECT RAISE(ABORT, 'document_no is append-only');
END;

CREATE TRIGGER document_no_is_next BEFORE INSERT ON document_no
BEGIN
    SELECT RAISE(ABORT, 'document_no: no is not the next one')
     WHERE NEW.no <> 1 + coalesce((SELECT max(no) FROM document_no
                                    WHERE site = NEW.site AND kind = NEW.kind
                                      AND year = NEW.year), 0);
END;
