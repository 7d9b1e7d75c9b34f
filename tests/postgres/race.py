"""Two programs on one database: who is first, and what one knows of the other.

    python3 tests/postgres/race.py PROGRAM [--seed N]

Three tills each race for a thousand single pieces: each is sold once, the others are told.  Somebody who
signed in at one is known at the other, and no longer when he has left or a token is void.
One line a check, then `N passed, N failed`.
"""
import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), HERE]
from sale_loop import rows, sales_of  # noqa: E402
from server import Server, wait_for  # noqa: E402
from shop import PASSWORD, Browser, Shop, check, finish  # noqa: E402

PIECES = 1000
TILLS_EACH = 3
IN_REACH = 6  # of how many of the next pieces a till takes one: so they often want the same
PRODUCTS = ["BTK-001,Kain batik burung enggang,batik,Bengkel Batik,piece,potong,250000,160000,425119,,,"]
SECONDS_MAX = 120
TOKEN_SECONDS_MAX = 7  # pos/web/session.h: within five seconds


class Shelf:
    """The pieces that nobody knows to be sold."""

    def __init__(self, codes):
        self.lock = threading.Lock()
        self.codes = dict.fromkeys(codes)

    def one(self, chance):
        with self.lock:
            near = [code for code, _ in zip(self.codes, range(IN_REACH))]
        return chance.choice(near) if near else None

    def gone(self, code):
        with self.lock:
            self.codes.pop(code, None)


class Racer(threading.Thread):
    def __init__(self, shop, till, shelf, chance):
        super().__init__(daemon=True)
        self.shop, self.till, self.shelf, self.chance = shop, str(till), shelf, chance
        self.won, self.lost, self.wrong = [], [], []

    def run(self):
        until = time.monotonic() + SECONDS_MAX
        while (code := self.shelf.one(self.chance)) and time.monotonic() < until:
            try:
                answer = self.shop.sell(code, cash=250_000, till=self.till)
            except OSError as e:
                self.wrong.append(repr(e))
                return
            if answer.status == 201:
                self.won.append((code, answer.json()["number"]))
            elif answer.status == 409 and answer.slug() == "unit-sold":
                self.lost.append(code)
            else:
                self.wrong.append(repr(answer))
                return
            self.shelf.gone(code)


def check_race(shops, chance):
    shops[0].receive("BTK-001", PIECES, 160000)
    codes = shops[1].codes("BTK-001")
    check(f"{PIECES} pieces received at one are seen at the other", len(set(codes)) == PIECES,
          len(codes))
    shelf = Shelf(codes)
    racers = [Racer(shop, 1 + i * TILLS_EACH + n, shelf, random.Random(chance.random()))
              for i, shop in enumerate(shops) for n in range(TILLS_EACH)]
    begun = time.monotonic()
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(SECONDS_MAX + 60)
    won = [pair for racer in racers for pair in racer.won]
    lost = sum(len(racer.lost) for racer in racers)
    wrong = [w for racer in racers for w in racer.wrong]
    print(f"{len(won)} sold and {lost} refused in {time.monotonic() - begun:.1f} s, at two programs "
          f"with {TILLS_EACH} tills each", flush=True)
    check("every answer was 201, or 409 unit-sold", not wrong, wrong[:2])
    check(f"exactly {PIECES} sales were answered 201, each for another piece",
          len(won) == PIECES == len({code for code, _ in won}), len(won))
    check("some came too late, at each program", all(
        any(racer.lost for racer in racers if racer.shop is shop) for shop in shops), lost)
    check("each program sold some", all(
        any(racer.won for racer in racers if racer.shop is shop) for shop in shops))
    for code in {code for racer in racers for code in racer.lost}:
        answer = shops[0].get("/api/v1/items/" + code, "cashier").json()
        if answer.get("sale_number") != dict(won).get(code):
            check("each refused piece is on the receipt of who was first", False, answer)
            break
    check_journal(shops[1], won)


def check_journal(shop, won):
    sales, doubled = sales_of(shop.get("/api/v1/export/journal.jsonl", "auditor").body)
    check(f"the journal has exactly {PIECES} sales, those that were answered",
          len(sales) == PIECES and not doubled and set(sales) == {number for _, number in won},
          f"{len(sales)}, {doubled[:3]}")
    pieces = Counter(row.get("unit_id") for row in rows(sales, "sale_line"))
    check("each piece is on one of them", len(pieces) == PIECES and None not in pieces,
          pieces.most_common(1))
    for till in range(1, 2 * TILLS_EACH + 1):
        numbers = sorted(int(n.rsplit("/", 1)[1]) for n in sales if n.startswith(f"{till}/"))
        check(f"the {len(numbers)} numbers of till {till} have no gap",
              numbers == list(range(1, len(numbers) + 1)), numbers[-3:])
    hand = shop.on_hand("BTK-001")
    check("none is on hand", hand == "0", hand)


# ---- who is signed in ----

def at(shop, browser):
    """The same cookies, at the other program."""
    other = object.__new__(Browser)
    other.shop, other.cookies = shop, browser.cookies
    return other


def known(browser, name):
    """Whether the page of a person is answered, with his name."""
    answer = browser.get("/produksi")
    return answer.status == 200 and name in answer.body.decode()


def check_sessions(here, there):
    browser = here.browser("workshop")
    other = at(there, browser)
    check("who signed in at one program is known at the other",
          known(browser, "Orang workshop") and known(other, "Orang workshop"))
    check("and may work there", at(there, browser).receive("BTK-001", 1, 160000) != "")
    answer = other.ask("GET", "/produksi")
    check("as often as he likes", answer.status == 200, answer)
    answer = browser.submit("/produksi", {}, action="/keluar")
    check("he leaves at one", answer.status == 303, answer)
    check("and is gone there at once", not known(browser, "Orang workshop"))
    check("and at the other", not known(other, "Orang workshop"), other.get("/produksi"))


class Token:
    """A machine's token, revoked at one program before the race, and looked at after it: where it
    was used it may be remembered for five seconds."""

    def __init__(self, here, there):
        self.here, self.there = here, there
        token = here.must("token", "sementara", "auditor").strip()
        self.head = {"Authorization": "Bearer " + token}
        first = [self.status(shop) for shop in (here, there, here, there)]
        check("a token is known at both programs", first == [200] * 4, first)
        answer = here.browser("admin").submit("/atur/kunci", {"cabut": "sementara"})
        check("it is revoked at one", answer.status == 303, answer)
        check("and void there at once", self.status(here) == 401)

    def status(self, shop):
        return shop.ask("GET", "/api/v1/stock?sku=BTK-001", None, self.head).status

    def check(self):
        wait_for("a revoked token is void everywhere", lambda: self.status(self.there) == 401,
                 TOKEN_SECONDS_MAX)
        check("and at the other within five seconds", self.status(self.here) == 401)


def check_person(here, there):
    """A cashier is dismissed while he is signed in at the other program."""
    here.must("user", "add", "sari", "cashier", "Sari Contoh", given=PASSWORD + "\n")
    browser = there.browser("sari")
    check("a new cashier signs in at the other program", browser.get("/barang").status == 200)
    answer = here.browser("admin").submit("/atur/pengguna/sari", {
        "nama": "Sari Contoh", "peran": "cashier"})  # and no longer "aktif"
    check("he is dismissed at this one", answer.status == 303, answer)
    check("and gone at the other", browser.get("/barang").status == 303, browser.get("/barang"))


def check_verify(shops):
    for shop in shops:
        check("the program ends with status 0 when asked", shop.stop() == 0, shop.tail())
    out = shops[0].command("verify")
    check("etalase verify passes", out.returncode == 0, out.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    args = parser.parse_args()
    print("seed", args.seed, flush=True)
    program = os.path.abspath(args.program)
    shops = []
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        try:
            server.prepare(program)
            url = server.url(server.database())
            for name in ("satu", "dua"):
                os.mkdir(os.path.join(folder, name))
                shops.append(Shop(program, os.path.join(folder, name), db=url))
            shops[0].make(PRODUCTS, tills=2 * TILLS_EACH)
            shops[1].tokens = shops[0].tokens
            for shop in shops:
                shop.start()
            token = Token(*shops)
            check_race(shops, random.Random(args.seed))
            check_sessions(*shops)
            check_person(*shops)
            token.check()
            check_verify(shops)
        except (OSError, RuntimeError, ValueError, KeyError, IndexError) as e:
            check("the checks ran to their end", False, repr(e))
        finally:
            for shop in shops:
                shop.kill()
    finish()


if __name__ == "__main__":
    main()
