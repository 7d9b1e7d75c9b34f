"""The two engines' schemas, held against each other: what is there, what is refused and counted.

    python3 tests/postgres/same_schema.py             checks, with a PostgreSQL of its own
    python3 tests/postgres/same_schema.py --update    makes inventory/store/postgres/guards.txt anew

Needs no program: the migrations are run with psql and with Python's own SQLite.
"""
import os
import re
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
from schema_rows import (  # noqa: E402
    FACTS, REFUSED, SHOWROOM, STORE as STOREROOM, file_literal, fixture, series, server_literal)
from schema_sql import common, filled, overrides, parameters, prepared  # noqa: E402
from server import Server  # noqa: E402
from shop import check, finish  # noqa: E402

STORE = os.path.join(HERE, "..", "..", "inventory", "store")
GUARDS = os.path.join(STORE, "postgres", "guards.txt")
SERVER_ONLY = {"journal_turn", "schema_version"}
TABLE = re.compile(r"^CREATE TABLE (\w+) \(\n(.*?)^\)", re.S | re.M)
TYPES = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}
TAIL = ";\n\\if :ERROR\n\\echo @@ :SQLSTATE :LAST_ERROR_MESSAGE\n\\else\n\\echo @@\n\\endif\n"
CODES = {"23505": "UNIQUE", "23514": "CHECK", "23503": "FOREIGN KEY", "23502": "NOT NULL",
         "22P02": "cannot store"}


def read(*path):
    with open(os.path.join(STORE, *path), encoding="utf-8") as f:
        return f.read()


def migrations(engine):
    return [read(engine, name) for name in sorted(os.listdir(os.path.join(STORE, engine)))
            if re.match(r"\d{4}_.*\.sql$", name)]


# ---- the two stores ----

class File:
    literal = staticmethod(file_literal)

    def __init__(self):
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        for text in migrations("sqlite"):
            self.db.executescript(text)
        self.db.execute("PRAGMA foreign_keys = ON")

    def rows(self, sql):
        return [tuple(row) for row in self.db.execute(sql)]

    def answers(self, statements):
        """Of each statement, what it was refused with; empty when it was not."""
        out = []
        for sql in statements:
            try:
                self.db.execute(sql)
                out.append("")
            except sqlite3.Error as e:
                out.append(str(e))
        return out

    def table(self, name):
        return [tuple("\\x" + v.hex() if isinstance(v, bytes) else "" if v is None else str(v)
                      for v in row) for row in self.rows(f"SELECT * FROM {name}")]

    def shape(self, name):
        info = self.rows(f"PRAGMA table_info({name})")
        unique = set()
        for _, index, is_unique, origin, partial in self.rows(f"PRAGMA index_list({name})"):
            if is_unique and origin != "pk":
                columns = tuple(r[2] for r in self.rows(f"PRAGMA index_info({index})"))
                unique.add((columns, bool(partial)))
        foreign = {}
        for key, _, other, mine, theirs, *_ in self.rows(f"PRAGMA foreign_key_list({name})"):
            foreign.setdefault(key, (other, []))[1].append((mine, theirs))
        return {"columns": [r[1] for r in info],
                "types": [TYPES[r[2]] for r in info],
                "not null": [bool(r[3] or r[5]) for r in info],
                "primary key": [r[1] for r in sorted(info, key=lambda r: r[5]) if r[5]],
                "unique keys": unique,
                "foreign keys": {(other, tuple(sorted(c))) for other, c in foreign.values()}}


class Shared:
    literal = staticmethod(server_literal)

    def __init__(self, server, database):
        self.server, self.database = server, database

    def migrate(self):
        for text in migrations("postgres"):
            self.server.run("psql", "-Xq", "--set=ON_ERROR_STOP=1", "-d",
                            self.server.url(self.database, "etalase_migrate"),
                            "-c", "SET ROLE etalase_owner", "-c", "SET search_path = etalase",
                            "-c", text)

    def ask(self, script, role="etalase"):
        """Goes on after what fails."""
        out = subprocess.run([os.path.join(self.server.bin, "psql"), "-XAtq", "-d",
                              self.server.url(self.database, role)], input=script, text=True,
                             capture_output=True, timeout=300, check=False)
        return out.stdout

    def rows(self, sql, role="etalase"):
        return [tuple(line.split("|"))
                for line in self.server.sql(sql, self.database, role).splitlines()]

    def answers(self, statements, role="etalase", first=""):
        out = self.ask(first + "".join(sql + TAIL for sql in statements), role)
        return [line[3:] for line in out.splitlines() if line.startswith("@@")]

    def table(self, name):
        return self.rows(f"SELECT * FROM {name}")

    def shapes(self):
        shapes = {}
        for name, column, kind, not_null in self.rows("""
                SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
                  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                 WHERE c.relnamespace = 'etalase'::regnamespace AND c.relkind = 'r'
                   AND NOT a.attisdropped
                 ORDER BY c.relname, a.attnum"""):
            shape = shapes.setdefault(name, {
                "columns": [], "types": [], "not null": [], "primary key": [],
                "unique keys": set(), "foreign keys": set()})
            shape["columns"].append(column)
            shape["types"].append(kind)
            shape["not null"].append(not_null == "t")
        for name, primary, partial, columns in self.rows("""
                SELECT c.relname, i.indisprimary, i.indpred IS NOT NULL,
                       (SELECT string_agg(a.attname, ',' ORDER BY k.n)
                          FROM unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY k (attnum, n)
                          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum)
                  FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique
                 WHERE c.relnamespace = 'etalase'::regnamespace"""):
            if primary == "t":
                shapes[name]["primary key"] = columns.split(",")
            else:
                shapes[name]["unique keys"].add((tuple(columns.split(",")), partial == "t"))
        for name, other, pairs in self.rows("""
                SELECT c.conrelid::regclass, c.confrelid::regclass,
                       (SELECT string_agg(m.attname || '=' || t.attname, ',')
                          FROM unnest(c.conkey, c.confkey) k (mine, theirs)
                          JOIN pg_attribute m ON m.attrelid = c.conrelid AND m.attnum = k.mine
                          JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = k.theirs)
                  FROM pg_constraint c
                 WHERE c.contype = 'f' AND c.connamespace = 'etalase'::regnamespace"""):
            shapes[name]["foreign keys"].add(
                (other, tuple(sorted(tuple(p.split("=")) for p in pairs.split(",")))))
        return shapes

    def guards(self, first="", role="etalase"):
        """The catalog's lines; with something done first, which is then undone."""
        text = read("postgres", "guards.sql")
        return self.ask(f"BEGIN;\n{first};\n{text}\nROLLBACK;\n" if first else text, role)


def checks_of(texts):
    """The CHECKs of each table, as they are written."""
    found = {}
    for text in texts:
        for name, inside in TABLE.findall(text):
            for at in (m.end() for m in re.finditer(r"CHECK \(", inside)):
                depth, end = 1, at
                while depth:
                    depth += {"(": 1, ")": -1}.get(inside[end], 0)
                    end += 1
                found.setdefault(name, []).append(" ".join(inside[at:end - 1].split()))
    return found


# ---- stories ----

def same_shapes(file, shared):
    ours = {name: file.shape(name)
            for (name,) in file.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    theirs = shared.shapes()
    check("the same tables", set(ours) == set(theirs) - SERVER_ONLY,
          set(ours) ^ (set(theirs) - SERVER_ONLY))
    check("and those that only the server needs", SERVER_ONLY < set(theirs))
    check("every fact table is among them", set(FACTS) <= set(ours), set(FACTS) - set(ours))
    for what in ("columns", "types", "not null", "primary key", "unique keys", "foreign keys"):
        wrong = [f"{n}: {ours[n][what]} / {theirs[n][what]}"
                 for n in sorted(set(ours) & set(theirs)) if ours[n][what] != theirs[n][what]]
        check(f"the same {what}", not wrong, "; ".join(wrong))
    ours, theirs = (checks_of(migrations(engine)) for engine in ("sqlite", "postgres"))
    wrong = [f"{n}: {ours[n]} / {theirs.get(n)}" for n in ours if ours[n] != theirs.get(n)]
    check("the same CHECKs", len(ours) > 30 and not wrong, "; ".join(wrong))


def final_tables(file, shared):
    ours = {name for name, in file.rows(
        "SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%_is_final_u'")}
    check("facts and the journal are final on the file engine", ours == {*FACTS, "journal"},
          ours ^ {*FACTS, "journal"})
    for role, why in (("postgres", "23514 {} is append-only"),
                      ("etalase", "42501 permission denied for table {}")):
        first = "SET search_path = etalase;\n"
        for verb in ("UPDATE {} SET site = site", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
            tables = sorted(ours)
            got = shared.answers([verb.format(t) for t in tables], role, first)
            wrong = [(t, g) for t, g in zip(tables, got) if g != why.format(t)]
            # CASCADE fires the triggers of the tables that follow as well, in no special order.
            if role == "postgres" and verb.startswith("TRUNCATE"):
                wrong = [w for w in wrong if not re.fullmatch(r"23514 \w+ is append-only", w[1])]
            check(f"{role}: no {verb.split()[0]} of what is final",
                  len(got) == len(ours) and not wrong, wrong)


def rights(shared):
    caches = [t for t in shared.shapes()
              if re.search(r"_(now|daily|turn)$", t) or t == "schema_version"]
    tries = [verb.format(t) for t in caches for verb in (
        "INSERT INTO {0} SELECT * FROM {0}", "DELETE FROM {0}", "TRUNCATE {0}",
        "SELECT * FROM {0} FOR UPDATE")]
    tries += ["UPDATE stock_now SET qty_milli = 1", "UPDATE journal_turn SET seq = 1",
              "UPDATE schema_version SET version = 1", "UPDATE account_now SET balance_rp = 0",
              "UPDATE sale_no_now SET last_no = 0", "UPDATE pnbp_daily SET lines = 0",
              "UPDATE product_now SET active = 0", "UPDATE unit_now SET act_id = act_id",
              "UPDATE staff_now SET role = 'admin'",
              "CREATE TABLE mine (a BIGINT)", "CREATE TABLE public.mine (a BIGINT)",
              "CREATE TEMP TABLE mine (a BIGINT)", "CREATE SCHEMA mine", "SET ROLE etalase_owner",
              "SELECT journal_turn_make('1', '1')", "ALTER TABLE sale DISABLE TRIGGER USER",
              "CREATE INDEX ON sale (till)", "SELECT 1 FROM sale FOR SHARE",
              "SET session_replication_role = replica"]
    got = shared.answers(tries)
    wrong = [(t, g) for t, g in zip(tries, got) if not g.startswith("42501 ")]
    check("the program's role writes no cache and makes nothing", len(caches) > 8
          and len(got) == len(tries) and not wrong, wrong)
    tries = [f"DELETE FROM {t}" for t in shared.shapes()
             if t not in caches and t not in FACTS and t != "journal"]
    got = shared.answers(tries)
    check("it works on the local tables", len(tries) > 10 and not any(got), got)
    got = shared.answers(["SELECT 1 FROM etalase.sale"], "etalase_migrate")
    check("the migrating role has no right before it says SET ROLE",
          got[0].startswith("42501 "), got)


def kind(answer):
    """A refusal without what only one engine says: a sentence of the schema, or a kind."""
    code, _, text = answer.partition(" ")
    if code in CODES and not re.match(r"\w+: |\w+ is append-only", text):
        return CODES[code]
    if code in CODES:
        return text
    found = re.match("UNIQUE|CHECK|FOREIGN KEY|NOT NULL|cannot store", answer)
    return found.group(0) if found else answer


def same_answers(file, shared):
    for name, texts in (("a filled showroom", fixture()), ("what is refused", REFUSED),
                        ("a long series", list(series(1500)))):
        ours = [kind(a) for a in file.answers([t(file.literal) for t, _ in texts])]
        theirs = [kind(a) for a in shared.answers([t(shared.literal) for t, _ in texts])]
        wrong = [f"{t(str)}: {a!r} / {b!r}" for (t, _), a, b in zip(texts, ours, theirs) if a != b]
        check(f"{name}: the same answers", len(ours) == len(theirs) == len(texts) and not wrong,
              "; ".join(wrong[:5]))
        wrong = [f"{t(str)}: {a!r}, not {want!r}" for (t, want), a in zip(texts, ours)
                 if want is not None and a != want]
        check(f"{name}: those that are due", not wrong, "; ".join(wrong[:5]))
        if name == "a long series":
            done, refused = ours.count(""), len(ours) - ours.count("")
            check(f"{name}: some of each", done > 200 and refused > 200, f"{done}, {refused}")
        wrong = [t for (t,) in file.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
                 if sorted(file.table(t)) != sorted(shared.table(t))]
        check(f"{name}: the same rows in every table", not wrong, wrong)
    empty = [t for (t,) in file.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
             if (t in FACTS or re.search("_(now|daily)$", t)) and not shared.table(t)]
    check("no fact table and no cache was left out", not empty, empty)


def statements(shared):
    """What the program prepares when it connects."""
    texts = {**common(), **overrides()}
    got = shared.answers([prepared(name, text) for name, text in texts.items()])
    wrong = [(n, g) for n, g in zip(texts, got) if g]
    check("every statement can be prepared", len(got) == len(texts) > 100 and not wrong, wrong)
    script = "".join(prepared(name, text) + ";\n" for name, text in texts.items())
    found = dict(line.split("|") for line in shared.ask(
        script + "SELECT name, parameter_types FROM pg_prepared_statements").splitlines())
    odd = {n: t for n, t in found.items() if set(t.strip("{}").split(",")) - {
        "", "text", "bigint", "bytea"}}
    check("its parameters are numbers of 64 bits, texts and bytes", len(found) == len(texts)
          and not odd, odd)
    values = {"site": "'S'", "epoch": "'1'", "until_day": "30000", "most": "50"}
    for name, text in overrides().items():
        check(f"{name}: asks for the same",
              set(parameters(text)) == set(parameters(common()[name])))
        for place, after in ((SHOWROOM, ""), (SHOWROOM, "KRJ-001"), (STOREROOM, "")):
            values.update(place=server_literal(place), after_sku=server_literal(after))
            ours, theirs = (shared.rows(filled(t, values)) for t in (common()[name], text))
            check(f"{name}: gives what the common text gives", ours == theirs and (
                ours or place == STOREROOM), f"{ours} / {theirs}")


RACE = """\\set id random(1, 1000000000000)
BEGIN;
SELECT set_config('my.seq', coalesce(max(seq), 0)::text, true) FROM journal_take('race', '1');
INSERT INTO journal (site, epoch, seq, id, kind, ver, at_ms, actor, till, body, prev_hash, hash)
SELECT 'race', '1', current_setting('my.seq')::bigint + 1, substr(sha256(int8send(:id)), 1, 16),
       'race', 1, 1, '', '', '{}', coalesce((SELECT hash FROM journal WHERE site = 'race'
                                        AND seq = current_setting('my.seq')::bigint),
                                    decode(repeat('00', 32), 'hex')), sha256(int8send(:id));
INSERT INTO money_move VALUES ('S', substr(sha256(int8send(:id)), 1, 16), 1, :one, :two, 1, 'race');
COMMIT;
"""


def race(shared):
    """Eight at once, none of them told of the others."""
    before = shared.rows("SELECT sum(abs(balance_rp)) FROM account_now")[0][0]
    script = RACE.replace(":one", server_literal(b"\x61" * 16)).replace(
        ":two", server_literal(b"\x62" * 16))
    path = os.path.join(shared.server.folder, "race.sql")
    with open(path, "w", encoding="utf-8") as f:
        f.write(script)
    shared.server.run("pgbench", "-n", "-c", "8", "-j", "2", "-t", "40", "-f", path,
                      "-M", "prepared", shared.server.url(shared.database))
    found = shared.rows("""
        SELECT count(*), max(j.seq), count(*) FILTER (WHERE j.prev_hash = b.hash),
               (SELECT seq FROM journal_turn WHERE site = 'race'),
               (SELECT sum(abs(balance_rp)) FROM account_now)
          FROM journal j
          LEFT JOIN journal b ON b.site = j.site AND b.epoch = j.epoch AND b.seq = j.seq - 1
         WHERE j.site = 'race'""")[0]
    check("eight at once: every number once, chained, every amount counted",
          found == ("320", "320", "319", "320", str(int(before) + 640)), found)


TAMPERING = """ALTER TABLE sale DISABLE TRIGGER sale_is_final
ALTER TABLE sale ENABLE REPLICA TRIGGER sale_no_is_next
ALTER TABLE sale_line DISABLE TRIGGER ALL
DROP TRIGGER journal_goes_on ON journal
CREATE OR REPLACE FUNCTION is_final() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
ALTER FUNCTION journal_take SECURITY INVOKER
ALTER FUNCTION journal_goes_on OWNER TO etalase
CREATE FUNCTION mine() RETURNS BIGINT LANGUAGE sql AS 'SELECT 1'
ALTER TABLE sale DROP CONSTRAINT sale_check
ALTER TABLE sale DROP CONSTRAINT sale_site_key_key
ALTER TABLE stock_move DROP CONSTRAINT stock_move_site_lot_id_fkey
ALTER TABLE payment ALTER COLUMN kind DROP NOT NULL
ALTER TABLE payment ALTER COLUMN kind SET DEFAULT 'cash'
ALTER TABLE payment ADD COLUMN note TEXT
ALTER TABLE sale ALTER COLUMN till TYPE TEXT COLLATE "POSIX"
ALTER TABLE cart SET UNLOGGED
ALTER TABLE sale OWNER TO etalase
ALTER TABLE sale ENABLE ROW LEVEL SECURITY
CREATE POLICY mine ON sale FOR SELECT USING (total_rp > 0)
CREATE RULE mine AS ON INSERT TO cart_event DO INSTEAD NOTHING
CREATE TABLE etalase.mine () INHERITS (sale)
DROP INDEX journal_by_id
GRANT UPDATE ON sale TO etalase
GRANT INSERT ON stock_now TO PUBLIC
GRANT UPDATE (total_rp) ON sale TO etalase
GRANT EXECUTE ON FUNCTION journal_turn_make TO etalase
GRANT CREATE ON SCHEMA etalase TO etalase
GRANT CREATE ON SCHEMA public TO PUBLIC
GRANT etalase_owner TO etalase
REVOKE SELECT ON sale FROM etalase"""


def guards(shared, other):
    try:
        expected = read("postgres", "guards.txt")
    except OSError as e:
        expected = str(e)
    live = shared.guards()
    check("guards.txt is up to date", live == expected and live,
          "python3 tests/postgres/same_schema.py --update")
    check("the same for another database, user and search path",
          other.guards("SET LOCAL search_path = public", "atasan") == live)
    check("nothing belongs to PUBLIC", live and "PUBLIC" not in live)
    for what in TAMPERING.split("\n"):
        got = shared.guards("SET LOCAL search_path = etalase;\n"
                            "SET LOCAL client_min_messages = error;\n" + what, "postgres")
        check("noticed: " + what, got.count("\n") > 500 and got != live,
              f"{got.count(chr(10))} lines")
    check("and nothing of it was left", shared.guards() == live)


def dumped(server, shared):
    """A database that comes back from a dump is the same, with its guards."""
    server.fresh("kembali")
    server.sql("DROP SCHEMA etalase CASCADE", "kembali")
    dump = server.run("pg_dump", "-n", "etalase", "-d", server.url(shared.database, "postgres"))
    server.sql(dump, "kembali")
    back = Shared(server, "kembali")
    check("a dump brings the guards back", back.guards() == shared.guards())
    wrong = [t for t in shared.shapes() if sorted(back.table(t)) != sorted(shared.table(t))]
    check("and every row", not wrong, wrong)


def main():
    with Server() as server:
        server.sql("CREATE ROLE atasan LOGIN SUPERUSER")
        shared, other = Shared(server, server.fresh("satu")), Shared(server, server.fresh("dua"))
        shared.migrate()
        other.migrate()
        if sys.argv[1:] == ["--update"]:
            with open(GUARDS, "w", encoding="utf-8") as f:
                f.write(shared.guards())
            return
        before = shared.guards()
        server.fresh("satu")
        check("the first script can be run again", before and shared.guards() == before)
        file = File()
        same_shapes(file, shared)
        same_answers(file, shared)
        final_tables(file, shared)
        statements(shared)
        race(shared)
        guards(shared, other)
        dumped(server, shared)
        rights(shared)  # last, for it empties the local tables
    finish()


if __name__ == "__main__":
    main()
