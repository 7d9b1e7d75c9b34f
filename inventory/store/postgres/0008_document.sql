-- Numbers of the inventory's papers: gapless within kind and year.
CREATE TABLE document_no (
    site   TEXT   NOT NULL,
    act_id BYTEA  NOT NULL CHECK (length(act_id) = 16),
    kind   TEXT   NOT NULL CHECK (length(kind) BETWEEN 1 AND 3),
    year   BIGINT NOT NULL CHECK (year BETWEEN 2000 AND 9999),
    no     BIGINT NOT NULL CHECK (no > 0),
    number TEXT   NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
    PRIMARY KEY (site, kind, year, no)
);

CREATE TRIGGER document_no_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON document_no
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();

CREATE FUNCTION document_no_is_next() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    last BIGINT;
BEGIN
    SELECT coalesce(max(d.no), 0) INTO last
      FROM etalase.document_no d
     WHERE d.site = NEW.site AND d.kind = NEW.kind AND d.year = NEW.year;
    IF NEW.no <> last + 1 THEN
        RAISE EXCEPTION 'document_no: no is not the next one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION document_no_is_next FROM PUBLIC;

CREATE TRIGGER document_no_is_next BEFORE INSERT ON document_no
    FOR EACH ROW EXECUTE FUNCTION document_no_is_next();

GRANT SELECT, INSERT ON document_no TO etalase;
