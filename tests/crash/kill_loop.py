"""Kills the server again and again while three tills sell over HTTP, and counts what is left.

    python3 tests/crash/kill_loop.py PROGRAM [--kills N] [--seed N]

Each till makes a key before its first attempt and repeats the request with it until there is an
answer.  Afterwards every answered sale must be in the journal exactly once, with gapless numbers, and
nothing that nobody asked for; goods and money must add up; `etalase verify` must pass.
The seed is printed and gives the same moments of death.  One line a check, then `N passed, N failed`.
"""
import argparse
import os
import random
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from sale_loop import GOODS, PRODUCTS, STOCK, Till, check_books, end  # noqa: E402
from shop import Shop, check, finish  # noqa: E402

TILLS = 3
ALIVE_MS = (5, 120)  # from the first answer until death


def kill_again_and_again(shop, tills, kills, chance):
    starts = []
    for _ in range(kills):
        begun = time.monotonic()
        shop.start()
        starts.append(time.monotonic() - begun)
        time.sleep(chance.uniform(*ALIVE_MS) / 1000)
        shop.kill()
    shop.start()
    end(tills)
    return sorted(starts)


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
            check_books(shop, tills)
        except (OSError, RuntimeError, ValueError, KeyError, IndexError) as e:
            check("the checks ran to their end", False, repr(e))
        finally:
            shop.kill()
    finish()


if __name__ == "__main__":
    main()
