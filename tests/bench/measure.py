"""What the measuring programs of this folder share: building, the goods of a bench shop, rounds in turn,
ratios, the table at the end."""
import json
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, ".."))

PRODUCTS = 20_000
SOLD = 40  # of them are received and sold; the others fill the catalogue
LINES = 4
PRICE, COST = 15_000, 9_000
TARGETS = "etalase floor load bench_paper".split()

table = []


def figure(what, value, ratio="", goal="", good=None):
    table.append((what, value, ratio, goal, {True: "yes", False: "NO", None: ""}[good]))
    print(f"  {what}: {value} {ratio}", flush=True)


def run(*command, **named):
    return subprocess.run(command, check=True, capture_output=True, text=True, **named).stdout


def built(folder):
    with open(os.path.join(ROOT, "CMakePresets.json"), encoding="utf-8") as f:
        presets = {p["name"]: p for p in json.load(f)["configurePresets"]}
    flags = {**presets["release"]["cacheVariables"], "ETALASE_TESTS": "ON"}
    run("cmake", "-S", ROOT, "-B", folder, "-G", "Ninja",
        *(f"-D{name}={value}" for name, value in flags.items()))
    run("cmake", "--build", folder, "-j", "2", "--target", *TARGETS)


# ---- what is sold ----

def sku(i):
    return f"BRG-{i:05d}"


def write(path, lines):
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for line in lines)
    return path


def catalogue():
    return [f"{sku(i)},Barang contoh nomor {i:05d} dari bengkel,kerajinan,Bengkel Kayu,lot,buah,"
            f"{PRICE},{COST},425119,,," for i in range(1, PRODUCTS + 1)]


def sale_bodies(chance, n, lines):
    for _ in range(n):
        yield json.dumps({
            "till": "1", "lines": [{"code": sku(i), "qty": 1}
                                   for i in chance.sample(range(1, SOLD + 1), lines)],
            "tenders": [{"kind": "cash", "amount_rp": PRICE * lines}]}, separators=(",", ":"))


def load(build, port, *words, token=None):
    """One run of the client; its figures."""
    who = ["--token", token] if token else []
    out = subprocess.run(
        [os.path.join(build, "tests", "bench", "load"), str(port), *who,
         "--seconds", "600", *map(str, words)], capture_output=True, text=True, check=False)
    got = json.loads(out.stdout)
    if got["failed"]:
        sys.exit("bench: requests failed\n" + out.stderr)
    return got


def stock(shop):
    """Goods to sell in a shop that runs."""
    workshop = shop.browser("workshop")
    for i in range(1, SOLD + 1):
        workshop.receive(sku(i), 9_000_000, COST)


def journal_width(shop):
    """Bytes of the journal line of the last sale; a floor is also measured with a journal as wide."""
    text = shop.get("/api/v1/export/journal.jsonl", "auditor").body.splitlines()[-1]
    return len(json.loads(text)["body"])


def print_table():
    print()
    for row in table:
        print("| " + " | ".join(row) + " |")


def median(rounds, name):
    return statistics.median(r[name] for r in rounds)


def in_turn(rounds, *works):
    """A B A B ...: the results of each work, round by round."""
    out = [[] for _ in works]
    for _ in range(rounds):
        for results, work in zip(out, works):
            results.append(work())
    return out


def ratios(ours, theirs, name):
    each = sorted(a[name] / b[name] for a, b in zip(ours, theirs))
    return statistics.median(each), f"[{each[0]:.2f}-{each[-1]:.2f}]"


def machine():
    commit = run("git", "-C", ROOT, "describe", "--always", "--dirty").strip()
    print(f"{platform.platform()}, {os.cpu_count()} cores, commit {commit}, "
          f"{time.strftime('%Y-%m-%d %H:%M')}")
