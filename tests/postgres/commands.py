"""Every command of the program on a shared database, a showroom that moves there and back, and what
a person types wrongly.

    python3 tests/postgres/commands.py PROGRAM
"""
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "tests", "postgres")]

import server as postgres  # noqa: E402
import shop as showroom  # noqa: E402
from shop import check, finish  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
PRODUCTS = os.path.join(ROOT, "pos", "data", "products.csv")
BOOKS = ("journal.jsonl", "sales.csv", "stock.csv", "ledger.hledger")
SECRET = "rahasia-di-alamat"
PASSWORD = showroom.PASSWORD + "\n"
INIT = ("init", "--satker", "632331", "--unit", "Galeri Contoh", "--zone", "WITA")
SECONDS_MAX = 60


class Place:
    """Runs the program in a folder of its own, and keeps all it ever said."""

    def __init__(self, folder):
        self.folder = folder
        self.said = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *words, given=None, environment=None):
        out = subprocess.run([PROGRAM, *words], input=given, capture_output=True, text=True,
                             errors="replace", timeout=300, check=False, cwd=self.folder,
                             env={**os.environ, **(environment or {})})
        self.said.append(out.stdout + out.stderr)
        return out

    def begin(self, *words):
        return subprocess.Popen([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, cwd=self.folder)


def refused(name, out, status, *parts):
    """One sentence with these parts, on standard error."""
    said = out.stderr.strip()
    check(name, out.returncode == status and all(p in said for p in parts) and
          said.startswith("etalase: ") and said.count("\n") == (status == 2),
          f"{out.returncode}, {out.stdout!r} {out.stderr!r}")


def done(name, out, *parts):
    return check(name, out.returncode == 0 and all(p in out.stdout for p in parts),
                 f"{out.returncode}, {out.stdout!r} {out.stderr!r}")


def wait_for(what, ready):
    until = time.monotonic() + SECONDS_MAX
    while not ready():
        if time.monotonic() > until:
            raise RuntimeError(f"{what}: not within {SECONDS_MAX} s")
        time.sleep(0.01)


WAITS = ("CREATE FUNCTION etalase.waits() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN "
         "PERFORM pg_advisory_xact_lock_shared(1); RETURN true; END $$; "
         "GRANT EXECUTE ON FUNCTION etalase.waits TO PUBLIC; "
         "CREATE FUNCTION etalase.waits_at_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
         "PERFORM etalase.waits(); RETURN NEW; END $$; ")


@contextlib.contextmanager
def held_up(pg, database, table, reading=False):
    """Whoever writes (or reads) a row of the table waits until the end of the block; to open the
    database is still possible, which a plain lock would not let be."""
    pg.sql(WAITS + (f"ALTER TABLE etalase.{table} ENABLE ROW LEVEL SECURITY; "
                    f"CREATE POLICY waits ON etalase.{table} USING (etalase.waits());"
                    if reading else
                    f"CREATE TRIGGER waits BEFORE INSERT ON etalase.{table} FOR EACH ROW "
                    "EXECUTE FUNCTION etalase.waits_at_row();"), database)
    psql = subprocess.Popen([os.path.join(pg.bin, "psql"), "-XAtq", "-d",
                             pg.url(database, "postgres")], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)
    psql.stdin.write("SELECT 'held' FROM pg_advisory_lock(1);\n")
    psql.stdin.flush()
    if psql.stdout.readline().strip() != "held":
        raise RuntimeError("the lock was not given")
    try:
        yield
    finally:
        psql.stdin.close()
        psql.wait(SECONDS_MAX)
        psql.stdout.close()
        pg.sql(f"ALTER TABLE etalase.{table} DISABLE ROW LEVEL SECURITY; "
               "DROP FUNCTION etalase.waits_at_row() CASCADE; "
               "DROP FUNCTION etalase.waits() CASCADE", database)


def waiting(pg, database):
    """Whether a session of the database waits for a lock."""
    return pg.sql("SELECT count(*) > 0 FROM pg_stat_activity "
                  f"WHERE datname = '{database}' AND wait_event_type = 'Lock'") == "t"


# ---- usage ----

def wrong_usage(here, url):
    no_address = "bukan alamat basis data bersama"
    for words, part in (
            (("verify",), "--db ALAMAT"),
            (("verify", "--db"), "perlu nilai"),
            (("verify", "--db", "toko"), no_address),
            (("verify", "--db", f"mysql://saya:{SECRET}@h/x"), no_address),
            (("serve", "--db", url, "--db-pool", "0"), "dari 1 sampai 64"),
            (("serve", "--db", url, "--db-pool", "65"), "dari 1 sampai 64"),
            (("serve", "--db", url, "--db-pool", "banyak"), "dari 1 sampai 64"),
            (("serve", "--data", "toko", "--db-pool", "2"), "--db-pool hanya"),
            (("migrate", "--data", "toko"), "diperbarui sendiri"),
            (("migrate",), "--db ALAMAT"),
            (("rebuild", "--db", url), "--out"),
            (("rebuild", "--db", url, "--out", f"ftp://saya:{SECRET}@h/x"), no_address),
            (("copy", "--from", "toko"), "--to"),
            (("copy", "--to", url), "--from"),
            (("copy", "--from", "toko", "--to", url, "--undo"), "--undo"),
            (("copy", "--from", url, "--to", url), "asal dan tujuan sama"),
            (("copy", "--from", f"ftp://saya:{SECRET}@h/x", "--to", url), no_address),
            (("export", "semua", "--db", url), "mengenal journal.jsonl"),
            (("user", "hapus", "--db", url), "pakai add, password, atau list")):
        refused("wrong usage: " + " ".join(w for w in words if "://" not in w), here.run(*words), 2,
                part)
    check("no wrong usage makes a folder", os.listdir(here.folder) == [], os.listdir(here.folder))


def wrong_addresses(pg, here):
    good = postgres.free_port()  # nobody listens there
    cases = (
        ("nobody listens", f"postgresql://etalase:{SECRET}@127.0.0.1:{good}/etalase"),
        ("no such database", f"postgresql://etalase:{SECRET}@127.0.0.1:{pg.port}/tidak_ada"),
        ("a wrong password",
         f"postgresql://{postgres.GUEST}:{SECRET}@127.0.0.1:{pg.port}/postgres"),
        ("no address at all", f"postgresql://etalase:{SECRET}@127.0.0.1:banyak/etalase"),
    )
    for name, url in cases:
        for words in (("verify",), ("serve",), ("user", "list")):
            refused(f"{name}: {words[0]}", here.run(*words, "--db", url), 1)
    out = here.run("serve", environment={"ETALASE_DB": cases[0][1]})
    refused("nobody listens, from the environment", out, 1)
    check("none of that makes a folder", os.listdir(here.folder) == [], os.listdir(here.folder))


# ---- beginning ----

def first_steps(pg, here):
    """From what the administrator hands over to a showroom."""
    database = pg.fresh("toko_baru")
    url, maker = pg.url(database), pg.url(database, postgres.MIGRATE_ROLE)
    refused("init before migrate", here.run(*INIT, "--db", url), 1, "etalase migrate")
    refused("the program's role may not migrate", here.run("migrate", "--db", url), 1)
    done("migrate from nothing", here.run("migrate", "--db", maker), "skema 0 menjadi")
    done("migrate again", here.run("migrate", "--db", maker), "tidak ada yang diubah")
    refused("verify before init", here.run("verify", "--db", url), 1, "etalase init --db ALAMAT")
    done("init", here.run(*INIT, "--db", url, "--tills", "2"), "etalase serve --db ALAMAT")
    refused("init again", here.run(*INIT, "--db", url), 1, "632331")
    done("a dry run of an import", here.run("import", PRODUCTS, "--db", url, "--dry-run"),
         "Tidak ada yang disimpan")
    done("an import", here.run("import", PRODUCTS, "--db", url), "Semua disimpan")
    done("the same import again", here.run("import", PRODUCTS, "--db", url), "sudah tercatat")
    done("verify", here.run("verify", "--db", url), "Jurnal utuh: 2 baris")
    for role in ("cashier", "admin"):
        done(f"a user: {role}", here.run("user", "add", role, role, "Orang", "--db", url,
                                         given=PASSWORD))
    done("a new password", here.run("user", "password", "cashier", "--db", url, given=PASSWORD))
    refused("a weak password", here.run("user", "password", "cashier", "--db", url, given="x\n"), 1)
    done("the list of users", here.run("user", "list", "--db", url), "cashier", "admin")
    token = here.run("token", "mesin", "cashier", "--db", url).stdout.strip()
    check("a token", len(token) > 20, token)
    refused("the same token again", here.run("token", "mesin", "--db", url), 1)
    done("a token ends", here.run("token", "mesin", "--db", url, "--revoke"), "dicabut")
    for book in BOOKS:
        done(f"export {book}", here.run("export", book, "--db", url))
    environment = {"ETALASE_DB": url}
    done("the address from the environment", here.run("user", "list", environment=environment),
         "cashier")
    refused("--data goes before the environment",
            here.run("verify", "--data", "tiada", environment=environment), 1,
            "etalase init --data tiada")
    refused("an address in the environment that is none",
            here.run("verify", environment={"ETALASE_DB": "x" + SECRET}), 2, "ETALASE_DB")
    check("nothing but serve makes a folder", os.listdir(here.folder) == [], os.listdir(here.folder))
    return database


# ---- verify ----

def verify_cleans_up(pg, here, database):
    url, scratch = pg.url(database), here.path("coretan")
    os.mkdir(scratch)
    done("verify in a chosen folder", here.run("verify", "--db", url, "--scratch", scratch))
    check("it leaves nothing there", os.listdir(scratch) == [], os.listdir(scratch))
    refused("a scratch folder that is not there",
            here.run("verify", "--db", url, "--scratch", here.path("tiada")), 1, "--scratch")
    done("the folder for what is temporary",
         here.run("verify", "--db", url, environment={"TMPDIR": scratch}))
    pg.sql("UPDATE etalase.product_now SET name = 'Diubah' WHERE sku = "
           "(SELECT min(sku) FROM etalase.product_now)", database)
    refused("verify names a changed row", here.run("verify", "--db", url, "--scratch", scratch), 1,
            "product_now", "Diubah")
    check("a refusal leaves nothing there", os.listdir(scratch) == [], os.listdir(scratch))
    with held_up(pg, database, "journal", reading=True):
        process = here.begin("verify", "--db", url, "--scratch", scratch)
        wait_for("the scratch file", lambda: os.listdir(scratch) and waiting(pg, database))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS_MAX)
    check("a verify that is ended leaves nothing there",
          process.returncode == -signal.SIGTERM and os.listdir(scratch) == [], os.listdir(scratch))
    os.rmdir(scratch)


# ---- rebuild and copy ----

def books(here, *place):
    return [here.run("export", book, *place).stdout for book in BOOKS]


def same_books(name, here, a, b):
    ours, theirs = books(here, *a), books(here, *b)
    check(name, ours == theirs and all(ours),
          [book for book, x, y in zip(BOOKS, ours, theirs) if x != y or not x])


def make_demo(here, name):
    """A showroom of forty days in a folder; gives a token of its cashier."""
    port = postgres.free_port()
    process = here.begin("serve", "--data", name, "--demo", "--demo-days", "40", "--demo-now",
                         "2026-11-21", "--listen", f"127.0.0.1:{port}")
    for line in process.stdout:
        if "Berhenti" in line:
            break
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=SECONDS_MAX)
    if process.returncode != 0:
        raise RuntimeError("no demo")


def rebuilds(pg, here):
    url, other = pg.url(pg.database()), pg.url(pg.database())
    done("rebuild a file into a database", here.run("rebuild", "--data", "toko", "--out", url))
    done("which verifies", here.run("verify", "--db", url), "Jurnal utuh")
    same_books("and has the same books", here, ("--data", "toko"), ("--db", url))
    refused("rebuild into a showroom", here.run("rebuild", "--data", "toko", "--out", url), 1,
            "sudah berisi")
    done("rebuild the database into a file", here.run("rebuild", "--db", url, "--out", "kecil.db"))
    refused("over a file that is there", here.run("rebuild", "--db", url, "--out", "kecil.db"), 2)
    os.mkdir(here.path("kecil"))
    os.rename(here.path("kecil.db"), here.path("kecil/etalase.db"))
    done("which verifies", here.run("verify", "--data", "kecil"), "Jurnal utuh")
    same_books("and has the same books", here, ("--data", "toko"), ("--data", "kecil"))
    done("rebuild a database into a database", here.run("rebuild", "--db", url, "--out", other))
    done("which verifies", here.run("verify", "--db", other), "Jurnal utuh")
    fresh = pg.fresh("toko_kosong")
    refused("rebuild into a database without tables",
            here.run("rebuild", "--data", "toko", "--out", pg.url(fresh)), 1, "etalase migrate")


def copy_there_and_back(pg, here):
    database = pg.database()
    url = pg.url(database)
    here.run("token", "mesin", "cashier", "--data", "toko")
    people = here.run("user", "list", "--data", "toko").stdout
    before = books(here, "--data", "toko")
    done("copy a folder into a database", here.run("copy", "--from", "toko", "--to", url), "Disalin",
         "etalase serve --db ALAMAT")
    done("which verifies", here.run("verify", "--db", url), "Jurnal utuh")
    check("and has the same books", books(here, "--db", url) == before)
    check("and the same people", here.run("user", "list", "--db", url).stdout == people)
    refused("and the same tokens", here.run("token", "mesin", "--db", url), 1)
    secrets = "SELECT count(*) FROM etalase.staff_secret"
    check("and their passwords", int(pg.sql(secrets, database)) == len(people.splitlines()))
    for words in (("serve",), ("import", PRODUCTS), ("user", "password", "admin"), ("token", "x")):
        refused(f"the folder is not for use any more: {words[0]}",
                here.run(*words, "--data", "toko", given=PASSWORD), 1, "pindah ke", "--undo")
    check("but to be read", books(here, "--data", "toko") == before and
          here.run("user", "list", "--data", "toko").stdout == people)
    done("and verified", here.run("verify", "--data", "toko"))
    refused("copy it again", here.run("copy", "--from", "toko", "--to", url), 1, "sudah berisi")
    refused("or to elsewhere", here.run("copy", "--from", "toko", "--to", "lain"), 1, "pindah ke")
    check("which makes nothing there", not os.path.exists(here.path("lain")))
    done("sold on there", here.run("user", "add", "baru", "cashier", "Orang", "--db", url,
                                   given=PASSWORD))
    done("copy the database into a folder", here.run("copy", "--from", url, "--to", "pulang"),
         "etalase serve --data pulang")
    done("which verifies", here.run("verify", "--data", "pulang"), "Jurnal utuh")
    same_books("and has the same books", here, ("--db", url), ("--data", "pulang"))
    refused("the database takes no act any more", here.run("import", PRODUCTS, "--db", url), 1,
            "pindah ke")
    out = subprocess.run([os.path.join(pg.bin, "psql"), "-Xq", "-d", pg.url(database), "-c",
                          "INSERT INTO etalase.journal SELECT site, epoch, seq + 1, "
                          "decode(repeat('01', 16), 'hex'), kind, ver, at_ms, actor, till, body, "
                          "hash, hash FROM etalase.journal ORDER BY seq DESC LIMIT 1"],
                         capture_output=True, text=True, check=False)
    check("by no program at all", out.returncode != 0 and "moved" in out.stderr, out.stderr)
    done("the mark can be taken away", here.run("copy", "--from", url, "--undo"), "lagi")
    done("then it takes acts", here.run("user", "add", "lagi", "cashier", "Orang", "--db", url,
                                        given=PASSWORD))
    done("there is nothing more to take away", here.run("copy", "--from", url, "--undo"),
         "tidak pindah")


def copy_goes_on(pg, here):
    """Cut off in the journal, then before the working state; begun again each time."""
    database = pg.database()
    url = pg.url(database)
    pg.sql("CREATE FUNCTION etalase.stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
           "IF NEW.seq > 300 THEN RAISE disk_full; END IF; RETURN NEW; END $$; "
           "CREATE TRIGGER stop BEFORE INSERT ON etalase.journal FOR EACH ROW EXECUTE FUNCTION "
           "etalase.stop()", database)
    refused("a copy whose disk is full", here.run("copy", "--from", "pulang", "--to", url), 1)
    lines = int(pg.sql("SELECT count(*) FROM etalase.journal", database))
    check("a beginning is there", 0 < lines <= 300, lines)
    pg.sql("DROP FUNCTION etalase.stop() CASCADE", database)
    refused("it is no showroom", here.run("verify", "--db", url), 1, "belum disiapkan")
    refused("it is not for another journal", here.run("copy", "--from", "lain2", "--to", url), 1)
    refused("and not for a rebuild", here.run("rebuild", "--data", "pulang", "--out", url), 1,
            "etalase copy")
    with held_up(pg, database, "token"):
        process = here.begin("copy", "--from", "pulang", "--to", url)
        wait_for("the copy to wait", lambda: waiting(pg, database))
        process.kill()
        process.communicate(timeout=SECONDS_MAX)
    refused("killed at the end, the source is marked", here.run("serve", "--data", "pulang"), 1,
            "pindah ke")
    refused("and the target is no showroom", here.run("verify", "--db", url), 1, "belum disiapkan")
    done("begun again, it is done", here.run("copy", "--from", "pulang", "--to", url), "Disalin")
    done("and verifies", here.run("verify", "--db", url), "Jurnal utuh")
    same_books("and has the same books", here, ("--data", "pulang"), ("--db", url))
    return database


def size_of(folder):
    """Of the file with all that is beside it."""
    total = 0
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            total += os.path.getsize(os.path.join(folder, name))
    return total


def copy_into_a_folder_killed(pg, here, database):
    """kill -9 whenever the new file has grown by some more; what is there is gone on from."""
    url, kills, grown = pg.url(database), 0, 0
    for _ in range(5):
        process = here.begin("copy", "--from", url, "--to", "besar")
        wait_for("the file to grow",
                 lambda: process.poll() is not None or size_of(here.path("besar")) > grown)
        process.kill()
        process.communicate(timeout=SECONDS_MAX)
        kills += process.returncode == -signal.SIGKILL
        grown = size_of(here.path("besar")) + 200_000
    check("copies were killed", kills > 0, kills)
    marked = "pindah ke" in here.run("import", PRODUCTS, "--db", url, "--dry-run").stderr
    whole = here.run("verify", "--data", "besar").returncode == 0
    check("the file is no showroom while the database is one", marked or not whole)
    if not whole:
        done("begun again, it is done", here.run("copy", "--from", url, "--to", "besar"), "Disalin")
    done("and verifies", here.run("verify", "--data", "besar"), "Jurnal utuh")
    same_books("and has the same books", here, ("--db", url), ("--data", "besar"))
    done("the mark is taken away for what follows", here.run("copy", "--from", url, "--undo"))


def copy_of_a_served_one(pg, here, database):
    """What is written while it is copied is seen, and the copy goes on from there."""
    source, target = pg.url(database), pg.database()
    with held_up(pg, target, "place"):
        process = here.begin("copy", "--from", source, "--to", pg.url(target))
        wait_for("the copy to wait", lambda: waiting(pg, target))
        done("an act meanwhile", here.run("user", "add", "kemudian", "cashier", "Orang", "--db",
                                          source, given=PASSWORD))
    said = process.communicate(timeout=SECONDS_MAX)[1]
    check("the copy refuses", process.returncode == 1 and "masih dipakai" in said, said)
    done("the source goes on", here.run("user", "list", "--db", source), "kemudian")
    done("begun again, it is done", here.run("copy", "--from", source, "--to", pg.url(target)),
         "Disalin")
    done("and verifies", here.run("verify", "--db", pg.url(target)), "Jurnal utuh")
    return target


def wrong_targets(pg, here):
    """Databases that hold something else."""
    done("another showroom", here.run(*INIT[:2], "111111", *INIT[3:], "--data", "lain2"))
    database = pg.database()
    url = pg.url(database)
    done("its journal in a database", here.run("rebuild", "--data", "lain2", "--out", url))
    refused("copy into a showroom", here.run("copy", "--from", "toko", "--to", url), 1,
            "sudah berisi")
    pg.sql("DELETE FROM etalase.site_here", database)
    refused("copy behind another journal", here.run("copy", "--from", "toko", "--to", url), 1,
            "sudah berisi")
    refused("copy from a folder without a showroom",
            here.run("copy", "--from", "tiada", "--to", url), 1, "belum disiapkan")
    check("which makes no folder", not os.path.exists(here.path("tiada")))
    out = here.run(*INIT, "--data", "kembar")
    database = pg.database()
    done("a twin", out)
    done("its journal in a database", here.run("rebuild", "--data", "kembar", "--out",
                                               pg.url(database)))
    pg.sql("DELETE FROM etalase.site_here", database)
    done("a second twin", here.run(*INIT, "--data", "kembar2"))
    refused("copy behind a journal of the same name that is another",
            here.run("copy", "--from", "kembar2", "--to", pg.url(database)), 1, "tidak sama")
    done("its source goes on", here.run("import", PRODUCTS, "--data", "kembar2"))


# ---- serve ----

def serves(pg, here, database):
    """Two processes on one database, by two folders."""
    url = pg.url(database)
    ports = [postgres.free_port(), postgres.free_port()]
    processes = [here.begin("serve", "--db", url, "--listen", f"127.0.0.1:{ports[0]}", "--db-pool",
                            "2"),
                 here.begin("serve", "--db", url, "--data", "kertas", "--listen",
                            f"127.0.0.1:{ports[1]}")]
    heads = []
    for port in ports:
        site = showroom.Shop(PROGRAM, here.folder, port)
        wait_for("a server", site.healthy)
        heads.append(site.get("/healthz").json())
    check("both say the same", heads[0] == heads[1] and heads[0]["journal"]["seq"] > 0, heads)
    check("each has a folder for what it keeps as files",
          os.path.isdir(here.path("etalase-files/prints")) and
          os.path.isdir(here.path("kertas/prints")), os.listdir(here.folder))
    done("a command meanwhile", here.run("user", "list", "--db", url), "cashier")
    done("verify meanwhile", here.run("verify", "--db", url), "Jurnal utuh")
    said = []
    for process in processes:
        process.send_signal(signal.SIGTERM)
        said.append(process.communicate(timeout=SECONDS_MAX)[1])
    check("both end in order", [p.returncode for p in processes] == [0, 0], said)
    check("they tell the database and how many connections",
          database in said[0] and "paling banyak 2 sambungan" in said[0] and
          "paling banyak 8 sambungan" in said[1], said)


def demo(pg, here):
    url = pg.url(pg.database())
    words = ("serve", "--db", url, "--demo", "--demo-days", "3", "--demo-now", "2026-11-21",
             "--data", "contoh", "--listen")
    for name in ("a demo in an empty database", "the same demo again"):
        process = here.begin(*words, f"127.0.0.1:{postgres.free_port()}")
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Berhenti" in line:
                break
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=SECONDS_MAX)[1]
        check(name, process.returncode == 0 and any("kasir" in line for line in lines), said)
    done("which verifies", here.run("verify", "--db", url), "Jurnal utuh")


def main():
    with tempfile.TemporaryDirectory(prefix="etalase-commands-") as folder, \
            postgres.Server() as pg:
        here = Place(folder)
        wrong_usage(here, pg.url("etalase"))
        wrong_addresses(pg, here)
        database = first_steps(pg, here)
        verify_cleans_up(pg, here, database)
        pg.prepare(PROGRAM)
        make_demo(here, "toko")
        rebuilds(pg, here)
        wrong_targets(pg, here)
        copy_there_and_back(pg, here)
        database = copy_goes_on(pg, here)
        copy_into_a_folder_killed(pg, here, database)
        target = copy_of_a_served_one(pg, here, database)
        serves(pg, here, target)
        demo(pg, here)
        check("no password of an address was ever printed",
              not any(SECRET in said for said in here.said),
              [said for said in here.said if SECRET in said])
    finish()


main()
