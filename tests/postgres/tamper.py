"""What somebody with the superuser's password rewrites behind the journal's back is found and named by
`etalase verify`; and what somebody with the program's password tries changes nothing.

    python3 tests/postgres/tamper.py PROGRAM

tests/inventory/test_tamper.c says the same of a file.  Triggers are passed by as an attacker would:
switched off for the session, or dropped and put back, so that the guards of the schema look untouched.
"""
import hashlib
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), HERE]
from server import PROGRAM_ROLE, Server  # noqa: E402
from shop import Shop, check, finish, said  # noqa: E402

PRODUCTS = ("BTK-001,Kain batik,batik,Bengkel Batik,piece,lembar,250000,160000,425119,,kawung,cap",
            "KRJ-001,Gantungan kunci,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,")
OFF = "SET search_path = etalase; SET session_replication_role = replica; "

# What a superuser does, and what must stand in the sentence.
TAMPERS = (
    ("a byte of a body", "UPDATE journal SET body = replace(body, '250000', '250001')"
     " WHERE seq = (SELECT min(seq) FROM journal WHERE body LIKE '%250000%')", "Jurnal rusak di baris"),
    ("the time of a line", "UPDATE journal SET at_ms = at_ms + 1 WHERE seq = 3", "baris 3"),
    ("the actor of a line", "UPDATE journal SET actor = 'orang lain' WHERE seq = 3", "baris 3"),
    ("a line taken out", "DELETE FROM journal WHERE seq = 4", "baris 4"),
    ("two lines swapped", "UPDATE journal SET seq = 900 WHERE seq = 3;"
     " UPDATE journal SET seq = 3 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 900",
     "baris 3"),
    ("the last line taken away",
     "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)", "tidak sama dengan jurnal"),
    ("the last line taken away, and the turn put back",
     "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal);"
     " UPDATE journal_turn t SET (seq, at_ms, hash) = (SELECT j.seq, j.at_ms, j.hash FROM journal j"
     " WHERE j.epoch = t.epoch ORDER BY j.seq DESC LIMIT 1)", "tidak sama dengan jurnal"),
    ("a line of a stream that is not ours",
     "INSERT INTO journal SELECT site, 'B', seq, decode(repeat('00', 16), 'hex'), kind, ver, at_ms,"
     " actor, till, body, prev_hash, hash FROM journal WHERE seq = 1", "Tabel journal"),
    ("a price", "UPDATE price SET price_rp = 1 WHERE price_rp = 250000", "Tabel price"),
    ("the day of a sale", "UPDATE sale SET business_day = business_day - 1 WHERE no = 1",
     "Tabel sale"),
    ("a sale that is gone", "DELETE FROM payment WHERE act_id = (SELECT act_id FROM sale WHERE no = 1)",
     "Tabel payment"),
    ("a move of money", "UPDATE money_move SET amount_rp = amount_rp + 1 WHERE line = 1",
     "Tabel money_move"),
    ("a fact that no act wrote",
     "INSERT INTO family SELECT site, act_id, 'gelap', 'Gelap' FROM family LIMIT 1", "Tabel family"),
    ("a level of stock", "UPDATE stock_now SET qty_milli = qty_milli + 1000", "Tabel stock_now"),
    ("where a piece stands",
     "UPDATE unit_now SET act_id = decode(repeat('00', 16), 'hex')", "Tabel unit_now"),
    ("a balance", "UPDATE account_now SET balance_rp = balance_rp + 1", "Tabel account_now"),
    ("a cached row that is gone", "DELETE FROM pnbp_daily", "Tabel pnbp_daily"),
    ("the last receipt number", "UPDATE sale_no_now SET last_no = last_no - 1", "Tabel sale_no_now"),
    ("a role", "UPDATE staff_now SET role = 'admin' WHERE role = 'cashier'", "Tabel staff_now"),
    ("whose turn it is", "UPDATE journal_turn SET seq = seq - 1", "Penjaga data"),
)

# The same with the guards taken away and put back, word by word.
PUT_BACK = (
    ("a trigger dropped and made again", "sale", "sale_is_final",
     "UPDATE sale SET cashier = 'orang lain' WHERE no = 1", "Tabel sale"),
    ("a trigger of a cache dropped while something was written", "money_move",
     "money_move_is_counted",
     "INSERT INTO money_move SELECT site, act_id, 900, from_id, to_id, 1, reason FROM money_move"
     " LIMIT 1", "Tabel money_move"),
)

# Statements of the program's role: those that must be refused ...
REFUSED = (
    "UPDATE journal SET actor = ''", "DELETE FROM sale", "TRUNCATE journal",
    "INSERT INTO family SELECT * FROM family ON CONFLICT (site, code) DO UPDATE SET name = 'x'",
    "MERGE INTO family f USING family g ON f.code = g.code WHEN MATCHED THEN DELETE",
    "SELECT 1 FROM journal FOR UPDATE", "LOCK TABLE journal IN EXCLUSIVE MODE",
    "COPY journal TO PROGRAM 'true'", "COPY journal FROM '/etc/hostname'",
    "SET ROLE etalase_owner", "SET ROLE etalase_migrate", "SET SESSION AUTHORIZATION etalase_owner",
    "SET session_replication_role = replica", "ALTER TABLE sale DISABLE TRIGGER ALL",
    "ALTER FUNCTION is_final() OWNER TO etalase", "DROP TRIGGER sale_is_final ON sale",
    "CREATE TRIGGER a BEFORE INSERT ON sale FOR EACH ROW EXECUTE FUNCTION is_final()",
    "CREATE RULE a AS ON INSERT TO sale DO INSTEAD NOTHING", "CREATE TEMP TABLE sale (a BIGINT)",
    "CREATE FUNCTION pg_temp.lower(TEXT) RETURNS TEXT LANGUAGE sql AS 'SELECT ''x'''",
    "CREATE OPERATOR etalase.<> (LEFTARG = bytea, RIGHTARG = bytea, FUNCTION = byteaeq)",
    "CREATE CAST (bytea AS text) WITH INOUT AS IMPLICIT", "CREATE SCHEMA mine",
    "CREATE PUBLICATION p FOR TABLE journal", "CREATE EXTENSION plperl",
    "SELECT journal_turn_make('632331', 'A')", "SELECT journal_take(NULL, NULL)",
    "SELECT is_final()", "SELECT journal_goes_on()",
    "BEGIN; SELECT journal_take('632331', 'A'); PREPARE TRANSACTION 'mine'",
    "SELECT pg_read_file('/etc/hostname')", "SELECT lo_import('/etc/hostname')",
    "ALTER ROLE etalase SUPERUSER", "ALTER ROLE etalase SET session_replication_role = replica",
    "GRANT etalase_owner TO etalase", "ALTER SYSTEM SET fsync = off",
    "REINDEX TABLE journal", "ANALYZE (SKIP_LOCKED) nothing_there",
)
# ... and those that may pass, but change nothing of what counts.
HARMLESS = (
    "SELECT etalase.journal_take('lain', 'Z')", "SELECT etalase.journal_take('', '')",
    "SET search_path = pg_temp, public, pg_catalog, etalase; SELECT etalase.statistics_take()",
    "SET search_path = ''; SELECT count(*) FROM etalase.journal_take('632331', 'A')",
    "SET CONSTRAINTS ALL DEFERRED", "SELECT lo_create(0)",
    "SET DateStyle = 'SQL, DMY'; SET bytea_output = escape; SET IntervalStyle = sql_standard",
    "BEGIN; SELECT etalase.journal_take('632331', 'A'); ROLLBACK",
    "DO $$ BEGIN PERFORM set_config('search_path', 'pg_temp', false); END $$",
)


def verify(program, server, database):
    return subprocess.run([program, "verify", "--db", server.url(database)], capture_output=True,
                          text=True, errors="replace", timeout=300, check=False)


def found(program, server, what, database, named):
    out = verify(program, server, database)
    check("found: " + what, out.returncode == 1 and named in out.stderr, f"{named!r}: {said(out)}")
    server.drop(database)


def copy(server, origin):
    server.made += 1
    name = f"palsu_{server.made}"
    server.sql(f"CREATE DATABASE {name} TEMPLATE {origin} OWNER etalase_owner")
    return name


def rewritten(program, server, origin):
    for what, sql, named in TAMPERS:
        database = copy(server, origin)
        before = rows(server, database)
        server.sql(OFF + sql, database)
        check("something was rewritten: " + what, rows(server, database) != before)
        found(program, server, what, database, named)


def rows(server, database):
    """Everything, in an order that does not change."""
    return hashlib.sha256(server.run(
        "pg_dump", "--data-only", "--inserts", "-n", "etalase", "-d",
        server.url(database, "postgres")).encode()).hexdigest()


def put_back(program, server, origin):
    for what, table, trigger, sql, named in PUT_BACK:
        database = copy(server, origin)
        text = server.sql("SELECT pg_get_triggerdef(oid) FROM pg_trigger"
                          f" WHERE tgname = '{trigger}'", database)
        server.sql(f"SET search_path = etalase; DROP TRIGGER {trigger} ON {table}; {sql}; {text}",
                   database)
        found(program, server, what, database, named)


def a_function_for_a_while(program, server, origin):
    """The counting of stock is replaced, something is written as the program writes it, and the
    function comes back."""
    database = copy(server, origin)
    text = server.sql("SELECT pg_get_functiondef('etalase.stock_move_is_counted'::regproc)", database)
    server.sql("CREATE OR REPLACE FUNCTION etalase.stock_move_is_counted() RETURNS trigger LANGUAGE"
               " plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END'", database)
    server.sql("SET search_path = etalase; INSERT INTO stock_move SELECT site, act_id, 900, lot_id,"
               " NULL, from_id, to_id, 5000, reason, doc_line FROM stock_move LIMIT 1", database,
               PROGRAM_ROLE)
    server.sql(text, database)
    found(program, server, "a function replaced for a while", database, "Tabel stock_move")


# ---- a chain that is made anew ----

LINE = ("SELECT site, epoch, seq, encode(id, 'hex'), kind, ver, at_ms, actor, till,"
        " encode(convert_to(body, 'UTF8'), 'hex'), encode(prev_hash, 'hex') FROM etalase.journal"
        " WHERE seq = {0}")


def line_hash(fields):
    """As docs/journal.md says."""
    h = hashlib.sha256(b"etalase-journal-v1\0")
    for field in fields:
        h.update(b"%d:" % len(field) + field)
    return h.hexdigest()


def read_line(server, database, seq):
    fields = [f.encode() for f in server.sql(LINE.format(seq), database).split("|")]
    fields[9] = bytes.fromhex(fields[9].decode())
    return fields


def chained_anew(program, server, origin):
    """A line is changed with a hash that fits; the next names it, but has its old hash.  And then
    all lines up to the last, so that only the tables still tell."""
    kept = server.sql("SELECT encode(hash, 'hex') FROM etalase.journal WHERE seq = 2", origin)
    check("the hash is made as it is written down",
          line_hash(read_line(server, origin, 2)) == kept)
    for what, all_of_them, named in (("a chain made anew for one line", False, "baris"),
                                     ("a chain made anew to its end", True, "Tabel price")):
        database = copy(server, origin)
        seq = int(server.sql("SELECT min(seq) FROM etalase.journal WHERE body LIKE '%250000%'",
                             database))
        last = int(server.sql("SELECT max(seq) FROM etalase.journal", database))
        server.sql(OFF + "UPDATE journal SET body = replace(body, '250000', '250001')"
                   f" WHERE seq = {seq}", database)
        for at in range(seq, (last if all_of_them else seq) + 1):
            new = line_hash(read_line(server, database, at))
            server.sql(OFF + f"UPDATE journal SET hash = decode('{new}', 'hex') WHERE seq = {at};"
                       f"UPDATE journal SET prev_hash = decode('{new}', 'hex') WHERE seq = {at + 1};"
                       f"UPDATE journal_turn SET hash = decode('{new}', 'hex') WHERE seq = {at}",
                       database)
        found(program, server, what, database, named if all_of_them else f"baris {seq + 1}")


# ---- the program's role ----

def program_role(program, server, origin):
    database = server.fresh(copy(server, origin))  # a copy does not bring the rights of the database
    count = server.sql("SELECT count(*) FROM etalase.journal", database)
    for sql in REFUSED:
        try:
            server.sql("SET search_path = etalase; " + sql, database, PROGRAM_ROLE)
            check("refused: " + sql, False, "it was done")
        except RuntimeError as e:
            check("refused: " + sql, "ERROR" in str(e), e)
    for sql in HARMLESS:
        try:
            server.sql(sql, database, PROGRAM_ROLE)
        except RuntimeError as e:
            check("passes: " + sql, "permission denied" in str(e) or "does not exist" in str(e), e)
    out = verify(program, server, database)
    check("after all of that the books are whole", out.returncode == 0, said(out))
    check("and no line is there that was not",
          server.sql("SELECT count(*) FROM etalase.journal", database) == count)
    server.sql("SET search_path = etalase; INSERT INTO money_move SELECT site, act_id, 901, to_id,"
               " from_id, 1, reason FROM money_move LIMIT 1", database, PROGRAM_ROLE)
    found(program, server, "money that the program's role moves without a line", database,
          "Tabel money_move")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: tamper.py PROGRAM")
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        server.prepare(program)
        origin = server.database()
        shop = Shop(program, folder, db=server.url(origin))
        shop.make(PRODUCTS)
        shop.start()
        try:
            shop.receive("BTK-001", 3, 160000)
            shop.receive("KRJ-001", 50, 9000)
            for _ in range(2):
                check("a sale", shop.sell(("KRJ-001", "2")).status == 201)
            check("a piece", shop.sell(shop.codes("BTK-001")[0]).status == 201)
        finally:
            shop.stop()
        out = verify(program, server, origin)
        check("untouched, it is whole", out.returncode == 0, said(out))
        rewritten(program, server, origin)
        put_back(program, server, origin)
        a_function_for_a_while(program, server, origin)
        chained_anew(program, server, origin)
        program_role(program, server, origin)
    finish()


if __name__ == "__main__":
    main()
