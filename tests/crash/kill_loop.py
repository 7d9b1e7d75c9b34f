"""Kills the server again and again while three tills sell over HTTP, and counts what is left.

    python3 tests/crash/kill_loop.py PROGRAM [--kills N] [--seed N]

Each till makes a key before its first attempt and repeats the request with it until there is an
answer.  Afterwards every answered sale must be in the journal exactly once, with gapless numbers, and
nothing that nobody asked for; goods and money must add up; `etalase verify` must pass.
The seed is printed and gives the same moments of death.  One line a check, then `N passed, N failed`.
"""
import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from shop import Shop, check, finish, sale_body  # noqa: E402

TILLS = 3
PRODUCTS = [
    "KRJ-001,Gantungan kunci korek api,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,",
    "KRJ-002,Miniatur perahu,kerajinan,Bengkel Kayu,lot,buah,85000,50000,425119,,,",
    "MKN-001,Keripik singkong,makanan,Bengkel Roti,lot,bungkus,12000,7000,425119,90,,",
    "JSA-001,Cukur rambut,jasa,Bengkel Jasa,service,kali,20000,5000,425699,,,",
]
GOODS = {"KRJ-001": 9000, "KRJ-002": 50000, "MKN-001": 7000}
STOCK = 900_000
ALIVE_MS = (5, 120)  # from the first answer until death
PAUSE_S = 0.004  # a till between two sales
SECONDS_MAX = 300


class Till(threading.Thread):
    """Sells until told to stop; never gives up on a sale once begun."""

    def __init__(self, shop, number, chance):
        super().__init__(daemon=True)
        self.shop, self.number, self.chance = shop, str(number), chance
        self.ending = threading.Event()
        self.sold = []  # (key, answer)
        self.repeats = 0  # answers that had been given before: in doubt until asked again
        self.wrong = []  # answers that must not be

    def run(self):
        while not self.ending.is_set():
            skus = self.chance.sample(list(GOODS) + ["JSA-001"], self.chance.randint(1, 4))
            lines = [{"code": sku, "qty": self.chance.randint(1, 3)} for sku in skus]
            self.sell(uuid.uuid4().hex, sale_body(lines, 2_000_000, self.number))
            time.sleep(PAUSE_S)

    def sell(self, key, body):
        until = time.monotonic() + SECONDS_MAX
        while time.monotonic() < until:
            try:
                answer = self.shop.post("/api/v1/sales", body, key=key)
            except OSError:
                time.sleep(0.01)
                continue
            if answer.status in (200, 201):
                self.repeats += answer.status == 200
                self.sold.append((key, answer.json()))
            else:
                self.wrong.append(repr(answer))
            return
        self.wrong.append("no answer within the time: " + key)


def kill_again_and_again(shop, tills, kills, chance):
    starts = []
    for _ in range(kills):
        begun = time.monotonic()
        shop.start()
        starts.append(time.monotonic() - begun)
        time.sleep(chance.uniform(*ALIVE_MS) / 1000)
        shop.kill()
    shop.start()
    for till in tills:
        till.ending.set()
    for till in tills:
        till.join(SECONDS_MAX)
    return sorted(starts)


def sales_of(journal):
    """The sales that the journal holds: number -> facts."""
    sales, doubled = {}, []
    for text in journal.decode().splitlines():
        line = json.loads(text)
        if line["kind"] == "sale":
            facts = json.loads(line["body"])
            head = facts[0][1]
            doubled += [head["number"]] if head["number"] in sales else []
            sales[head["number"]] = facts
    return sales, doubled


def check_sales(sales, doubled, tills):
    sold = {answer["number"]: key for till in tills for key, answer in till.sold}
    asked = sum(len(till.sold) for till in tills)
    keys = Counter(facts[0][1]["key"] for facts in sales.values())
    lost = sorted(set(sold) - set(sales))
    check(f"each of {asked} answered sales is in the journal", not lost, f"{len(lost)}: {lost[:3]}")
    check("each is there once", not doubled and len(sold) == asked and max(keys.values()) == 1,
          f"{doubled[:3]}, {keys.most_common(1)}")
    check("under the key with which it was asked for",
          all(sales[number][0][1]["key"] == key for number, key in sold.items() if number in sales))
    strangers = sorted(set(sales) - set(sold))
    check("and no other sale is there", not strangers, f"{len(strangers)}: {strangers[:3]}")
    for till in tills:
        numbers = sorted(int(number.rsplit("/", 1)[1]) for number in sales
                         if number.startswith(till.number + "/"))
        check(f"the {len(numbers)} numbers of till {till.number} have no gap",
              numbers == list(range(1, len(numbers) + 1)), f"{numbers[:5]} ... {numbers[-5:]}")


def rows(sales, table):
    return [row for facts in sales.values() for name, row in facts if name == table]


def check_sums(shop, sales):
    uneven = [number for number, facts in sales.items()
              if not facts[0][1]["total_rp"]
              == sum(row["total_rp"] for name, row in facts if name == "sale_line")
              == sum(row["amount_rp"] for name, row in facts if name == "payment")]
    check("every sale is the sum of its lines and of its payments", not uneven, uneven[:3])
    for sku in GOODS:
        sold = sum(row["qty_milli"] for row in rows(sales, "sale_line") if row["sku"] == sku)
        hand = shop.on_hand(sku)
        check(f"{sku}: received less sold is on hand", STOCK * 1000 - sold == float(hand) * 1000,
              f"{STOCK} - {sold / 1000} against {hand}")
    drawers = sum(row["amount_rp"] for row in rows(sales, "payment"))
    moved = sum(row["amount_rp"] for row in rows(sales, "money_move") if row["reason"] == "tender")
    check("what was paid went into the drawers", drawers == moved, f"{drawers} against {moved}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    args = parser.parse_args()
    print("seed", args.seed, flush=True)
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(os.path.abspath(args.program), folder)
        try:
            shop.make(PRODUCTS, tills=TILLS)
            shop.start()
            for sku, cost in GOODS.items():
                shop.receive(sku, STOCK, cost)
            shop.kill()
            tills = [Till(shop, n + 1, random.Random(chance.random())) for n in range(TILLS)]
            for till in tills:
                till.start()
            starts = kill_again_and_again(shop, tills, args.kills, chance)
            print(f"{args.kills} kills, {sum(len(t.sold) for t in tills)} sales, "
                  f"{sum(t.repeats for t in tills)} of them committed without an answer; "
                  f"start after a kill {starts[len(starts) // 2] * 1000:.0f} ms, "
                  f"at most {starts[-1] * 1000:.0f} ms", flush=True)
            wrong = [w for t in tills for w in t.wrong]
            check("every attempt was answered 201 or 200 in the end", not wrong, wrong[:3])
            sales, doubled = sales_of(shop.get("/api/v1/export/journal.jsonl", "auditor").body)
            check_sales(sales, doubled, tills)
            check_sums(shop, sales)
            check("the server ends with status 0 when asked", shop.stop() == 0, shop.tail())
            verified = shop.command("verify")
            check("etalase verify finds chain, rebuild and caches equal", verified.returncode == 0,
                  verified.stderr.strip())
        except (OSError, RuntimeError, ValueError, KeyError, IndexError) as e:
            check("the checks ran to their end", False, repr(e))
        finally:
            shop.kill()
    finish()


if __name__ == "__main__":
    main()
