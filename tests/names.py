"""No maker's name stands anywhere but on the page that is opened for a purpose.

    python3 tests/names.py build/dev/etalase

A shop gets makers with names that stand nowhere else, by the forms, as the workshop does it.  Things
happen; forms are refused with the names in them.  Then every GET address of the route table is opened by
every role and by a stranger, links are followed, and all that comes back is searched for the names and
register numbers in every spelling: pages, pictures with their chunks, PDFs as text, tables, exports,
answers to machines, headers, the journal, the log, the files beside the database, and each table of the
database but the two that hold the files.  What searches is itself tried on what it must find.
"""
import base64
import html
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from shop import PASSWORD, Browser, Shop, check, finish  # noqa: E402

PRODUCTS = [
    "BTK-001,Kain batik burung enggang,batik,Bengkel Batik,piece,potong,250000,160000,425119,,,",
    "KRJ-001,Gantungan kunci korek api,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,",
    "OLH-001,Keripik contoh,makanan,Bengkel Dapur,lot,bungkus,20000,9000,425119,,,",
]
ROLES = ("cashier", "workshop", "partner", "treasurer", "supervisor", "auditor", "admin")
SEE = ("workshop", "supervisor")  # who may open a file
# Fictitious, and such that no other text holds them; signs that encodings change.
MAKERS = {
    "W-03": ("Zhaqwir Xolbanatu", "BI-90417/XQ"),
    "W-07": ("Qo'imah Zürwanti & Wrenggapuk", "BII 55.318-ZK"),
    "W-11": ("Vuqtorman Jhyrbeleng", "REG#77020831"),
}
PURPOSE = "memeriksa masa izin"
LOCAL = {"maker_file", "maker_skill"}  # the only tables that may hold them
ADDRESSES_MAX = 6  # of one route, by one role
LINK = re.compile(r'\b(?:href|src|action)="(/[^"]*)"')
OPENED_BY_ITS_TOKEN = {"/mulai/{token}"}  # of the first administrator, who exists

found = []  # (where, what)
opened = {}  # route -> set of (role, status)


# ---- searching ----

def letters(text):
    """Only letters and digits, in one case: blanks and signs are spelled in many ways."""
    return "".join(c for c in text.casefold() if c.isalnum())


def needles():
    """Whole names, each long word of them, and register numbers."""
    out = set()
    for name, register in MAKERS.values():
        out |= {letters(name), letters(register), letters(register)[-6:]}
        out |= {letters(word) for word in name.split() if len(letters(word)) >= 6}
    return out


def spellings(data):
    """A text in every way in which it may have been written down."""
    text = data.decode("utf-8", "replace")
    yield text
    yield data.decode("latin-1")
    yield data.decode("utf-16-le", "ignore")
    yield urllib.parse.unquote_plus(text)
    yield html.unescape(text)
    if "\\" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), text)
    for run in set(re.findall(r"\b(?:[0-9a-fA-F]{2}){6,}\b", text)):
        yield bytes.fromhex(run).decode("utf-8", "replace")
    for run in set(re.findall(r"[A-Za-z0-9+/]{12,}={0,2}", text)):
        for cut in range(4):
            part = run.rstrip("=")[cut:]
            yield base64.b64decode(part[:len(part) // 4 * 4] + "").decode("utf-8", "replace")


def inside(data):
    """The bytes, and what is packed in them."""
    yield data
    if data[:4] == b"%PDF":
        yield subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True,
                             check=True, timeout=60).stdout
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        at = 8
        while at + 8 <= len(data):
            size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
            body = data[at + 8:at + 8 + size]
            if kind in (b"zTXt", b"iTXt") and b"\0" in body:
                for start in range(len(body)):
                    if body[start:start + 1] == b"\x78":
                        try:
                            yield zlib.decompress(body[start:])
                        except zlib.error:
                            pass
            at += size + 12
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            for name in z.namelist():
                yield z.read(name)


def names_in(data, wanted=None):
    """Which names stand in the bytes."""
    wanted = wanted or needles()
    seen = set()
    for part in inside(data):
        for text in spellings(part):
            plain = letters(text)
            seen |= {n for n in wanted if n in plain}
    return seen


def search(where, data):
    for name in names_in(data):
        found.append((where, name))


def check_search():
    """The search finds what it is for, in every spelling."""
    name, register = MAKERS["W-07"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("sheet.xml", name)
    chunk = b"Title\0\1\0\0\0" + zlib.compress(name.encode())
    png = b"\x89PNG\r\n\x1a\n" + len(chunk).to_bytes(4, "big") + b"iTXt" + chunk + b"\0\0\0\0"
    for what, data in {
            "as it is": name.encode(), "in capitals": name.upper().encode(),
            "in an address": urllib.parse.quote(name).encode(),
            "in a form": urllib.parse.quote_plus(register).encode(),
            "in lower-case percent codes": urllib.parse.quote(name).lower().encode(),
            "in HTML": html.escape(name).encode(), "in JSON": json.dumps({"n": name}).encode(),
            "in a JSON string of JSON": json.dumps(json.dumps(register)).encode(),
            "in hex": name.encode().hex().encode(), "in base64": base64.b64encode(name.encode()),
            "in UTF-16": name.encode("utf-16-le"), "in a packed table": packed.getvalue(),
            "in a picture's chunk": png,
            "one word of it": b"kain oleh zurwanti wrenggapuk"}.items():
        check(f"a name is found {what}", names_in(data), repr(data[:80]))
    check("ordinary words are no name", not names_in(b"Kain batik burung enggang, Bengkel Batik"))


# ---- the shop, and what happens in it ----

def maker(browser, code, **more):
    name, register = MAKERS[code]
    return browser.submit("/perajin/baru", {
        "kode": code, "nama": name, "register": register, "dari": "2026-01-01",
        "sampai": "2020-01-01" if "bad" in more else "2027-12-31", "dokumen": "SK-1/CONTOH",
        "aktif": "1"}, action="/perajin/baru")


def open_file(browser, code, purpose):
    page = f"/perajin/{code}"
    return browser.submit(page, {"tujuan": purpose}, action=page + "/buka")


def check_forms(people):
    """Makers come in by the form; what is refused is given back to the same person alone."""
    workshop = people["workshop"]
    refused = maker(workshop, "W-03", bad=True)
    check("a window that ends before it begins is refused, and the name stays in the form",
          refused.status == 422 and names_in(refused.body), repr(refused))
    for code in MAKERS:
        answer = maker(workshop, code)
        check(f"{code} is saved", answer.status == 303, repr(answer))
        search("where the form leads to", str(answer.headers).encode())
    again = maker(workshop, "W-03")
    check("a code is given once", again.status == 409, repr(again))
    shown = open_file(workshop, "W-07", PURPOSE)
    check("the page that is opened for a purpose holds the name and the register number",
          shown.status == 200 and {letters(x) for x in MAKERS["W-07"]} <= names_in(shown.body),
          repr(shown))
    check("and nobody keeps a copy of it", shown.headers["Cache-Control"] == "no-store",
          shown.headers["Cache-Control"])
    named = open_file(workshop, "W-03", "data " + MAKERS["W-11"][0].lower())
    check("a purpose that names somebody is refused", named.status == 422, repr(named))
    check("so is none", open_file(workshop, "W-03", "").status == 422)
    changed = re.search(r'name="kunci" value="(\w+)"', shown.body.decode())
    fields = {"nama": MAKERS["W-07"][0], "register": MAKERS["W-07"][1], "dari": "2026-01-01",
              "sampai": "2026-01-31", "dokumen": "SK-2/CONTOH", "aktif": "1", "terampil": "batik",
              "sertifikat": "S-1", "penerbit": "LLK Contoh", "terbit": "2026-01-05",
              "kunci": changed.group(1), "csrf": csrf(shown.body)}
    answer = workshop.post("/perajin/W-07/data", fields)
    check("a file is changed by the form of that page", answer.status == 303, repr(answer))
    search("where the change leads to", str(answer.headers).encode())
    answer = workshop.post("/perajin/W-07/data", fields)
    check("the same form again is the same change", answer.status == 303, repr(answer))
    search("where it leads to again", str(answer.headers).encode() + answer.body)


def csrf(body):
    return re.search(r'name="csrf" value="([^"]+)"', body.decode()).group(1)


def check_refused(people, shop):
    """Whoever else asks for a file, or sends names: 403, and no name comes back."""
    name, register = MAKERS["W-11"]
    for role, browser in people.items():
        if role not in SEE:
            token = csrf(browser.get("/bantuan").body)
            for path in ("/perajin/W-11/buka", "/perajin/W-11/data", "/perajin/baru"):
                answer = browser.post(path, {"csrf": token, "kunci": "0" * 32, "tujuan": PURPOSE,
                                             "kode": "W-90", "nama": name, "register": register})
                check(f"{role} may not post to {path}", answer.status == 403, repr(answer))
                search(f"refused to {role}: {path}", answer.body)
    stranger = shop.ask("POST", "/perajin/W-11/buka", b"tujuan=ingin+tahu", {
        "Content-Type": "application/x-www-form-urlencoded"})
    check("a stranger may not open a file", stranger.status in (303, 401, 403), repr(stranger))
    for role in ROLES:
        answer = shop.ask("POST", "/perajin/W-11/buka", b"tujuan=ingin+tahu", {
            "Authorization": "Bearer " + shop.tokens[role],
            "Content-Type": "application/x-www-form-urlencoded"})
        check(f"a machine's key ({role}) opens no file", answer.status in (303, 401, 403),
              repr(answer))
        search(f"a machine's key ({role})", answer.body)
    wrong = people["workshop"].post("/perajin/baru", {"csrf": "x" * 43, "kunci": "1" * 32,
                                                      "kode": "W-91", "nama": name})
    check("a form with a wrong token is refused", wrong.status == 403, repr(wrong))
    search("a form with a wrong token", wrong.body)
    # Somebody types a name into a search: it may stand in that person's own field, and nowhere else.
    people["workshop"].get("/barang?cari=" + urllib.parse.quote(name))


def happen(shop, people):
    """Goods come, labels are drawn, something is sold, a price is proposed."""
    lot = shop.receive("BTK-001", 6, 160000)
    shop.receive("KRJ-001", 10, 9000)
    sold = shop.sell(shop.codes("BTK-001")[0], "KRJ-001")
    check("something is sold", sold.status == 201, repr(sold))
    workshop = people["workshop"]
    answer = workshop.submit("/barang/BTK-001/harga", {"harga": "260000", "dasar": "Harga pasar."})
    check("a price is proposed", answer.status == 303, repr(answer))
    papers = [answer.headers["Location"], *papers_of(shop, workshop)]
    drawn = workshop.submit(f"/label/{lot}", {}, action=f"/label/{lot}")
    check("labels are printed", drawn.status == 303, repr(drawn))
    papers.append(drawn.headers["Location"])
    till = people["cashier"].submit("/kasir/pilih", {"kasir": "1"}, action="/kasir/pilih")
    scan = people["cashier"].submit("/kasir", {"kode": shop.codes("BTK-001")[1]}, "/kasir/pindai")
    check("a cart is open", till.status == scan.status == 303, f"{till!r} {scan!r}")
    return {"lot": lot, "code": shop.codes("BTK-001")[0], "number": sold.json()["number"],
            "papers": papers}


def places(browser, page, field):
    """What the form offers for that field."""
    inside = re.search(rf'<select id="{field}".*?</select>', browser.get(page).body.decode(), re.S)
    return re.findall(r'<option value="([^"]+)"', inside.group(0))


def papers_of(shop, browser):
    """The addresses of a transfer, a count and a write-off of pieces, wherever they stand."""
    out = []
    forms = {"/hitung": ("tempat", {"catatan": "hitungan"}),
             "/kirim/baru": ("asal", {"catatan": "kiriman"}),
             "/hapus/baru": ("tempat", {"jenis": "damaged", "alasan": "robek saat dijahit"})}
    for page, (field, values) in forms.items():
        answer, all_places = None, places(browser, page, field)
        for i, place in enumerate(all_places):
            other = {"tujuan": all_places[i - 1]} if page == "/kirim/baru" else {}
            code = {} if page == "/hitung" else {"kode": shop.codes("BTK-001")[-1 - len(out)]}
            answer = browser.submit(page, {field: place, **values, **other, **code}, action=page)
            if answer.status == 303:
                out.append(answer.headers["Location"])
                break
        check(f"{page} makes its paper", answer and answer.status == 303, str(re.findall(
            r'<li>(.*?)</li>', answer.body.decode(), re.S))[-400:])
    return out


# ---- every address, by everybody ----

def routes(program):
    """[(pattern of the address, its text, roles)] of every GET."""
    said = subprocess.run([program, "routes"], capture_output=True, text=True, check=True).stdout
    out = []
    for line in said.splitlines():
        method, path, roles = line.split(" ", 2)
        if method == "GET":
            pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))
            out.append((re.compile(pattern + r"\Z", re.I if path.startswith(("/P", "/S")) else 0),
                        path, roles))
    return out


def begin_at(table, known):
    """An address of every route; what has parameters gets what the shop knows."""
    fill = {"sku": "BTK-001", "lot": known["lot"], "kode": known["code"], "code": known["code"],
            "number": known["number"], "no": known["number"], "login": "workshop", "gtin": "0",
            "serial": known["code"], "tanda": "x", "hash": "x", "name": "x"}
    out = [*known["papers"], *(p + ".pdf" for p in known["papers"]), "/api/v1/items/BTK-001",
           "/api/v1/stock?sku=BTK-001"]
    out += ["/m/hitung/" + p.rsplit("/", 1)[1] for p in known["papers"]]
    out += ["/m/terima/" + p.rsplit("/", 1)[1] for p in known["papers"]]
    for code in MAKERS:
        out += [f"/perajin/{code}", f"/P/{code}", f"/api/v1/items/{code}", f"/jejak?cari={code}"]
    for _, path, _ in table:
        if path not in OPENED_BY_ITS_TOKEN:
            out.append(re.sub(r"\{(\w+)\}", lambda m: urllib.parse.quote(
                fill.get(m.group(1), known["number"]), safe=""), path))
    return out


def route_of(table, address):
    path = address.split("?")[0]
    return next((text for pattern, text, _ in table if pattern.match(path)), None)


def walk(table, role, get, start):
    """Opens all of `start`, and follows links, at most so many of one route."""
    queue, done, howmany = list(start), set(), {}
    while queue:
        address = queue.pop(0)
        route = route_of(table, address)
        if address in done or not route or route in OPENED_BY_ITS_TOKEN:
            continue
        if howmany.get(route, 0) >= ADDRESSES_MAX and address not in start:
            continue
        done.add(address)
        howmany[route] = howmany.get(route, 0) + 1
        answer = get(address)
        opened.setdefault(route, set()).add((role, answer.status))
        search(f"{role} {address} {answer.status}", answer.body + str(answer.headers).encode())
        if answer.headers.get_content_type() == "text/html":
            links = LINK.findall(answer.body.decode("utf-8", "replace"))
            queue += [html.unescape(link).split("#")[0] for link in links]
    return len(done)


def check_walk(program, shop, people, known):
    table = routes(program)
    start = begin_at(table, known)
    total = walk(table, "stranger", shop.get, start)
    for role, browser in people.items():
        total += walk(table, role, browser.get, start)
        total += walk(table, f"key of {role}", lambda a, r=role: shop.get(a, r),
                      [a for a in start if a.startswith("/api/")])
    missed = [path for _, path, _ in table if path not in opened and path not in OPENED_BY_ITS_TOKEN]
    check("every address of the route table was opened", not missed, ", ".join(missed))
    for path in ("/barang/{sku}", "/produksi/{lot}", "/label/cetak/{no}.pdf", "/label/{lot}.png",
                 "/P/{kode}", "/struk/{no}.png", "/struk/{no}.pdf", "/perajin", "/perajin/{kode}",
                 "/api/v1/export/journal.jsonl", "/api/v1/export/sales.csv", "/harga/{no}", "/kirim/{no}",
                 "/hitung/{no}", "/hapus/{no}", "/kasir/bayar"):
        check(f"{path} shows something", any(s == 200 for _, s in opened.get(path, ())))
    for path in ("/perajin", "/perajin/{kode}"):
        may = {role for role, status in opened[path] if status == 200}
        check(f"{path} is for those who plan and audit", may == {
            "workshop", "supervisor", "admin", "auditor"}, str(may))
    empty = [p for p, who in opened.items() if not any(s == 200 for _, s in who)]
    print(f"# {total} answers searched; nothing to show yet on: {', '.join(sorted(empty)) or '-'}")
    check("no page, picture, paper, table or answer names a maker", not found, str(found[:10]))


# ---- what stays on the disk ----

def check_journal(shop):
    body = shop.get("/api/v1/export/journal.jsonl", "auditor").body
    lines = [json.loads(line) for line in body.splitlines()]
    looks = [(line["actor"], row) for line in lines for table, row in json.loads(line["body"])
             if table == "maker_look"]
    check("each look is in the journal: who, which code, what for", [
        (actor, row["code"], row["what"], row["purpose"]) for actor, row in looks] == [
            ("workshop", "W-07", "viewed", PURPOSE), ("workshop", "W-07", "changed", "-"),
            ("supervisor", "W-11", "viewed", PURPOSE)], str(looks))
    check("makers are in the journal by their codes", sum(
        table == "maker" for line in lines for table, _ in json.loads(line["body"])) == len(MAKERS))
    check("the journal names no maker", not names_in(body), str(names_in(body)))


def check_files(shop):
    for folder, _, names in os.walk(shop.folder):
        for name in names:
            if not name.startswith("etalase.db"):
                with open(os.path.join(folder, name), "rb") as f:
                    search(os.path.join(folder, name), f.read())
    check("neither the log nor a file beside the database names a maker", not found, str(found[:10]))


def check_tables(shop):
    """Of a file: each table but two.  (On a server the same schema and statements run.)"""
    if shop.db:
        return
    db = sqlite3.connect(os.path.join(shop.data, "etalase.db"))
    held = set()
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in db.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                data = value if isinstance(value, bytes) else str(value).encode()
                if isinstance(value, (str, bytes)) and names_in(data):
                    held.add(table)
    db.close()
    check("of all tables only the local ones hold names, and they do", held == {"maker_file"},
          str(held))


def main():
    program = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="etalase-names-")
    shop = Shop(program, folder)
    try:
        check_search()
        shop.make(PRODUCTS)
        shop.start()
        people = {role: Browser(shop, role) for role in ROLES}
        check_forms(people)
        check_refused(people, shop)
        known = happen(shop, people)
        shown = open_file(people["supervisor"], "W-11", PURPOSE)
        check("the supervisor may open a file too", letters(MAKERS["W-11"][0]) in names_in(
            shown.body), repr(shown))
        check_walk(program, shop, people, known)
        check_journal(shop)
        check("the server ends well", shop.stop() == 0, shop.tail())
        check_files(shop)
        check_tables(shop)
        verified = shop.command("verify")
        check("the books are whole", verified.returncode == 0, verified.stderr)
    finally:
        shop.kill()
        shutil.rmtree(folder, ignore_errors=True)
    finish()


if __name__ == "__main__":
    main()
