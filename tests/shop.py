"""A showroom for tests: made with the command line, served on loopback, used over HTTP.

Only the standard library; nothing here knows how the program works inside.  Its data are a file in its
folder, or those of an address (`db`); under tests/postgres/server.py a fresh database of that server.
"""
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import uuid

SATKER = "632331"
HEADING = ("sku,name,family,workshop,tracking,unit,price_rp,cost_rp,revenue_account,"
           "shelf_life_days,motif_or_model,technique")
PASSWORD = "kata-sandi-contoh-1"
START_SECONDS_MAX = 60
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
ACTION = re.compile(r'action="([^"]*)"')
SENTENCE = re.compile(r"^etalase: [A-Z].{15,}[.!]")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')

results = []


def check(name, good, why=""):
    """One line a case."""
    results.append(bool(good))
    print("ok" if good else "not ok", "-", name, "" if good else f"({why})", flush=True)
    return bool(good)


def finish():
    print(f"{sum(results)} passed, {results.count(False)} failed", flush=True)
    raise SystemExit(0 if results and all(results) else 1)


def speaks(out):
    """Status 1 and one sentence of its own on the standard error."""
    lines = [line for line in out.stderr.splitlines() if line.startswith("etalase: ")]
    return out.returncode == 1 and len(lines) == 1 and bool(SENTENCE.match(lines[0]))


def said(out):
    return f"status {out.returncode}: {out.stderr.strip()[-600:]}"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fresh_database():
    """The address of a prepared database on the tests' server; None when there is no server."""
    server = os.environ.get("ETALASE_TEST_SERVER")
    if not server:
        return None
    name = "shop_" + uuid.uuid4().hex[:12]
    subprocess.run([os.path.join(os.environ["ETALASE_TEST_BIN"], "createdb"), name,
                    "--maintenance-db=" + server + "/postgres", "--owner=etalase_owner",
                    "--template=" + os.environ["ETALASE_TEST_TEMPLATE"]], check=True, timeout=60)
    return f"postgresql://etalase@{server.rsplit('@', 1)[1]}/{name}"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def slug(self):
        """The last part of the `type` of a problem; empty when this is none."""
        if self.headers.get_content_type() != "application/problem+json":
            return ""
        return self.json()["type"].rsplit("/", 1)[-1]

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Shop:
    def __init__(self, program, folder, port=None, db=None):
        self.program = program
        self.folder = folder
        self.data = os.path.join(folder, "data")
        self.db = db or fresh_database()
        self.port = port or free_port()
        self.tokens = {}
        self.process = None
        self.env = None  # of the next start
        self.options = []  # of `serve`
        self.before = None  # runs in the server's process before the program

    # ---- the command line ----

    def place(self):
        return ["--data", self.data, *(["--db", self.db] if self.db else [])]

    def command(self, *words, given=None):
        return subprocess.run([self.program, *words, *self.place()], input=given,
                              capture_output=True, text=True, errors="replace", timeout=300, check=False)

    def must(self, *words, given=None):
        out = self.command(*words, given=given)
        if out.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {out.stderr.strip()}")
        return out.stdout

    def make(self, products, tills=3, split="KEP-1990"):
        """Init, products, one user and one token a role."""
        self.must("init", "--satker", SATKER, "--unit", "Galeri Contoh", "--zone", "WITA",
                  "--tills", str(tills), "--split", split, "--label-host", "GALERI.EXAMPLE")
        path = os.path.join(self.folder, "products.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(HEADING + "\n" + "".join(line + "\n" for line in products))
        self.must("import", path)
        for role in ("cashier", "workshop", "partner", "treasurer", "supervisor", "auditor",
                     "admin"):
            self.must("user", "add", role, role, f"Orang {role}", given=PASSWORD + "\n")
            self.tokens[role] = self.must("token", "mesin-" + role, role).strip()

    # ---- the server ----

    def start(self):
        self.log = open(os.path.join(self.folder, "serve.log"), "ab")
        self.process = subprocess.Popen(
            [self.program, "serve", *self.place(), "--listen", f"127.0.0.1:{self.port}",
             *self.options],
            stdout=self.log, stderr=self.log, env=self.env, preexec_fn=self.before)
        until = time.monotonic() + START_SECONDS_MAX
        while not self.healthy():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError("the server did not start: " + self.tail())
            time.sleep(0.01)

    def healthy(self):
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def kill(self):
        """Without a warning, as a power cut."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.log.close()
            self.process = None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.log.close()
        self.process = None
        return status

    def tail(self):
        with open(os.path.join(self.folder, "serve.log"), encoding="utf-8", errors="replace") as f:
            return f.read()[-2000:]

    # ---- HTTP ----

    def ask(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())
        except http.client.HTTPException as e:
            raise OSError(repr(e)) from e
        finally:
            connection.close()

    def get(self, path, role=None):
        headers = {"Authorization": "Bearer " + self.tokens[role]} if role else {}
        return self.ask("GET", path, None, headers)

    def post(self, path, body, role="cashier", key=None, headers=None):
        """`body` is bytes, or what becomes JSON; `key` False sends none."""
        send = {"Content-Type": "application/json"}
        if role:
            send["Authorization"] = "Bearer " + self.tokens[role]
        if key is not False:
            send["Idempotency-Key"] = key or str(uuid.uuid4())
        send.update(headers or {})
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, data, send)

    def sell(self, *codes, cash=10_000_000, key=None, till="1"):
        """Each code is a text, or a pair of text and quantity."""
        lines = [{"code": c} if isinstance(c, str) else {"code": c[0], "qty": c[1]} for c in codes]
        return self.post("/api/v1/sales", sale_body(lines, cash, till), key=key)

    def codes(self, sku):
        """Label codes of the pieces on hand."""
        rows = self.get("/api/v1/stock?sku=" + urllib.parse.quote(sku), "cashier").json()["stock"]
        return [code for row in rows for code in row.get("codes", [])]

    def on_hand(self, sku):
        return self.get("/api/v1/items/" + urllib.parse.quote(sku), "cashier").json()[
            "product"]["on_hand"]

    def browser(self, role):
        return Browser(self, role)

    def receive(self, sku, qty, cost):
        return self.browser("workshop").receive(sku, qty, cost)


def sale_body(lines, cash, till="1"):
    return {"till": till, "lines": lines, "tenders": [{"kind": "cash", "amount_rp": cash}]}


class Browser:
    """Signed in with the password, as people do: session cookie, tokens of forms, origin."""

    def __init__(self, shop, role):
        self.shop = shop
        self.cookies = {}
        answer = self.submit("/masuk", {"nama": role, "sandi": PASSWORD})
        if answer.status != 303:
            raise RuntimeError(f"{role} cannot sign in: {answer}")

    def headers(self):
        return {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
                "Origin": f"http://127.0.0.1:{self.shop.port}"}

    def ask(self, method, path, body=None, headers=None):
        answer = self.shop.ask(method, path, body, {**self.headers(), **(headers or {})})
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields).encode(),
                        {"Content-Type": "application/x-www-form-urlencoded"})

    def submit(self, page, fields, action=None):
        """Opens the page, and sends its form with that action, or else with all of these fields,
        together with what is hidden in it."""
        html = self.get(page).body.decode()
        posts = [form for form in FORM.findall(html) if "post" in form[0]]
        for attributes, inside in posts:
            found = ACTION.search(attributes)
            target = found.group(1) if found else page
            if target == action if action else all(f'name="{n}"' in inside for n in fields):
                data = {**dict(HIDDEN.findall(inside)), **fields}
                return self.post(target, data)
        raise RuntimeError(f"{page} has no form with {action or ', '.join(fields)}")

    def receive(self, sku, qty, cost):
        """Goods from the workshop; gives the code of the lot."""
        answer = self.submit("/produksi/baru", {
            "barang": sku, "jumlah": str(qty), "biaya": str(cost),
            "selesai": time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))})
        if answer.status != 303:
            raise RuntimeError(f"{sku} cannot be received: {answer}")
        return answer.headers["Location"].rsplit("/", 1)[-1]


# ---- label codes ----

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def label_code(seed):
    """A well-formed code that no showroom here has given out."""
    chance = random.Random(seed)
    values = [chance.randrange(10, 32)] + [chance.randrange(32) for _ in range(8)]
    total = 0
    for v in values + [0]:
        total <<= 1
        total = (total ^ 0x25 if total & 32 else total) ^ v
    return "".join(ALPHABET[v] for v in values + [total])
