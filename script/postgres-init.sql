-- Prepares a PostgreSQL server (15 or newer) for Etalase: three roles, a database, an empty schema.
-- A database administrator runs it once, with psql, as a superuser:
--
--     psql -X -f script/postgres-init.sql
--     psql -X -v db=galeri -f script/postgres-init.sql      # a database of another name
--
-- Run again it changes nothing, so it is also the way to see that nothing is missing.  Roles belong
-- to the whole cluster and databases do not: run it once for every database, the roles stay the
-- same.
--
-- Afterwards, passwords (they are never written into a file), and then the tables:
--
--     psql -c '\password etalase' -c '\password etalase_migrate'
--     etalase migrate --db postgresql://etalase_migrate@HOST/etalase

\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;

\if :{?db}
\else
    \set db etalase
\endif

-- ---- roles ----

-- Owns the schema and all in it.  Nobody can sign in as it, so nobody owns anything by accident.
SELECT 'CREATE ROLE etalase_owner NOLOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'etalase_owner') \gexec

-- Makes and upgrades the tables (`etalase migrate`).  NOINHERIT: it has no right of the owner until
-- it says SET ROLE etalase_owner.  Lock this role between upgrades if you like:
-- ALTER ROLE etalase_migrate NOLOGIN.
SELECT 'CREATE ROLE etalase_migrate LOGIN NOINHERIT'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'etalase_migrate') \gexec

-- The program itself, day by day.  It can add facts and never change or remove one.
SELECT 'CREATE ROLE etalase LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'etalase') \gexec

-- Only when it is missing, for a grant that is there already would be answered with a notice.
SELECT 'GRANT etalase_owner TO etalase_migrate'
 WHERE NOT EXISTS (SELECT FROM pg_auth_members
                    WHERE roleid = 'etalase_owner'::regrole
                      AND member = 'etalase_migrate'::regrole) \gexec

-- Names without a schema mean this one, and no other.
ALTER ROLE etalase SET search_path = etalase;
ALTER ROLE etalase_migrate SET search_path = etalase;
-- Its questions are short.  Compiling one to machine code would take longer than the answer.
ALTER ROLE etalase SET jit = off;
-- Every question has its index.  Without this a table that was small when the question was prepared
-- may be read from end to end for as long as nobody counted its rows anew: in the middle of an
-- import, say.
ALTER ROLE etalase SET enable_seqscan = off;

-- ---- the database ----

-- UTF8, and the collation C: texts are ordered by their bytes, on every machine and after every
-- upgrade of the system's locale data alike, and exactly as in the files of a single showroom.  The
-- program refuses a database with another encoding or collation.  template0, because only from
-- there a database may be made with a locale of its own.
SELECT format('CREATE DATABASE %I OWNER etalase_owner TEMPLATE template0 ENCODING %L '
              'LC_COLLATE %L LC_CTYPE %L', :'db', 'UTF8', 'C', 'C')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'db') \gexec

SELECT pg_encoding_to_char(encoding) <> 'UTF8' OR datcollate <> 'C' OR datctype <> 'C'
       AS wrong_locale
  FROM pg_database
 WHERE datname = :'db' \gset
\if :wrong_locale
    \warn The database is there already, with another encoding or locale than UTF8 and C.
    \warn Nothing was done to it.  Choose another name: -v db=NAME
    -- Ends with an error for whoever called psql.
    DO $$ BEGIN RAISE EXCEPTION 'wrong encoding or locale'; END $$;
\endif

-- By default everybody with an account on the server may connect to each database and make
-- temporary tables in it.  Here nobody may who is not named, and the program makes no temporary
-- tables.
REVOKE ALL ON DATABASE :"db" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"db" TO etalase, etalase_migrate;

-- ---- inside the database ----

-- Keeps user, host and port of this connection.
\connect :"db"
SET client_min_messages = warning;

BEGIN;

-- The schema that every database has: nobody makes anything there.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS etalase AUTHORIZATION etalase_owner;
REVOKE ALL ON SCHEMA etalase FROM PUBLIC;
-- USAGE: may see what is in the schema.  Not CREATE: makes nothing there.
GRANT USAGE ON SCHEMA etalase TO etalase;

-- What follows belongs to the owner, not to the superuser who runs this file.
SET LOCAL ROLE etalase_owner;

-- How many of the migrations were run: one row.
CREATE TABLE IF NOT EXISTS etalase.schema_version (
    one     BIGINT PRIMARY KEY CHECK (one = 1),
    version BIGINT NOT NULL
);
INSERT INTO etalase.schema_version (one, version) VALUES (1, 0) ON CONFLICT (one) DO NOTHING;
GRANT SELECT ON etalase.schema_version TO etalase;

COMMIT;
