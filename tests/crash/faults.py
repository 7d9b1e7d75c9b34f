"""What a disk, a colleague or a hurried hand can do to a showroom: the program must say it in one
sentence, and lose nothing.

    python3 tests/crash/faults.py PROGRAM [--seed N]

Changed bytes in the file, two tills and one last piece, the same key again, a full disk, a second
process, a port in use, a folder that cannot be written, a file of a newer program, a file that is none.
One line a check, then `N passed, N failed`.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from shop import Shop, check, finish, said, speaks  # noqa: E402
from small_disk import SmallDisk  # noqa: E402

PRODUCTS = [
    "BTK-001,Kain batik burung enggang,batik,Bengkel Batik,piece,potong,250000,160000,425119,,,",
    "KRJ-001,Gantungan kunci korek api,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,",
    "JSA-001,Cukur rambut,jasa,Bengkel Jasa,service,kali,20000,5000,425699,,,",
]
SALES = 40
RANDOM_FLIPS = 24
DISK_MIB = 16
SALES_UNTIL_FULL_MAX = 20000
EXPORTS = ("journal.jsonl", "sales.csv", "stock.csv", "ledger.hledger")


def made(program, folder, name):
    """A showroom of that name, in a folder of its own."""
    path = os.path.join(folder, name)
    os.mkdir(path)
    shop = Shop(program, path)
    shop.make(PRODUCTS, tills=3)
    return shop


# ---- two at once ----

def at_once(*works):
    answers = [None] * len(works)

    def run(i):
        answers[i] = works[i]()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def check_races(shop):
    shop.receive("BTK-001", 20, 160000)
    odd = []
    for code in shop.codes("BTK-001"):
        a, b = at_once(lambda: shop.sell(code, till="1"), lambda: shop.sell(code, till="2"))
        good = sorted((a.status, b.status)) == [201, 409]
        loser = a if a.status == 409 else b
        winner = b if loser is a else a
        if not good or loser.slug() != "unit-sold" or winner.json()["number"] not in loser.json()[
                "detail"]:
            odd.append(f"{code}: {a} and {b}")
    check("two tills and one piece, 20 times: one 201; one 409 that names the other's receipt",
          not odd, odd[:1])
    shop.receive("KRJ-001", 1, 9000)
    a, b = at_once(lambda: shop.sell("KRJ-001", till="1"), lambda: shop.sell("KRJ-001", till="2"))
    loser = a if a.status == 409 else b
    check("two tills and the last of a lot: one 201, one 409 out-of-stock",
          sorted((a.status, b.status)) == [201, 409] and loser.slug() == "out-of-stock",
          f"{a} and {b}")


def check_same_key(shop):
    shop.receive("KRJ-001", 1000, 9000)
    key = str(uuid.uuid4())
    answers = at_once(*[lambda: shop.sell("KRJ-001", key=key)] * 12)
    statuses = sorted(a.status for a in answers)
    check("one key twelve times at once: one 201, the others 200",
          statuses == [200] * 11 + [201], statuses)
    check("with the same bytes", len({a.body for a in answers}) == 1,
          {a.body[:80] for a in answers})
    hand = shop.on_hand("KRJ-001")
    check("and one was sold", hand == "999", hand)
    other = shop.sell(("KRJ-001", 2), key=key)
    check("the same key with another body: 409 key-reused",
          other.status == 409 and other.slug() == "key-reused", other)
    shop.kill()
    shop.start()
    again = shop.sell("KRJ-001", key=key)
    check("after a kill the key still gives 200 and the same bytes",
          again.status == 200 and again.body == answers[0].body, again)


# ---- one at a time ----

def check_second_process(shop):
    second = shop.command("verify")
    check("a second process is told who holds the file",
          speaks(second) and str(shop.process.pid) in second.stderr, said(second))
    check("and the first goes on", shop.healthy())


def check_port(program, folder, shop):
    other = Shop(program, os.path.join(folder, "port"), port=shop.port)
    os.mkdir(other.folder)
    other.make(PRODUCTS)
    out = other.command("serve", "--listen", f"127.0.0.1:{shop.port}")
    check("a port in use is said, with its number", speaks(out) and str(shop.port) in out.stderr,
          said(out))


def as_nobody(program, folder, *words):
    """Runs it as a user who owns nothing; None when we may not."""
    copy = os.path.join(folder, "etalase")
    shutil.copy(program, copy)
    os.chmod(copy, 0o755)
    os.chmod(folder, 0o755)
    user = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    return subprocess.run([copy, *words], capture_output=True, text=True, errors="replace", check=False, timeout=60,
                          **user)


def check_folder(program, folder):
    closed = os.path.join(folder, "closed")
    os.mkdir(closed)
    os.chmod(closed, 0o555)
    init = ["init", "--satker", "632331", "--unit", "Galeri", "--zone", "WIB", "--data"]
    out = as_nobody(program, folder, *init, os.path.join(closed, "data"))
    check("a folder that cannot be made is said", speaks(out), said(out))
    out = as_nobody(program, folder, *init, closed)
    check("a folder that cannot be written is said", speaks(out), said(out))
    check("and nothing is left in it", os.listdir(closed) == [], os.listdir(closed))


def check_odd_files(program, folder):
    shop = made(program, folder, "newer")
    path = os.path.join(shop.data, "etalase.db")
    with open(path, "r+b") as f:
        f.seek(60)  # user_version of the file format
        f.write((9999).to_bytes(4, "big"))
    with open(path, "rb") as f:
        before = f.read()
    out = shop.command("verify")
    check("a file of a newer program is refused", speaks(out) and "9999" in out.stderr, said(out))
    with open(path, "rb") as f:
        check("and left as it was", f.read() == before)
    with open(path, "wb") as f:
        f.write(b"This is a shopping list and no data of a showroom.\n" * 200)
    out = shop.command("verify")
    check("a file that is no data of ours is refused", speaks(out), said(out))
    with open(path, "wb") as f:
        f.write(before[:len(before) // 2])
    out = shop.command("verify")
    check("half a file is refused", speaks(out), said(out))


# ---- a full disk ----

def check_disk_full(program, folder):
    disk = SmallDisk(folder, DISK_MIB)
    shop = None
    try:
        print("the small disk is", "a mounted one" if disk.mounted else "a limit on files")
        shop = made(program, disk.path, "shop")
        shop.before = disk.before
        shop.start()
        shop.receive("KRJ-001", 900_000, 9000)
        disk.fill(shop)
        sold, answer, key = 0, None, None
        for _ in range(SALES_UNTIL_FULL_MAX):
            key = str(uuid.uuid4())
            answer = shop.sell("KRJ-001", key=key)
            if answer.status != 201:
                break
            sold += 1
        expected = (507,) if disk.mounted else (500, 503, 507)
        check("a full disk is answered 507, with a sentence",
              answer.status in expected and len(answer.json()["detail"]) > 20, answer)
        check("the server still reads", shop.get("/api/v1/items/KRJ-001", "cashier").status == 200)
        disk.free(shop)
        answer = shop.sell("KRJ-001", key=key)
        check("with room again the same request is sold", answer.status in (200, 201), answer)
        hand = shop.on_hand("KRJ-001")
        check(f"and nothing was lost or doubled around the {sold} sales before",
              hand == str(900_000 - sold - 1), hand)
        check("the server ends with status 0 when asked", shop.stop() == 0, shop.tail())
        out = shop.command("verify")
        check("etalase verify passes", out.returncode == 0, said(out))
    finally:
        if shop:
            shop.kill()
        disk.close()


# ---- changed bytes ----

def books(shop):
    return [shop.command("export", name).stdout for name in EXPORTS]


def flipped(shop, folder, at):
    """A copy of the showroom in which the lowest bit of one byte is another."""
    copy = Shop(shop.program, os.path.join(folder, "flipped"))
    shutil.rmtree(copy.folder, ignore_errors=True)
    shutil.copytree(shop.data, copy.data)
    with open(os.path.join(copy.data, "etalase.db"), "r+b") as f:
        f.seek(at)
        byte = f.read(1)[0]
        f.seek(at)
        f.write(bytes([byte ^ 1]))
    return copy


def places(content, numbers):
    """(what is there, offset of a byte of it, what must be named)"""
    number = numbers[len(numbers) // 2].encode()

    def find(what, pattern, named):
        found = list(re.finditer(pattern, content, re.S))
        return what, found[len(found) // 2].end() - 1 if found else None, named

    digit = list(re.finditer(rb'"total_rp":\d', content))
    return [
        ("a digit in the journal's text", digit[len(digit) // 2].end() - 1, r"baris \d+"),
        find("a receipt number in its table", rb"632331.{16}" + re.escape(number) + rb"(?=A)",
             r"\bsale\b"),
        find("a receipt number in an index", rb"632331" + re.escape(number), r"sale|index"),
        find("the name of goods on a line sold",
             rb"KRJ-001Gantungan kunci korek api(?=buah)", r"\bsale_line\b"),
        find("the name of goods in a summary", rb"gantungan kunci korek api(?= krj-001)",
             r"\bproduct_now\b|index"),
        find("a login name in the journal", rb"[a-z](?=[123]\[\[\"sale\")", r"baris \d+"),
    ]


def check_bytes(program, folder, chance):
    shop = made(program, folder, "bytes")
    shop.start()
    shop.receive("KRJ-001", 1000, 9000)
    numbers = [shop.sell("KRJ-001", "JSA-001", till=str(1 + i % 3)).json()["number"]
               for i in range(SALES)]
    shop.stop()
    with open(os.path.join(shop.data, "etalase.db"), "rb") as f:
        content = f.read()
    out = shop.command("verify")
    check("verify passes before a byte is changed", out.returncode == 0, said(out))
    for what, at, named in places(content, numbers):
        if not check(f"{what} is found in the file", at is not None):
            continue
        out = flipped(shop, folder, at).command("verify")
        check(f"changed, {what} is found by verify and named",
              speaks(out) and re.search(named, out.stderr), said(out))
    truth = books(shop)
    missed, crashed = [], []
    for _ in range(RANDOM_FLIPS):
        at = chance.randrange(len(content))
        copy = flipped(shop, folder, at)
        out = copy.command("verify")
        if out.returncode not in (0, 1) or (out.returncode == 1 and not speaks(out)):
            crashed.append(f"{at}: {said(out)}")
        elif out.returncode == 0 and books(copy) != truth:
            missed.append(at)
    check(f"{RANDOM_FLIPS} bits anywhere: verify ends with 0, or with 1 and a sentence", not crashed,
          crashed[:2])
    check("and when it ends with 0, all books are the same", not missed, missed)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    args = parser.parse_args()
    print("seed", args.seed, flush=True)
    program = os.path.abspath(args.program)
    with tempfile.TemporaryDirectory() as folder:
        shop = None
        try:
            shop = made(program, folder, "shop")
            shop.start()
            check_races(shop)
            check_same_key(shop)
            check_second_process(shop)
            check_port(program, folder, shop)
            check("the server ends with status 0 when asked", shop.stop() == 0, shop.tail())
            check_folder(program, folder)
            check_odd_files(program, folder)
            check_bytes(program, folder, random.Random(args.seed))
            check_disk_full(program, folder)
        except (OSError, RuntimeError, ValueError, KeyError, IndexError, AttributeError) as e:
            check("the checks ran to their end", False, repr(e))
        finally:
            if shop:
                shop.kill()
    finish()


if __name__ == "__main__":
    main()
