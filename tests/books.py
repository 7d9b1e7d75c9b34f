"""Makes a demo shop and checks its books from the outside: exports, journal, ledger, verify.

    python3 tests/books.py build/dev/etalase

Its data are files, or under tests/postgres/server.py a fresh database.  One line a check, then
`N passed, N failed`.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from shop import check, finish, fresh_database  # noqa: E402

START_SECONDS_MAX = 240
DAYS = "3"


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Server:
    """`etalase serve --demo` on a free port, until stop()."""

    def __init__(self, program, folder, place):
        self.log = open(os.path.join(folder, "serve.log"), "w", encoding="utf-8")
        data = os.path.join(folder, "data")
        self.process = subprocess.Popen(
            [program, "serve", "--demo", "--demo-days", DAYS, *place,
             "--listen", "127.0.0.1:0"], stdout=self.log, stderr=subprocess.STDOUT)
        until = time.monotonic() + START_SECONDS_MAX
        while not self.ready(os.path.join(data, "demo.json")):
            if self.process.poll() is not None or time.monotonic() > until:
                self.process.kill()
                raise RuntimeError("the server did not start: " + self.tail())
            time.sleep(0.1)

    def ready(self, path):
        try:
            with open(path, encoding="utf-8") as f:
                demo = json.load(f)
            self.url = demo["url"].rstrip("/")
            self.tokens = {user["role"]: user["token"] for user in demo["users"]}
            return self.get("/healthz")[0] == 200
        except (OSError, ValueError, KeyError):
            return False

    def get(self, path, role=None):
        request = urllib.request.Request(self.url + path)
        if role:
            request.add_header("Authorization", "Bearer " + self.tokens[role])
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()

    def tail(self):
        with open(self.log.name, encoding="utf-8") as f:
            return f.read()[-2000:]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


def balances_of_journal(path):
    """Sums every money move of the bodies: the books, made from the journal alone."""
    sums = Counter()
    with open(path, encoding="utf-8", newline="\n") as journal:
        for text in journal:
            for table, row in json.loads(json.loads(text)["body"]):
                if table == "money_move":
                    sums[row["from_id"]] -= row["amount_rp"]
                    sums[row["to_id"]] += row["amount_rp"]
    return sorted(amount for amount in sums.values() if amount)


def balances_of_ledger(path):
    out = run("hledger", "-f", path, "balance", "--flat", "--no-total", "--output-format=json")
    rows = json.loads(out.stdout)[0]
    amounts = [sum(a["aquantity"]["decimalMantissa"] // 10 ** a["aquantity"]["decimalPlaces"]
                   for a in row[3]) for row in rows]
    return sorted(amount for amount in amounts if amount)


def check_exports(server, folder):
    for name in ("journal.jsonl", "sales.csv", "stock.csv", "ledger.hledger"):
        call = "/api/v1/export/" + name
        status, body = server.get(call)
        check(f"{name} without a token is refused", status == 401, f"status {status}")
        status, body = server.get(call, "auditor")
        check(f"{name} is exported", status == 200 and body.count(b"\n") > 1,
              f"status {status}, {len(body)} bytes")
        with open(os.path.join(folder, name), "wb") as f:
            f.write(body)


def check_journal(folder, head):
    journal = os.path.join(folder, "journal.jsonl")
    page = run(sys.executable, os.path.join(HERE, "journal_page.py"), journal)
    if check("the checker of docs/journal.md accepts the journal and finds each damage",
             page.returncode == 0, page.stderr.strip()):
        said = page.stdout.split()
        check("its head is the one healthz says", said[2:4] == [str(head["seq"]), head["hash"]],
              f"{said[2:4]} against {head}")


def check_ledger(folder):
    ledger = os.path.join(folder, "ledger.hledger")
    out = run("hledger", "-f", ledger, "check")
    if check("hledger accepts the ledger", out.returncode == 0, out.stderr.strip()):
        ours = balances_of_journal(os.path.join(folder, "journal.jsonl"))
        theirs = balances_of_ledger(ledger)
        check("its balances are those of the journal's money moves", ours and ours == theirs,
              f"{ours} against {theirs}")


def check_command_line(program, folder, place):
    exported = subprocess.run([program, "export", "journal.jsonl", *place],
                              capture_output=True, check=False)
    with open(os.path.join(folder, "journal.jsonl"), "rb") as f:
        over_http = f.read()
    check("etalase export writes the same journal", exported.stdout.startswith(over_http),
          exported.stderr.decode().strip())
    verified = run(program, "verify", *place)
    check("etalase verify finds chain, rebuild and caches equal", verified.returncode == 0,
          verified.stderr.strip())


def check_flipped_byte(program, folder):
    """One bit of a sale's total, inside the journal's text in the file."""
    data = os.path.join(folder, "data")
    spoilt = os.path.join(folder, "spoilt")
    shutil.copytree(data, spoilt)
    for name in sorted(n for n in os.listdir(spoilt) if n.startswith("etalase.db")):
        path = os.path.join(spoilt, name)
        with open(path, "rb") as f:
            content = f.read()
        places = [m.end() - 1 for m in re.finditer(rb'"total_rp":\d', content)]
        if places:
            at = places[len(places) // 2]
            with open(path, "r+b") as f:
                f.seek(at)
                f.write(bytes([content[at] ^ 1]))
            break
    verified = run(program, "verify", "--data", spoilt)
    check("a flipped bit ends verify with status 1", verified.returncode == 1,
          f"status {verified.returncode}")
    spoken = verified.stderr + verified.stdout
    check("and the bad line is named", first_bad_line(program, spoilt) in
          re.findall(r"\d+", spoken), spoken.strip())


def first_bad_line(program, data):
    """What the checker of docs/journal.md says of the same file."""
    out = subprocess.run([program, "export", "journal.jsonl", "--data", data],
                         capture_output=True, check=False)
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as copy:
        copy.write(out.stdout)
        copy.flush()
        found = run(sys.executable, os.path.join(HERE, "journal_page.py"), copy.name)
    m = re.search(r"seq (\d+)", found.stderr)
    return m.group(1) if m else "the checker found nothing"


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: books.py PROGRAM")
    program = os.path.abspath(sys.argv[1])
    db = fresh_database()
    with tempfile.TemporaryDirectory() as folder:
        place = ["--data", os.path.join(folder, "data"), *(["--db", db] if db else [])]
        try:
            server = Server(program, folder, place)
            head = json.loads(server.get("/healthz")[1])["journal"]
            check_exports(server, folder)
            second = run(program, "verify", *place)
            if db:
                check("a second process may look at the same time", second.returncode == 0,
                      second.stderr.strip())
            else:
                check("a second process is told that the file is held",
                      second.returncode == 1 and second.stderr.strip(),
                      f"status {second.returncode}")
            check("the server ends with status 0 when asked", server.stop() == 0, server.tail())
            check_journal(folder, head)
            check_ledger(folder)
            check_command_line(program, folder, place)
            if not db:
                check_flipped_byte(program, folder)
        except (OSError, RuntimeError, ValueError, KeyError, IndexError) as e:
            check("the checks ran to their end", False, repr(e))
    finish()


if __name__ == "__main__":
    main()
