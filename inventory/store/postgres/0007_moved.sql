-- A showroom that went on to live elsewhere keeps its data here, to be read, but takes no act any
-- more: both would give out the same numbers.
CREATE TABLE moved (
    one         BIGINT PRIMARY KEY CHECK (one = 1),
    destination TEXT   NOT NULL CHECK (length(destination) > 0),
    at_ms       BIGINT NOT NULL CHECK (at_ms > 0)
);

-- Every line looks, after it has its turn; so a line that waited sees the mark.
CREATE FUNCTION journal_is_here() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM etalase.moved) THEN
        RAISE EXCEPTION 'journal: this showroom moved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION journal_is_here FROM PUBLIC;

CREATE TRIGGER journal_is_here BEFORE INSERT ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_is_here();

GRANT SELECT, INSERT, UPDATE, DELETE ON moved TO etalase;
