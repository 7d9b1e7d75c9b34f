"""What a server of data can do to a showroom: the program must say it in one sentence, and lose
nothing.

    python3 tests/postgres/faults.py PROGRAM

First what `etalase` says to a server that it cannot or must not use; then what happens while it
serves.  One line a check, then `N passed, N failed`.
"""
import contextlib
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), HERE]
from server import (GUEST, GUEST_PASSWORD, MIGRATE_ROLE, PROGRAM_ROLE, TEMPLATE,  # noqa: E402
                    Server, free_port, wait_for)
from shop import FORM, HIDDEN, Shop, check, finish, said, speaks  # noqa: E402
from small_disk import SmallDisk  # noqa: E402

PRODUCTS = [
    "BTK-001,Kain batik burung enggang,batik,Bengkel Batik,piece,potong,250000,160000,425119,,,",
    "KRJ-001,Gantungan kunci korek api,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,",
]
DISK_MIB = 40
SALES_UNTIL_FULL_MAX = 5000
MIGRATING_AT_ONCE = 4
POOL = 2


def etalase(program, *words):
    return subprocess.run([program, *words], capture_output=True, text=True, errors="replace",
                          timeout=120, check=False)


def refused(name, out, *words):
    """Status 1 and one sentence, in which each of these patterns is found, and no password."""
    found = [w for w in words if re.search(w, out.stderr, re.I)]
    good = speaks(out) and len(found) == len(words) and "sandi-" not in out.stderr
    check(name, good, f"{said(out)}; wanted {words}")


# ---- a server that cannot be used ----

class OldServer:
    """Says to everybody that it is PostgreSQL 14, for a real one is not at hand: the beginning of
    the protocol, up to the first question."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client = self.listener.accept()[0]
                threading.Thread(target=self.greet, args=(client,), daemon=True).start()

    def greet(self, client):
        with client, contextlib.suppress(OSError, struct.error):
            while True:
                size, code = struct.unpack("!II", client.recv(8, socket.MSG_WAITALL))
                client.recv(size - 8, socket.MSG_WAITALL)
                if code == 196608:
                    break
                client.sendall(b"N")  # no encryption
            said_of_itself = b"".join(
                message(b"S", name + b"\0" + value + b"\0") for name, value in (
                    (b"server_version", b"14.9"), (b"server_encoding", b"UTF8"),
                    (b"client_encoding", b"UTF8"), (b"integer_datetimes", b"on"),
                    (b"in_hot_standby", b"off"), (b"default_transaction_read_only", b"off"),
                    (b"standard_conforming_strings", b"on")))
            client.sendall(message(b"R", struct.pack("!I", 0)) + said_of_itself +
                           message(b"K", struct.pack("!II", 1, 1)) + message(b"Z", b"I"))
            while client.recv(4096):
                client.sendall(message(b"E", b"SERROR\0VERROR\0C0A000\0Mtoo old\0\0") +
                               message(b"Z", b"I"))

    def close(self):
        self.listener.close()


def message(kind, body):
    return kind + struct.pack("!I", len(body) + 4) + body


def odd_databases(server):
    """Made by hand, not by script/postgres-init.sql."""
    made = {"latin": "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'",
            "ascii": "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'",
            "abjad": "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C'",
            "huruf": "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'",
            "icu": "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'id'",
            "kosong": "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"}
    for name, how in made.items():
        server.sql(f"CREATE DATABASE {name} TEMPLATE template0 {how}")


def check_opening(program, server):
    def says(name, url, *words):
        refused(name, etalase(program, "verify", "--db", url), *words)

    odd_databases(server)
    old = OldServer()
    server.sql(f"GRANT CONNECT ON DATABASE {TEMPLATE} TO {GUEST}")
    says("a wrong password", server.url(TEMPLATE, GUEST, "salah"), "menolak peran atau kata sandi")
    says("no password", server.url(TEMPLATE, GUEST), "menolak peran atau kata sandi")
    says("a role that does not exist", server.url(TEMPLATE, "siapa"),
         "menolak peran atau kata sandi", "siapa")
    says("the right password of a role without rights",
         server.url(TEMPLATE, GUEST, GUEST_PASSWORD), "tidak berhak")
    says("a database that does not exist", server.url("tidak_ada"), "tidak ada di server",
         "/tidak_ada")
    says("nobody listens there", server.url("etalase", port=free_port()),
         "tidak dapat dihubungi")
    says("a host that does not exist", "postgresql://etalase@tidak-ada.invalid/etalase",
         "tidak dapat dihubungi", r"tidak-ada\.invalid")
    says("a server older than 15", f"postgresql://etalase@127.0.0.1:{old.port}/etalase"
         "?gssencmode=disable", "versi 15 atau lebih baru", r"14\.9")
    says("encoding LATIN1", server.url("latin"), "yang dibutuhkan UTF8", "LATIN1")
    says("encoding SQL_ASCII", server.url("ascii"), "yang dibutuhkan UTF8", "SQL_ASCII")
    says("another collation", server.url("abjad"), "LC_COLLATE", r"UTF8, C\.UTF-8, C")
    says("another locale of letters", server.url("huruf"), "LC_CTYPE", r"UTF8, C, C\.UTF-8")
    says("a collation of ICU", server.url("icu"), "LC_COLLATE")
    says("a database that nobody prepared", server.url("kosong"), "belum disiapkan",
         r"postgres-init\.sql")
    says("a prepared database without tables", server.url(server.fresh("baru")),
         "etalase migrate")
    old.close()


def check_settings(program, server):
    """What would lose or spoil what was acknowledged."""
    url = server.url(server.database("setelan"))
    good = etalase(program, "verify", "--db", url)
    refused("a database in which `etalase init` was not done", good, "init")
    server.set("fsync", "off")
    refused("a server with fsync off", etalase(program, "verify", "--db", url), "fsync")
    server.set("fsync", "on")
    server.sql("ALTER ROLE etalase SET session_replication_role = replica")
    refused("a role for which triggers are switched off", etalase(program, "verify", "--db", url),
            "session_replication_role")
    server.sql("ALTER ROLE etalase RESET session_replication_role")
    server.set("full_page_writes", "off")
    refused("a server with full_page_writes off", etalase(program, "verify", "--db", url),
            "full_page_writes")
    server.set("full_page_writes", "on")


def check_schema(program, server):
    name = server.database("skema")
    url = server.url(name)

    def version(value):
        server.sql(f"UPDATE etalase.schema_version SET version = {value}", database=name)

    known = int(server.sql("SELECT version FROM etalase.schema_version", database=name))
    version(9999)
    refused("a schema of a newer program", etalase(program, "verify", "--db", url), "9999")
    out = etalase(program, "migrate", "--db", server.url(name, MIGRATE_ROLE))
    refused("which migrate leaves alone", out, "9999")
    version(known - 1)
    refused("a schema older than the program", etalase(program, "verify", "--db", url),
            "etalase migrate")
    version(known)
    out = etalase(program, "migrate", "--db", server.url(server.fresh("peran"), PROGRAM_ROLE))
    refused("migrate by the program's own role", out, "tidak berhak", "etalase_migrate")
    out = etalase(program, "migrate", "--db", server.url(name, MIGRATE_ROLE))
    check("migrate when there is nothing to do", out.returncode == 0 and not out.stderr.strip(),
          said(out))


def shape(server, name):
    """Everything that is defined in a database."""
    text = server.run("pg_dump", "--schema-only", "-d", server.url(name, "postgres"))
    # Newer ones guard what they wrote with a word of chance.
    return re.sub(r"^\\(un)?restrict .*\n", "", text, flags=re.M)


def check_migrating(program, server):
    name = server.fresh("bersama")
    url = server.url(name, MIGRATE_ROLE)
    with ThreadPoolExecutor(MIGRATING_AT_ONCE) as pool:
        outs = list(pool.map(lambda _: etalase(program, "migrate", "--db", url),
                             range(MIGRATING_AT_ONCE)))
    bad = [said(out) for out in outs if out.returncode != 0 and not speaks(out)]
    check(f"{MIGRATING_AT_ONCE} programs migrate at once: done, or a sentence",
          not bad and any(out.returncode == 0 for out in outs), bad or [said(o) for o in outs])
    check("and the tables are those that one alone makes", shape(server, name) == shape(
        server, TEMPLATE))
    out = etalase(program, "init", "--satker", "632331", "--unit", "Galeri Contoh", "--zone", "WITA",
                  "--db", server.url(name))
    check("in which a showroom can begin", out.returncode == 0, said(out))


# ---- while it serves ----

def at_till(shop):
    """A cashier who has one thing in the cart."""
    browser = shop.browser("cashier")
    browser.submit("/kasir/pilih", {"kasir": "1"})
    answer = browser.submit("/kasir", {"kode": "KRJ-001"})
    if answer.status not in (200, 303):
        raise RuntimeError(f"the cart cannot be filled: {answer}")
    return browser


def hidden(browser):
    """What the form of the till sends along."""
    html = browser.get("/kasir").body.decode()
    inside = next(i for _, i in FORM.findall(html) if 'name="kode"' in i)
    return dict(HIDDEN.findall(inside))


def in_cart(browser):
    answer = browser.get("/kasir")
    return answer.status == 200 and b"Gantungan kunci korek api" in answer.body


def sentence(answer):
    """A page, or a problem, of status 503 that says what to do."""
    if answer.headers.get_content_type() == "application/problem+json":
        return answer.status == 503 and len(answer.json()["detail"]) > 20
    return answer.status == 503 and b"<h1" in answer.body and b"lagi" in answer.body


def check_server_away(shop, server):
    browser = at_till(shop)
    check("a cart with one thing", in_cart(browser))
    fields = {**hidden(browser), "kode": "KRJ-001"}
    server.kill()
    key = str(uuid.uuid4())
    asked = [lambda: browser.get("/kasir"), lambda: browser.get("/barang"),
             lambda: browser.post("/kasir/pindai", fields),
             lambda: shop.get("/api/v1/items/KRJ-001", "cashier"),
             lambda: shop.sell("KRJ-001", key=key)]
    with ThreadPoolExecutor(len(asked)) as pool:
        answers = list(pool.map(lambda ask: ask(), asked))
    check("without the server pages and calls are answered 503, with a sentence",
          all(sentence(a) for a in answers), [a for a in answers if not sentence(a)][:1])
    check("and the program lives", shop.process.poll() is None)
    server.start()
    wait_for("the server's return", lambda: shop.get("/api/v1/stock", "cashier").status == 200)
    check("with the server back, the cart is there", in_cart(browser), browser.get("/kasir"))
    answer = shop.sell("KRJ-001", key=key)
    check("and the same request is sold", answer.status in (200, 201), answer)


def check_pool(shop, server, name):
    """Both connections wait for somebody who holds the journal; the next find none."""
    before = int(shop.on_hand("KRJ-001"))
    holder = subprocess.Popen(
        [os.path.join(server.bin, "psql"), "-XAtq", "-d", server.url(name, "postgres")], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    holder.stdin.write("BEGIN; SELECT 'held' FROM etalase.journal_turn FOR UPDATE;\n")
    holder.stdin.flush()
    held = holder.stdout.readline()
    keys = [str(uuid.uuid4()) for _ in range(4)]
    with ThreadPoolExecutor(len(keys)) as pool:
        sales = [pool.submit(lambda key=key: shop.sell("KRJ-001", key=key)) for key in keys]
        wait_for("an answer", lambda: [s for s in sales if s.done()][len(keys) - POOL - 1:])
        told = [s.result() for s in sales if s.done()]
        holder.communicate("ROLLBACK;\n", timeout=60)
        answers = [s.result() for s in sales]
    check("every connection taken: 503 with a sentence, after some seconds",
          held == "held\n" and told and all(sentence(a) for a in told), answers)
    check("who had one is served when he who held the journal lets go", sorted(
        a.status for a in answers) == [201] * POOL + [503] * (len(keys) - POOL), answers)
    again = [shop.sell("KRJ-001", key=key) for key in keys]
    check("and the others when they ask again, with the same keys", sorted(
        a.status for a in again) == [200] * POOL + [201] * (len(keys) - POOL), again)
    hand = int(shop.on_hand("KRJ-001"))
    check("each was sold once", hand == before - len(keys), f"{before}, then {hand}")


def check_limit(program, server, name):
    """The server itself has no connection left for the program."""
    server.sql(f"ALTER ROLE {PROGRAM_ROLE} CONNECTION LIMIT 0")
    refused("no connection left on the server", etalase(program, "verify", "--db", server.url(name)),
            "kehabisan sambungan")
    server.sql(f"ALTER ROLE {PROGRAM_ROLE} CONNECTION LIMIT -1")


def check_disk_full(base, server, folder):
    """The database lies on a small disk; the journal of the server itself does not, for a server
    without room for that stops altogether, which is the case above."""
    disk = SmallDisk(folder, DISK_MIB)
    shop = None
    try:
        if not disk.mounted:
            print("a full disk on the server: left out, for no small disk can be mounted here")
            return
        if server.home.owner:
            os.chown(disk.path, server.home.owner["user"], server.home.owner["group"])
            os.chmod(folder, 0o711)
        server.sql(f"CREATE TABLESPACE kecil LOCATION '{disk.path}'")
        server.sql("CREATE DATABASE penuh TEMPLATE dasar TABLESPACE kecil OWNER etalase_owner")
        shop = Shop(base.program, os.path.join(folder, "penuh"), db=server.url("penuh"))
        os.mkdir(shop.folder)
        shop.tokens = base.tokens
        shop.start()
        hand = int(shop.on_hand("KRJ-001"))
        disk.fill()
        sold = 0
        while sold < SALES_UNTIL_FULL_MAX:
            key = str(uuid.uuid4())
            answer = shop.sell("KRJ-001", key=key)
            if answer.status != 201:
                break
            sold += 1
        check("a full disk on the server is answered 507, with a sentence",
              answer.status == 507 and len(answer.json()["detail"]) > 20, answer)
        check("the program still reads", shop.get("/api/v1/items/KRJ-001", "cashier").status == 200)
        disk.free()
        answer = shop.sell("KRJ-001", key=key)
        check("with room again the same request is sold", answer.status in (200, 201), answer)
        left = int(shop.on_hand("KRJ-001"))
        check(f"and nothing was lost or doubled around the {sold} sales before",
              left == hand - sold - 1, left)
        check("the program ends with status 0 when asked", shop.stop() == 0, shop.tail())
        out = shop.command("verify")
        check("etalase verify passes", out.returncode == 0, said(out))
    finally:
        if shop:
            shop.kill()
        if disk.mounted:
            server.sql("DROP DATABASE IF EXISTS penuh WITH (FORCE)")
            server.sql("DROP TABLESPACE IF EXISTS kecil")
        disk.close()


# ---- all of it ----

def made(program, folder, server):
    """A showroom in the database `dasar`, with goods."""
    shop = Shop(program, os.path.join(folder, "dasar"), db=server.url(server.database("dasar")))
    os.mkdir(shop.folder)
    shop.make(PRODUCTS, tills=3)
    shop.options = ["--db-pool", str(POOL)]
    shop.start()
    shop.receive("KRJ-001", 90_000, 9000)
    shop.receive("BTK-001", 3, 160000)
    return shop


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: faults.py PROGRAM")
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        shop = None
        try:
            server.prepare(program)
            check_opening(program, server)
            check_settings(program, server)
            check_schema(program, server)
            check_migrating(program, server)
            shop = made(program, folder, server)
            check_server_away(shop, server)
            check_pool(shop, server, "dasar")
            check("the program ends with status 0 when asked", shop.stop() == 0, shop.tail())
            check_limit(program, server, "dasar")
            out = shop.command("verify")
            check("etalase verify passes", out.returncode == 0, said(out))
            check_disk_full(shop, server, folder)
        except (OSError, RuntimeError, ValueError, KeyError, IndexError, AttributeError,
                subprocess.SubprocessError) as e:
            check("the checks ran to their end", False, repr(e) + (shop.tail() if shop else ""))
        finally:
            if shop:
                shop.kill()
    finish()


if __name__ == "__main__":
    main()
