"""Kills the server in the middle of finishing 500 pieces: there are all of them afterwards, or none.

    python3 tests/crash/finish_kills.py PROGRAM [--kills N] [--seed N]

The form that got no answer is sent again after the restart, as a browser does: it finishes the check once.
One line a check, then `N passed, N failed`.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from shop import HIDDEN, Shop, check, finish  # noqa: E402

SKU = "BTK-001"
PIECES = 500
DEATH_MS = (1, 90)
GOODS = f"{SKU},Kain batik enggang,batik,Bengkel Batik,piece,potong,250000,160000,425119,,Enggang,batik tulis"


def sent(browser, page, step, fields):
    answer = browser.submit(page, fields, action=page + step)
    if answer.status != 303:
        raise RuntimeError(f"{page}{step}: {answer!r}")
    return answer


def make_maker(browser):
    form = browser.get("/perajin/baru").body.decode()
    workshop = re.search(r'<select[^>]*name="bengkel".*?<option value="([^"]+)"', form, re.S).group(1)
    browser.submit("/perajin/baru", {
        "kode": "W-03", "nama": "Contoh Satu", "register": "BI-000/CONTOH", "bengkel": workshop,
        "dari": "2026-01-01", "sampai": "2027-12-31", "dokumen": "SK-CONTOH-1"}, action="/perajin/baru")


def checked_order(browser):
    """The address of an order of which all pieces are checked, and its form."""
    made = browser.submit("/perintah/baru", {"bahan": SKU, "jumlah": str(PIECES), "modal": "DIPA"},
                          action="/perintah/baru")
    page = made.headers["Location"]
    sent(browser, page, "/mulai", {})
    sent(browser, page, "/pelaku", {"dasar": "persen", "pelaku": "W-03 100 diawasi langsung"})
    sent(browser, page, "/periksa", {"mutu_a": str(PIECES)})
    form = re.search(rf'<form[^>]*action="{page}/selesai".*?</form>', browser.get(page).body.decode(), re.S)
    return page, {**dict(HIDDEN.findall(form.group(0))), "ongkos": "50000001", "ke": "galeri"}


def post_quietly(browser, page, data):
    try:
        browser.post(page + "/selesai", data)
    except OSError:
        pass  # killed


def kill_once(shop, browser, chance, had):
    """What a kill left: 0 or all pieces; then the same form once more."""
    page, data = checked_order(browser)
    thread = threading.Thread(target=post_quietly, args=(browser, page, data))
    thread.start()
    time.sleep(chance.uniform(*DEATH_MS) / 1000)
    shop.kill()
    thread.join()
    shop.start()
    left = int(shop.on_hand(SKU)) - had
    again = browser.post(page + "/selesai", data)
    return left, again.status, int(shop.on_hand(SKU)) - had


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 31))
    args = parser.parse_args()
    print("seed", args.seed, flush=True)
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(os.path.abspath(args.program), folder)
        shop.make([GOODS])
        shop.start()
        browser = shop.browser("workshop")
        make_maker(browser)
        lefts = []
        for n in range(args.kills):
            left, status, now = kill_once(shop, browser, chance, n * PIECES)
            lefts.append(left)
            check(f"kill {n + 1}: all or nothing, and once when sent again",
                  left in (0, PIECES) and status == 303 and now == PIECES, (left, status, now))
        print(f"# {lefts.count(0)} left nothing, {lefts.count(PIECES)} left all")
        shop.kill()
        said = subprocess.run([shop.program, "verify", "--data", shop.data], capture_output=True,
                              text=True, check=False)
        check("the journal verifies and rebuilds equal", said.returncode == 0, said.stderr)
    finish()


if __name__ == "__main__":
    main()
