"""The contract of the machine interface, held by calling it.

    python3 tests/api/test_api.py PROGRAM

Every answer is held against docs/openapi.yaml.  One line a check, then `N passed, N failed`.
"""
import json
import os
import sys
import tempfile
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), HERE]
from books import balances_of_journal, balances_of_ledger, run  # noqa: E402
from contract import Contract, quoted  # noqa: E402
from shop import Shop, check, finish, label_code, sale_body  # noqa: E402

OPENAPI = os.path.join(HERE, "..", "..", "docs", "openapi.yaml")
PRODUCTS = [
    "BTK-001,Kain batik burung enggang,batik,Bengkel Batik,piece,potong,250000,160000,425119,,,",
    "KRJ-001,Gantungan kunci korek api,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,",
    "KRJ-009,Kalung biji,kerajinan,Bengkel Kayu,lot,buah,40000,20000,425119,,,",
    "KAIN-01,Kain meteran,batik,Bengkel Batik,lot,meter,60000,35000,425119,,,",
    "JSA-001,Cukur rambut,jasa,Bengkel Jasa,service,kali,20000,5000,425699,,,",
    "BHN-001,Benang,batik,Bengkel Batik,material,gulung,5000,4000,425119,,,",
]
ROLES = ("cashier", "workshop", "partner", "treasurer", "supervisor", "auditor", "admin")
EXPORTS = ("journal.jsonl", "sales.csv", "stock.csv", "ledger.hledger")


class Watched(Shop):
    """Holds every answer of the machine interface against the document."""

    def __init__(self, *args):
        super().__init__(*args)
        self.contract = Contract(OPENAPI)
        self.faults = []

    def ask(self, method, path, *rest, **named):
        answer = super().ask(method, path, *rest, **named)
        if path.startswith("/api/v1/") or path == "/healthz":
            self.faults += self.contract.faults(method, path, answer)
        return answer


def refused(name, answer, status, *slugs):
    """A problem of that status, with a sentence that says what to do next."""
    good = (answer.status == status and answer.slug() in slugs and
            answer.json()["status"] == status and len(answer.json()["detail"]) > 20)
    return check(f"{name}: {status} {slugs[0]}", good, answer)


# ---- who may ----

def check_tokens(shop):
    for path in ("/api/v1/items/KRJ-001", "/api/v1/stock", "/api/v1/export/sales.csv"):
        answer = shop.get(path)
        refused(f"{path} without a token", answer, 401, "login-needed")
        check("and says how to sign in", answer.headers["WWW-Authenticate"] == "Bearer",
              answer.headers["WWW-Authenticate"])
    for what, token in (("an invented token", "x" * 43), ("a revoked token", shop.tokens["gone"]),
                        ("an empty token", "")):
        answer = shop.ask("GET", "/api/v1/stock", None, {"Authorization": "Bearer " + token})
        refused(what, answer, 401, "login-needed")
    answer = shop.ask("GET", "/api/v1/stock", None, {"Authorization": "Basic a2FzaXI6a2FzaXI="})
    refused("a password instead of a token", answer, 401, "login-needed")
    refused("a sale without a token", shop.post("/api/v1/sales", {}, role=None), 401,
            "login-needed")


def machine_routes(shop):
    """(method, path, roles) of the program's own table."""
    for line in run(shop.program, "routes").stdout.splitlines():
        method, path, roles = line.split(None, 2)
        if path.startswith("/api/v1/"):
            yield method, path, roles.split(",")


def check_roles(shop):
    calls = {"{code}": "KRJ-001", "{number}": quoted(shop.first_number),
             "{kode}": shop.codes("BTK-001")[0]}
    for method, template, allowed in machine_routes(shop):
        path = template
        for name, value in calls.items():
            path = path.replace(name, value)
        odd = []
        for role in ROLES:
            answer = shop.get(path, role) if method == "GET" else shop.post(path, {}, role=role)
            want = 403 if role not in allowed else 200 if method == "GET" else 400
            if answer.status != want:
                odd.append(f"{role}: {answer.status} instead of {want}")
        check(f"{method} {template} is for {', '.join(allowed)} only", not odd, odd)


def check_addresses(shop):
    answer = shop.ask("DELETE", "/api/v1/stock", None, {"Authorization": "Bearer x"})
    check("an unknown method is refused", answer.status in (405, 501) and answer.slug(), answer)
    shop.faults.clear()  # that method is in no document
    answer = shop.ask("POST", "/api/v1/stock", b"{}", {"Content-Type": "application/json"})
    check("POST where only GET is known: 405 with Allow",
          answer.status == 405 and "GET" in (answer.headers["Allow"] or ""), answer)
    answer = shop.get("/api/v1/no-such-thing", "cashier")
    check("an unknown address: 404 as a problem", answer.status == 404 and answer.slug(), answer)
    shop.faults.clear()
    answer = shop.ask("GET", "/api/v1/stock", None, {"Host": "elsewhere.example"})
    check("another Host: 421", answer.status == 421 and answer.slug() == "host-unknown", answer)
    shop.faults.clear()


# ---- goods ----

def check_items(shop, piece, lot):
    def item(code):
        return shop.get("/api/v1/items/" + quoted(code), "cashier")

    answer = item(piece)
    got = answer.json()
    check("a label: a piece, available, with its product and place",
          answer.status == 200 and got["kind"] == "piece" and got["state"] == "available" and
          got["code"] == piece and got["product"]["price_rp"] == 250000 and got["place"], answer)
    for form in (piece.lower(), f" {piece} ", f"HTTPS://GALERI.EXAMPLE/P/{piece}",
                 f"https://tua.example/p/{piece.lower()}", f"]Q3HTTPS://GALERI.EXAMPLE/P/{piece}",
                 f"/01/09506000134352/21/{piece}"):
        answer = item(form)
        check(f"the same as {form.replace(piece, 'CODE').replace(piece.lower(), 'code')!r}",
              answer.status == 200 and answer.json().get("code") == piece, answer)
    answer = item(lot)
    check("a lot's label: how many are on hand",
          answer.status == 200 and answer.json()["kind"] == "lot" and
          answer.json()["on_hand"] == "10", answer)
    answer = item("KRJ-001")
    check("an SKU: the product", answer.status == 200 and answer.json()["kind"] == "product" and
          answer.json()["product"]["on_hand"] == "10", answer)
    answer = item("krj-001")
    check("an SKU in small letters", answer.status == 200 and
          answer.json()["product"]["sku"] == "KRJ-001", answer)
    refused("an unknown code", item("TIDAK-ADA"), 404, "code-unknown")
    refused("a label of another prison", item(label_code(1)), 404, "code-foreign")
    wrong = piece[:-1] + ("A" if piece[-1] != "A" else "B")
    refused("a label with a wrong letter", item(wrong), 400, "code-check")


def check_stock(shop):
    answer = shop.get("/api/v1/stock", "cashier")
    rows = {row["sku"]: row for row in answer.json()["stock"]}
    check("stock of the showroom, with labels of pieces",
          rows["KRJ-001"]["on_hand"] == "10" and rows["BTK-001"]["on_hand"] == "3" and
          len(rows["BTK-001"]["codes"]) == 3 and "codes" not in rows["KRJ-001"], answer)
    answer = shop.get("/api/v1/stock?sku=KAIN-01", "cashier")
    check("stock of one product in metres",
          [row["on_hand"] for row in answer.json()["stock"] if row["place"] == rows["KRJ-001"][
              "place"]] == ["50"], answer)
    answer = shop.get("/api/v1/stock?after=KAIN-01", "cashier")
    check("stock after an SKU", [row["sku"] for row in answer.json()["stock"]] == ["KRJ-001"],
          answer)
    place = rows["KRJ-001"]["place"]
    answer = shop.get("/api/v1/stock?place=" + quoted(place), "auditor")
    check("stock of a place by its code", len(answer.json()["stock"]) == 3, answer)
    refused("stock of an unknown SKU", shop.get("/api/v1/stock?sku=TIDAK-ADA", "cashier"), 404,
            "sku-unknown")
    refused("nothing is on hand in a workshop",
            shop.get("/api/v1/stock?place=" + quoted("Bengkel Batik"), "cashier"), 404,
            "place-unknown")
    refused("stock of an unknown place", shop.get("/api/v1/stock?place=bulan", "cashier"), 404,
            "place-unknown")


# ---- sales ----

def check_first_journey(shop, piece):
    """J1: figures to the rupiah."""
    key = str(uuid.uuid4())
    answer = shop.sell(piece, ("KRJ-001", 2), cash=300_000, key=key)
    sale = answer.json()
    want = {"total_rp": 280_000, "tendered_rp": 300_000, "change_rp": 20_000, "pnbp_rp": 15_300,
            "premi_rp": 51_000, "fund_rp": 35_700, "cost_back_rp": 178_000, "till": "1",
            "number": f"1/632331/{sale.get('at', '')[:4]}/000001"}
    check("J1: a batik and two key rings, paid with 300.000", answer.status == 201 and
          {name: sale.get(name) for name in want} == want, answer)
    lines = [{n: line[n] for n in ("sku", "qty", "total_rp", "base_rp", "pnbp_rp", "premi_rp",
                                   "fund_rp", "cost_back_rp", "rule")} for line in sale["lines"]]
    check("J1: the division is frozen on each line", lines == [
        {"sku": "BTK-001", "qty": "1", "total_rp": 250_000, "base_rp": 90_000, "pnbp_rp": 13_500,
         "premi_rp": 45_000, "fund_rp": 31_500, "cost_back_rp": 160_000, "rule": "KEP-1990"},
        {"sku": "KRJ-001", "qty": "2", "total_rp": 30_000, "base_rp": 12_000, "pnbp_rp": 1_800,
         "premi_rp": 6_000, "fund_rp": 4_200, "cost_back_rp": 18_000, "rule": "KEP-1990"}], lines)
    check("J1: one batik and two key rings less", (shop.on_hand("BTK-001"), shop.on_hand(
        "KRJ-001")) == ("2", "8"), (shop.on_hand("BTK-001"), shop.on_hand("KRJ-001")))
    again = shop.sell(piece, ("KRJ-001", 2), cash=300_000, key=key)
    check("the same request again: 200 and the same bytes",
          again.status == 200 and again.body == answer.body, again)
    refused("the same key with another body",
            shop.sell(piece, ("KRJ-001", 3), cash=300_000, key=key), 409, "key-reused")
    second = shop.sell(piece)
    refused("J1: the same batik again", second, 409, "unit-sold")
    check("J1: it says on which receipt", sale["number"] in second.json()["detail"], second)
    stored = shop.get("/api/v1/sales/" + quoted(sale["number"]), "auditor")
    check("the stored sale is the answer", stored.status == 200 and stored.json() == sale, stored)
    item = shop.get("/api/v1/items/" + piece, "cashier").json()
    check("its label says sold, when and on which receipt", item["state"] == "sold" and
          item["sale_number"] == sale["number"] and item["sold_at"] == sale["at"], item)
    receipt = "/api/v1/items/" + quoted("HTTPS://TOKO.ID/S/" + quoted(sale["number"]) + "-1A2B3C4D")
    found = shop.get(receipt, "cashier")
    check("the symbol of a receipt, with its check, is its sale",
          found.status == 200 and found.json()["sale"] == sale, found)
    refused("a partner is told no sale", shop.get(receipt, "partner"), 404, "code-unknown")
    shop.first_number = sale["number"]


def check_bad_sales(shop, piece, lot):
    def sell(name, status, slug, *codes, **named):
        refused(name, shop.sell(*codes, **named), status, slug)

    wrong = piece[:-1] + ("A" if piece[-1] != "A" else "B")
    sell("an unknown code", 422, "code-unknown", "TIDAK-ADA")
    sell("a label of another prison", 422, "code-foreign", label_code(2))
    sell("a label with a wrong letter", 400, "code-check", wrong)
    sell("no approved price", 422, "no-price", "BARU-01")
    sell("too little money", 422, "tender-short", piece, cash=249_999)
    sell("quantity 0", 400, "body-wrong", ("KRJ-001", 0))
    sell("quantity below 0", 400, "body-wrong", ("KRJ-001", -1))
    sell("quantity as text 0", 400, "body-wrong", ("KRJ-001", "0"))
    sell("2.5 of a piece", 400, "qty-fraction", ("BTK-001", "2.5"))
    sell("two of one label", 400, "qty-piece", (piece, 2))
    sell("the same label twice", 400, "in-cart", piece, piece)
    sell("more than there are", 409, "out-of-stock", ("KRJ-001", 9))
    sell("more pieces than there are", 409, "out-of-stock", ("BTK-001", 3))
    sell("material", 422, "product-material", "BHN-001")
    sell("another till than there is", 400, "till-unknown", "KRJ-001", till="9")
    check("nothing was sold by any of them", shop.on_hand("KRJ-001") == "8" and
          shop.on_hand("BTK-001") == "2", shop.on_hand("KRJ-001"))
    answer = shop.sell(("KAIN-01", "26.5"), lot)
    check("26.5 metres and a lot's label are sold", answer.status == 201 and
          answer.json()["lines"][0]["total_rp"] == 1_590_000 and
          shop.on_hand("KAIN-01") == "23.5" and shop.on_hand("KRJ-001") == "7", answer)


ONE = '{"code":"KRJ-001"}'
CASH = '{"kind":"cash","amount_rp":50000}'


def text(lines=ONE, tenders=CASH, till='"1"'):
    return f'{{"till":{till},"lines":[{lines}],"tenders":[{tenders}]}}'.encode()


BODIES = [
    ("no JSON at all", b"halo"),
    ("JSON that stops in the middle", text()[:-3]),
    ("something after the JSON", text() + b"{}"),
    ("a list instead of an object", b"[]"),
    ("an empty body", b""),
    ("an empty object", b"{}"),
    ("a real as quantity", text('{"code":"KRJ-001","qty":2.5}')),
    ("1e0 as quantity", text('{"code":"KRJ-001","qty":1e0}')),
    ("a real as amount", text(tenders='{"kind":"cash","amount_rp":50000.0}')),
    ("an amount as text", text(tenders='{"kind":"cash","amount_rp":"50.000"}')),
    ("an amount below 0", text(tenders='{"kind":"cash","amount_rp":-50000}')),
    ("an amount of 30 digits", text(tenders='{"kind":"cash","amount_rp":' + "9" * 30 + "}")),
    ("an amount of a quintillion", text(tenders='{"kind":"cash","amount_rp":1000000000000000000}')),
    ("a quantity of a quintillion", text('{"code":"KRJ-001","qty":1000000000000000000}')),
    ("NaN", text(tenders='{"kind":"cash","amount_rp":NaN}')),
    ("the same name twice", text('{"code":"KRJ-001","code":"KRJ-009"}')),
    ("a NUL in a text", text('{"code":"KRJ\\u0000-001"}')),
    ("bytes that are not UTF-8", text('{"code":"KRJ-001\xff"}').replace(b"\xc3\xbf", b"\xff")),
    ("a thousand brackets", b"[" * 1000),
    ("no lines", text("")),
    ("201 lines", text(",".join([ONE] * 201))),
    ("a line without a code", text('{"qty":1}')),
    ("a code that is a number", text('{"code":1}')),
    ("lines that are no list", b'{"till":"1","lines":{},"tenders":[]}'),
    ("no tender", text(tenders="")),
    ("five tenders", text(tenders=",".join([CASH] * 5))),
    ("an unknown way to pay", text(tenders='{"kind":"gold","amount_rp":50000}')),
    ("a till that is a number", text(till="1")),
    ("a till with a very long name", text(till='"' + "1" * 200 + '"')),
]


def check_bad_bodies(shop):
    before = shop.get("/healthz").json()["journal"]["seq"]
    for what, body in BODIES:
        answer = shop.post("/api/v1/sales", body)
        check(f"{what}: 400 with a sentence", answer.status == 400 and answer.slug() and
              len(answer.json()["detail"]) > 20, answer)
    refused("a body of 100 KiB", shop.post("/api/v1/sales", b" " * 100_000 + text()), 413,
            "too-large")
    good = sale_body([{"code": "KRJ-001"}], 50_000)
    refused("no Idempotency-Key", shop.post("/api/v1/sales", good, key=False), 400, "key-missing")
    refused("a key of 129 letters", shop.post("/api/v1/sales", good, key="k" * 129), 400,
            "key-bad")
    answer = shop.post("/api/v1/sales", good, headers={"Content-Type": "text/plain"})
    refused("a body that is said to be text", answer, 415, "wrong-type")
    refused("an unknown receipt", shop.get("/api/v1/sales/" + quoted("1/632331/2026/999999"),
                                           "cashier"), 404, "sale-unknown")
    after = shop.get("/healthz").json()["journal"]["seq"]
    check("none of these wrote anything", after == before, f"{before}, then {after}")


def check_language(shop):
    answer = shop.ask("GET", "/api/v1/items/TIDAK-ADA", None, {
        "Authorization": "Bearer " + shop.tokens["cashier"], "Accept-Language": "en"})
    check("a refusal in English when it is asked for",
          "not known" in answer.json()["detail"] or "unknown" in answer.json()["detail"], answer)


# ---- books ----

def check_books(shop, folder):
    kinds = {"journal.jsonl": "application/x-ndjson", "ledger.hledger": "text/plain"}
    for name in EXPORTS:
        answer = shop.get("/api/v1/export/" + name, "treasurer")
        check(f"{name} is exported as {kinds.get(name, 'text/csv')}", answer.status == 200 and
              answer.headers.get_content_type() == kinds.get(name, "text/csv"), answer)
        with open(os.path.join(folder, name), "wb") as f:
            f.write(answer.body)
    journal = os.path.join(folder, "journal.jsonl")
    page = run(sys.executable, os.path.join(HERE, "..", "journal_page.py"), journal)
    head = shop.get("/healthz").json()["journal"]
    check("the checker of docs/journal.md accepts the journal, up to the head that healthz says",
          page.returncode == 0 and page.stdout.split()[2:4] == [str(head["seq"]), head["hash"]],
          page.stderr)
    ledger = os.path.join(folder, "ledger.hledger")
    out = run("hledger", "-f", ledger, "check")
    check("hledger check accepts the ledger", out.returncode == 0, out.stderr)
    ours, theirs = balances_of_journal(journal), balances_of_ledger(ledger)
    check("its balances are those of the journal", ours and ours == theirs, f"{ours}, {theirs}")


def check_money(folder):
    """J1 alone, as the journal has it: from what gave to what received."""
    names, moves = {}, []
    with open(os.path.join(folder, "journal.jsonl"), encoding="utf-8", newline="\n") as f:
        for line in map(json.loads, f):
            facts = json.loads(line["body"])
            names.update({row["id"]: row["kind"] for table, row in facts if table == "account"})
            if line["kind"] == "sale" and not moves:
                moves = [(names[row["from_id"]], names[row["to_id"]], row["amount_rp"])
                         for table, row in facts if table == "money_move"]
    want = [("sales_clearing", "till_drawer", 280_000), ("pnbp_owed", "sales_clearing", 15_300),
            ("premi_owed", "sales_clearing", 51_000), ("production_fund", "sales_clearing", 35_700),
            ("production_fund", "sales_clearing", 178_000)]
    check("J1: 280.000 in the drawer, divided to the last rupiah", sorted(moves) == sorted(want),
          moves)


def prepare(program, folder):
    shop = Watched(program, folder)
    shop.make(PRODUCTS)
    shop.tokens["gone"] = shop.must("token", "dicabut", "admin").strip()
    shop.must("token", "dicabut", "--revoke")
    shop.start()
    shop.receive("BTK-001", 3, 160000)
    shop.receive("KAIN-01", 50, 35000)
    lot = shop.receive("KRJ-001", 10, 9000)
    answer = shop.browser("workshop").submit("/barang/baru", {
        "sku": "BARU-01", "nama": "Barang baru", "kelompok": "kerajinan", "lacak": "lot",
        "bengkel": "Bengkel Kayu", "satuan": "buah", "akun": "425119"})
    check("a product without a price is made", answer.status == 303, answer)
    return shop, lot


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: test_api.py PROGRAM")
    with tempfile.TemporaryDirectory() as folder:
        shop = None
        try:
            shop, lot = prepare(os.path.abspath(sys.argv[1]), folder)
            pieces = shop.codes("BTK-001")
            check_tokens(shop)
            check_items(shop, pieces[0], lot)
            check_stock(shop)
            check_first_journey(shop, pieces[0])
            check_roles(shop)
            check_bad_sales(shop, pieces[1], lot)
            check_bad_bodies(shop)
            check_language(shop)
            check_books(shop, folder)
            check_money(folder)
            faults = sorted(set(shop.faults))
            check("every answer is as docs/openapi.yaml promises", not faults, "; ".join(faults))
            check_addresses(shop)
            check("the server ends with status 0 when asked", shop.stop() == 0, shop.tail())
            out = shop.command("verify")
            check("etalase verify passes", out.returncode == 0, out.stderr)
        except (OSError, RuntimeError, ValueError, KeyError, IndexError, TypeError) as e:
            check("the checks ran to their end", False, repr(e))
        finally:
            if shop:
                shop.kill()
    finish()


if __name__ == "__main__":
    main()
