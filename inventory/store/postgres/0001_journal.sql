-- The journal: one line a committed act, chained by hash.
--
-- All files here are run as etalase_owner with search_path = etalase, each in one transaction.
--
-- Triggers write the caches as the owner (SECURITY DEFINER), for the program itself may not.
-- Inside of functions every name carries its schema, types too, and the built-in functions and
-- operators come first: nothing that whoever calls has made or has set can stand in for them.  A
-- search path of its own for each function would say the same, and cost some 3 microseconds at each
-- call.
CREATE TABLE journal (
    site      TEXT   NOT NULL CHECK (length(site) BETWEEN 1 AND 16),
    epoch     TEXT   NOT NULL CHECK (length(epoch) BETWEEN 1 AND 4),
    seq       BIGINT NOT NULL CHECK (seq > 0),
    id        BYTEA  NOT NULL CHECK (length(id) = 16),
    kind      TEXT   NOT NULL CHECK (length(kind) BETWEEN 1 AND 39),
    ver       BIGINT NOT NULL CHECK (ver > 0),
    at_ms     BIGINT NOT NULL CHECK (at_ms > 0),
    actor     TEXT   NOT NULL,
    till      TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    prev_hash BYTEA  NOT NULL CHECK (length(prev_hash) = 32),
    hash      BYTEA  NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (site, epoch, seq)
);

CREATE UNIQUE INDEX journal_by_id ON journal (id);

-- A table to which rows are only added needs the vacuum for two things: to mark pages as visible to
-- all, and to freeze them.  Doing both soon, in small steps, spares a large one years later.
ALTER TABLE journal SET (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_freeze_min_age = 0);

-- The end of each stream, and whose turn it is: an act takes the row first (journal_take), so that
-- acts of a stream come one after the other, whichever process they are in.  Only this engine needs
-- it.
--
-- fillfactor 10: the few rows change with every act, and the old versions of a row stand in its
-- page until that is as full as the factor says.  So a search passes about ten of them, not
-- hundreds, and a changed row always finds room in its page, which spares a change of the index.
-- vacuum_truncate: cutting off empty pages would lock the table for nothing.
CREATE TABLE journal_turn (
    site  TEXT   NOT NULL,
    epoch TEXT   NOT NULL,
    seq   BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    hash  BYTEA  NOT NULL,
    PRIMARY KEY (site, epoch)
) WITH (fillfactor = 10, vacuum_truncate = false);

-- Makes the row of a stream that has none yet, from the last line; whoever makes the same row at
-- the same time is waited for.
CREATE FUNCTION journal_turn_make(of_site TEXT, of_epoch TEXT) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO etalase.journal_turn (site, epoch, seq, at_ms, hash)
    SELECT of_site, of_epoch, coalesce(j.seq, 0), coalesce(j.at_ms, 0),
           coalesce(j.hash, pg_catalog.decode(pg_catalog.repeat('00', 32), 'hex'))
      FROM (SELECT) nothing
      LEFT JOIN (SELECT l.seq, l.at_ms, l.hash
                   FROM etalase.journal l
                  WHERE l.site = of_site AND l.epoch = of_epoch
                  ORDER BY l.seq DESC
                  LIMIT 1) j ON true
        ON CONFLICT (site, epoch) DO NOTHING;
END;
$$;
REVOKE EXECUTE ON FUNCTION journal_turn_make FROM PUBLIC;

-- Takes the turn of a stream until the transaction ends, and gives its last line; no row when it is
-- empty.  The second look sees what was committed while the first one waited.
CREATE FUNCTION journal_take(of_site TEXT, of_epoch TEXT)
    RETURNS TABLE (seq BIGINT, at_ms BIGINT, hash BYTEA)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1 AS $$
BEGIN
    SELECT t.seq, t.at_ms, t.hash INTO seq, at_ms, hash
      FROM etalase.journal_turn t
     WHERE t.site = of_site AND t.epoch = of_epoch
       FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM etalase.journal_turn_make(of_site, of_epoch);
        SELECT t.seq, t.at_ms, t.hash INTO seq, at_ms, hash
          FROM etalase.journal_turn t
         WHERE t.site = of_site AND t.epoch = of_epoch
           FOR UPDATE;
    END IF;
    IF seq > 0 THEN
        RETURN NEXT;
    END IF;
END;
$$;
REVOKE EXECUTE ON FUNCTION journal_take FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_take TO etalase;

-- The next line is the next number, and names the hash of the line before it.  Said before the line
-- is written, for a sentence that helps; made sure of after it, by changing the row of the stream
-- only if it still is what the line goes on from.
CREATE FUNCTION journal_is_chained() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    last_seq  BIGINT;
    last_hash pg_catalog.bytea;
BEGIN
    SELECT t.seq, t.hash INTO last_seq, last_hash
      FROM etalase.journal_turn t
     WHERE t.site = NEW.site AND t.epoch = NEW.epoch;
    IF NOT FOUND THEN
        PERFORM etalase.journal_turn_make(NEW.site, NEW.epoch);
        SELECT t.seq, t.hash INTO last_seq, last_hash
          FROM etalase.journal_turn t
         WHERE t.site = NEW.site AND t.epoch = NEW.epoch;
    END IF;
    IF NEW.seq <> last_seq + 1 THEN
        RAISE EXCEPTION 'journal: seq is not the next one' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.prev_hash <> last_hash THEN
        RAISE EXCEPTION 'journal: prev_hash is not the hash of the line before'
              USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION journal_is_chained FROM PUBLIC;

CREATE TRIGGER journal_is_chained BEFORE INSERT ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_is_chained();

CREATE FUNCTION journal_goes_on() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    UPDATE etalase.journal_turn
       SET seq = NEW.seq, at_ms = NEW.at_ms, hash = NEW.hash
     WHERE site = NEW.site AND epoch = NEW.epoch AND seq = NEW.seq - 1 AND hash = NEW.prev_hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'journal: seq is not the next one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION journal_goes_on FROM PUBLIC;

CREATE TRIGGER journal_goes_on AFTER INSERT ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_goes_on();

-- For every table of facts: rows are added, and never changed or removed.  The rights of the
-- program say the same; this stops the owner and the superuser, too.
CREATE FUNCTION is_final() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END;
$$;
REVOKE EXECUTE ON FUNCTION is_final FROM PUBLIC;

CREATE TRIGGER journal_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();

GRANT SELECT, INSERT ON journal TO etalase;
GRANT SELECT ON journal_turn TO etalase;

-- Figures for the planner, of every table.  The program asks for them when the tables have grown much
-- at once (a copy, a large list, a first day); it owns none of them and could not take them itself.
-- A table that somebody else is looking at is left out: nobody waits for figures.
CREATE FUNCTION statistics_take() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    named   pg_catalog.text;
    patient CONSTANT pg_catalog.text := pg_catalog.current_setting('lock_timeout');
BEGIN
    PERFORM pg_catalog.set_config('lock_timeout', '50ms', true);
    FOR named IN
        SELECT c.relname
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'etalase' AND c.relkind = 'r'
         ORDER BY c.relname
    LOOP
        BEGIN
            EXECUTE pg_catalog.format('ANALYZE etalase.%I', named);
        EXCEPTION
            WHEN lock_not_available OR deadlock_detected THEN
                NULL;
        END;
    END LOOP;
    PERFORM pg_catalog.set_config('lock_timeout', patient, true);
END;
$$;
REVOKE EXECUTE ON FUNCTION statistics_take FROM PUBLIC;
GRANT EXECUTE ON FUNCTION statistics_take TO etalase;
