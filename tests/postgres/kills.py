"""Tills sell over HTTP while the database server dies: nothing is lost, nothing doubled.

    python3 tests/postgres/kills.py PROGRAM [--kills N] [--seed N]

1. The server is killed with all its processes and started again, N times.
2. It is killed, and its synchronous standby is promoted; the program's address names both.
3. The wire breaks at a COMMIT (proxy.py), and a wait for a standby is cancelled: the outcome of a commit
   is unknown, and the program finds it out.  Its log says so, and the lines are counted.

After each: every answered sale is in the journal once, numbers have no gap, goods and money add up,
`etalase verify` passes.  One line a check, then `N passed, N failed`.
"""
import argparse
import os
import random
import re
import sys
import tempfile
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), HERE]
from proxy import DONE, LOST, OPEN, Proxy  # noqa: E402
from sale_loop import GOODS, PRODUCTS, STOCK, Till, check_books, end  # noqa: E402
from server import Server, wait_for  # noqa: E402
from shop import Shop, check, finish, sale_body  # noqa: E402

TILLS = 8
ALIVE_MS = (5, 150)  # from the first sale after a start until death
SALES_BETWEEN = 25
BREAKS = 12  # of each kind
RESOLVED = re.compile(r"commit-unknown: (act \S+|local work) resolved: (not done|done|not known)")
AWAY = (503,)


def made(program, folder, server):
    """A showroom with goods, whose database every part gets a copy of."""
    shop = Shop(program, folder, db=server.url(server.database("dasar")))
    shop.make(PRODUCTS, tills=TILLS)
    shop.start()
    for sku, cost in GOODS.items():
        shop.receive(sku, STOCK, cost)
    shop.stop()
    return shop


def copy(shop, server, name, address=None):
    """The same showroom in another database; `address` makes the URL from the database's name."""
    server.sql(f"CREATE DATABASE {name} TEMPLATE dasar OWNER etalase_owner")
    folder = os.path.join(shop.folder, name)
    os.mkdir(folder)
    other = Shop(shop.program, folder, db=address(name) if address else server.url(name))
    other.tokens = shop.tokens
    return other


def opened(shop, chance, count=TILLS):
    """Serving, with tills that sell."""
    shop.start()
    tills = [Till(shop, n + 1, random.Random(chance.random()), AWAY) for n in range(count)]
    for till in tills:
        till.start()
    return tills


def sold(tills):
    return sum(len(till.sold) for till in tills)


def sell_some(tills, count=SALES_BETWEEN):
    """Until that many more were sold: the program has found the server again."""
    before = sold(tills)
    wait_for("sales", lambda: sold(tills) >= before + count)


def resolved(shop, what="act sale"):
    """How many unknown commits turned out done, not done, and could not be found out."""
    with open(os.path.join(shop.folder, "serve.log"), encoding="utf-8", errors="replace") as f:
        said = [how for work, how in RESOLVED.findall(f.read()) if work == what]
    return said.count("done"), said.count("not done"), said.count("not known")


def tell(what, shop, tills, seconds):
    done, undone, unknown = resolved(shop)
    print(f"{what}: {sold(tills)} sales in {seconds:.1f} s, {sum(t.repeats for t in tills)} of them "
          f"committed without an answer, {sum(t.away for t in tills)} answers 503; sales with an "
          f"unknown commit: {done} were done, {undone} not, {unknown} left to the till", flush=True)


# ---- 1. killed and started again ----

def check_kills(shop, server, kills, chance):
    begun = time.monotonic()
    tills = opened(shop, chance)
    for _ in range(kills):
        sell_some(tills)
        time.sleep(chance.uniform(*ALIVE_MS) / 1000)
        server.kill()
        server.start()
    sell_some(tills)
    end(tills)
    tell(f"{kills} kills", shop, tills, time.monotonic() - begun)
    check_books(shop, tills)


# ---- 2. the standby takes over ----

def check_failover(base, server, chance):
    begun = time.monotonic()
    standby = server.standby(synchronous=True)
    shop = copy(base, server, "standby", lambda name: (
        f"postgresql://etalase@127.0.0.1:{server.port},127.0.0.1:{standby.port}/{name}"
        "?target_session_attrs=read-write&connect_timeout=2"))
    try:
        tills = opened(shop, chance)
        sell_some(tills, 40)
        time.sleep(chance.uniform(*ALIVE_MS) / 1000)
        server.kill()
        before = sold(tills)
        standby.promote()
        sell_some(tills, 40)
        end(tills)
        tell("standby promoted", shop, tills, time.monotonic() - begun)
        check("sales were made before and after the standby took over",
              40 <= before < sold(tills), f"{before}, {sold(tills)}")
        check_books(shop, tills)
        check_old_primary(shop, server, standby)
    finally:
        shop.kill()


def check_old_primary(shop, server, standby):
    """Started again it takes writes, and stands first in the address: it must get none from a program that
    has seen the new one."""
    shop.start()
    body = sale_body([{"code": "KRJ-001", "qty": 1}], 15_000)
    key = uuid.uuid4().hex
    server.start()
    server.set("synchronous_standby_names", "")
    lines = server.sql("SELECT max(seq) FROM etalase.journal", "standby")
    standby.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'etalase'")
    answers = [shop.post("/api/v1/sales", body, key=key).status for _ in range(TILLS)]
    check("an old primary that came back gets no sale: the program says that the data are away",
          set(answers) == {503}, answers)
    check("and nothing was written there",
          server.sql("SELECT max(seq) FROM etalase.journal", "standby") == lines)
    server.kill()
    wait_for("a sale at the new primary",
             lambda: shop.post("/api/v1/sales", body, key=key).status in (200, 201))
    check("when it is gone again the same sale is made at the new one",
          shop.post("/api/v1/sales", body, key=key).status == 200)


# ---- 3. a commit whose outcome is unknown ----

def check_broken_wires(base, server, chance):
    begun = time.monotonic()
    proxy = Proxy(server.port)
    shop = copy(base, server, "kabel", lambda name: server.url(name, port=proxy.port) +
                "?sslmode=disable&gssencmode=disable")
    try:
        tills = opened(shop, chance, 4)
        for how in (LOST, DONE, OPEN):
            proxy.order(how, BREAKS)
            wait_for("broken wires", lambda: not proxy.orders)
            sell_some(tills)
        end(tills)
        tell("wires broken at COMMIT", shop, tills, time.monotonic() - begun)
        done, undone, _ = resolved(shop)
        broken = proxy.broken
        check(f"{3 * BREAKS} wires broke at the COMMIT of an act, and each outcome was found out",
              sum(broken.values()) == 3 * BREAKS == done + undone,
              f"{broken}, {done} done, {undone} not done")
        check("those whose COMMIT was lost were found not done, those that had reached it done",
              done >= BREAKS <= undone, f"{done} done, {undone} not done")
        check_books(shop, tills)
    finally:
        shop.kill()
        proxy.close()


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND usename = 'etalase'"


def check_cancelled_wait(base, server):
    """COMMIT succeeds with a warning only (01000): on this server, and perhaps on no other."""
    shop = copy(base, server, "tunggu")
    key, answers = uuid.uuid4().hex, []
    body = sale_body([{"code": "KRJ-001", "qty": 1}], 50_000)
    seller = threading.Thread(target=lambda: answers.append(
        shop.post("/api/v1/sales", body, key=key)))
    try:
        shop.start()
        first = shop.sell("KRJ-001")
        check("a sale on one server alone", first.status == 201, first)
        server.set("synchronous_standby_names", "tidak_ada")
        seller.start()
        pid = wait_for("a commit that waits for a standby", lambda: server.sql(WAITING))
        check("a sale that no standby has confirmed is not answered", not answers, answers)
        server.sql(f"SELECT pg_cancel_backend({pid})")
        wait_for("the question for the outcome, on another connection, or an answer",
                 lambda: answers or set(server.sql(WAITING).split()) - {pid})
        check("nor after the wait was cancelled: the program asks, and waits for that as well",
              not answers, answers)
        server.set("synchronous_standby_names", "")
        seller.join(60)
        check("with the standby no longer wanted it is answered 201", len(answers) == 1 and
              answers[0].status == 201, answers)
        check("and found done, once", resolved(shop) == (1, 0, 0), resolved(shop))
        repeated = shop.post("/api/v1/sales", body, key=key)
        check("the same request again: 200 and the same bytes", repeated.status == 200 and
              repeated.body == answers[0].body, repeated)
        hand = shop.on_hand("KRJ-001")
        check("one more was sold", hand == str(STOCK - 2), hand)
        check("the server ends with status 0 when asked", shop.stop() == 0, shop.tail())
        verified = shop.command("verify")
        check("etalase verify passes", verified.returncode == 0, verified.stderr.strip())
    finally:
        server.set("synchronous_standby_names", "")
        shop.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    args = parser.parse_args()
    print("seed", args.seed, flush=True)
    chance = random.Random(args.seed)
    program = os.path.abspath(args.program)
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        shop = None
        try:
            server.prepare(program)
            base = made(program, folder, server)
            shop = copy(base, server, "mati")
            check_kills(shop, server, args.kills, chance)
            check_broken_wires(base, server, chance)
            check_cancelled_wait(base, server)
            check_failover(base, server, chance)
        except (OSError, RuntimeError, ValueError, KeyError, IndexError, AttributeError) as e:
            check("the checks ran to their end", False, repr(e))
        finally:
            if shop:
                shop.kill()
    finish()


if __name__ == "__main__":
    main()
