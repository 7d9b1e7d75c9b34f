"""Tills that sell over HTTP and never give up on a sale once begun, and what must be true afterwards.

Shared by the programs that kill something while they sell.
"""
import json
import threading
import time
import uuid
from collections import Counter

from shop import check, sale_body

PRODUCTS = [
    "KRJ-001,Gantungan kunci korek api,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,",
    "KRJ-002,Miniatur perahu,kerajinan,Bengkel Kayu,lot,buah,85000,50000,425119,,,",
    "MKN-001,Keripik singkong,makanan,Bengkel Roti,lot,bungkus,12000,7000,425119,90,,",
    "JSA-001,Cukur rambut,jasa,Bengkel Jasa,service,kali,20000,5000,425699,,,",
]
GOODS = {"KRJ-001": 9000, "KRJ-002": 50000, "MKN-001": 7000}
STOCK = 900_000
PAUSE_S = 0.004  # a till between two sales
SECONDS_MAX = 300


class Till(threading.Thread):
    """Sells until told to stop.  `again`: statuses after which the same request is sent again."""

    def __init__(self, shop, number, chance, again=()):
        super().__init__(daemon=True)
        self.shop, self.number, self.chance, self.again = shop, str(number), chance, again
        self.ending = threading.Event()
        self.sold = []  # (key, answer)
        self.repeats = 0  # answers that had been given before: in doubt until asked again
        self.away = 0  # answers after which it asked again
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
            if answer.status in self.again and answer.slug():
                self.away += 1
                time.sleep(0.02)
                continue
            if answer.status in (200, 201):
                self.repeats += answer.status == 200
                self.sold.append((key, answer.json()))
            else:
                self.wrong.append(repr(answer))
            return
        self.wrong.append("no answer within the time: " + key)


def end(tills):
    for till in tills:
        till.ending.set()
    for till in tills:
        till.join(SECONDS_MAX)


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
    lost = [(key, answer["number"]) for till in tills for key, answer in till.sold
            if key not in keys or answer["number"] not in sales]
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


def check_books(shop, tills):
    """All of it, on a shop that serves; then it is stopped, and verified."""
    wrong = [w for t in tills for w in t.wrong]
    check("every attempt was answered 201 or 200 in the end", not wrong, wrong[:3])
    sales, doubled = sales_of(shop.get("/api/v1/export/journal.jsonl", "auditor").body)
    check_sales(sales, doubled, tills)
    check_sums(shop, sales)
    check("the server ends with status 0 when asked", shop.stop() == 0, shop.tail())
    verified = shop.command("verify")
    check("etalase verify finds chain, rebuild and caches equal", verified.returncode == 0,
          verified.stderr.strip())
