"""The wire between the program and its database is cut after any byte, in either direction: each sale is
there once, whatever the till was told on the way.

    python3 tests/postgres/cuts.py PROGRAM [--cuts N] [--seed N]

A till sells, repeats with the same key as long as it is told to, and then the journal must be longer by
exactly one sale.  proxy.py cuts at a COMMIT only; here the cut may fall into the question for the turn, the
rows, the COMMIT, any of the answers, or the next connection's first words.
"""
import argparse
import contextlib
import os
import random
import select
import socket
import sys
import tempfile
import threading
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), HERE]
from server import Server  # noqa: E402
from shop import Shop, check, finish, said  # noqa: E402

PRODUCTS = ("KRJ-001,Gantungan kunci,kerajinan,Bengkel Kayu,lot,buah,15000,9000,425119,,,",)
UP, DOWN = 0, 1
BYTES_MAX = (6000, 2500)  # about what a sale sends, and is answered
SECONDS_MAX = 60


class Scissors:
    """Passes bytes on, until so many have passed in one direction; then cuts that connection."""

    def __init__(self, port):
        self.target = port
        self.lock = threading.Lock()
        self.order = None  # [direction, bytes that may still pass]
        self.cuts = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client = self.listener.accept()[0]
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def may_pass(self, direction, n):
        """How many of n bytes; fewer: that was the last of them."""
        with self.lock:
            if not self.order or self.order[0] != direction:
                return n
            if self.order[1] < n:
                n, self.order = self.order[1], None
                self.cuts += 1
                return n
            self.order[1] -= n
            return n

    def serve(self, client):
        with contextlib.suppress(OSError), client, socket.create_connection(
                ("127.0.0.1", self.target)) as server:
            ends = {client: (server, UP), server: (client, DOWN)}
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    data = end.recv(65536)
                    to, direction = ends[end]
                    n = self.may_pass(direction, len(data)) if data else 0
                    to.sendall(data[:n])
                    if not data or n < len(data):
                        return


def sell(shop, key):
    """Until it is told that it is done; (how often it was told to ask again, the last answer)."""
    until = time.monotonic() + SECONDS_MAX
    for again in range(1000):
        answer = shop.sell(("KRJ-001", "1"), key=key)
        if answer.status in (200, 201) or answer.status != 503 or time.monotonic() > until:
            return again, answer
        time.sleep(0.2)
    return 1000, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--cuts", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    program, chance = os.path.abspath(args.program), random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        server.prepare(program)
        database = server.database()
        wire = Scissors(server.port)
        shop = Shop(program, folder, db=server.url(database))
        shop.make(PRODUCTS)
        shop.db = server.url(database, port=wire.port)
        shop.start()
        shop.receive("KRJ-001", args.cuts + 10, 9000)
        wrong, repeated = [], 0
        for at in range(args.cuts):
            direction = chance.randrange(2)
            order = [direction, chance.randrange(BYTES_MAX[direction])]
            wire.order = list(order)
            key = str(uuid.UUID(int=chance.getrandbits(128), version=4))
            again, answer = sell(shop, key)
            wire.order = None
            count = server.sql("SELECT count(*), max(no), count(DISTINCT key) FROM etalase.sale", database)
            if answer.status not in (200, 201) or count != f"{at + 1}|{at + 1}|{at + 1}":
                wrong.append((order, answer, count))
                break
            repeated += again
        check(f"{args.cuts} cuts, each sale once, numbers without a gap", not wrong, wrong)
        check("most of them fell into a sale", wire.cuts > args.cuts // 2, wire.cuts)
        print(f"{wire.cuts} cuts; the till was told {repeated} times to send again; "
              f"{shop.tail().count('commit-unknown')} commits of which nobody knew")
        check("what is left is what was not sold", int(float(shop.on_hand("KRJ-001"))) == 10,
              shop.on_hand("KRJ-001"))
        check("the program ends well", shop.stop() == 0)
        shop.db = server.url(database)
        out = shop.command("verify")
        check("etalase verify passes", out.returncode == 0, said(out))
    finish()


if __name__ == "__main__":
    main()
