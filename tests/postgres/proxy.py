"""A wire between the program and a PostgreSQL server, which breaks when it is told to.

It reads the messages of the protocol as they pass (https://www.postgresql.org/docs/15/protocol.html),
knows which transaction has written a line of the journal, and breaks at the COMMIT of such a one:

    lost      the COMMIT is not passed on: the server rolls back
    done      it is passed on, and the wire breaks when the server has answered, before the answer
              is passed back
    open      it is passed on, and the wire breaks in the same moment: nobody knows

The program cannot tell these apart: all it sees is a connection that ended after it sent COMMIT.
"""
import contextlib
import re
import socket
import struct
import threading

LOST, DONE, OPEN = "lost", "done", "open"
STARTUP, ENCRYPTION = 196608, (80877103, 80877104)
JOURNAL = re.compile(rb"\binsert\s+into\s+(etalase\.)?journal\b", re.I)
ENDS = re.compile(rb"\s*(commit|end|rollback|abort)\b", re.I)
COMMITS = re.compile(rb"\s*(commit|end)\b", re.I)


class Proxy:
    def __init__(self, port):
        self.target = port
        self.lock = threading.Lock()
        self.orders = []  # how to break, one for each of the next COMMITs
        self.broken = {LOST: 0, DONE: 0, OPEN: 0}
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def order(self, how, times):
        with self.lock:
            self.orders += [how] * times

    def next_order(self):
        with self.lock:
            if not self.orders:
                return None
            how = self.orders.pop(0)
            self.broken[how] += 1
            return how

    def accept(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                Wire(self, self.listener.accept()[0])

    def close(self):
        self.listener.close()


class Wire:
    """One connection: a thread for each direction."""

    def __init__(self, proxy, client):
        self.proxy, self.client = proxy, client
        self.begun = False  # the startup message has passed
        self.statements = {}
        self.wrote = False  # the running transaction has put a line into the journal
        self.breaking = None
        try:
            self.server = socket.create_connection(("127.0.0.1", proxy.target), timeout=60)
        except OSError:
            self.client.close()
            return
        for ours in (self.client, self.server):
            ours.settimeout(None)
            ours.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for work in (self.to_server, self.to_client):
            threading.Thread(target=self.run, args=(work,), daemon=True).start()

    def run(self, work):
        with contextlib.suppress(OSError):
            work()
        self.hang_up()

    def hang_up(self):
        for ours in (self.client, self.server):
            with contextlib.suppress(OSError):
                ours.shutdown(socket.SHUT_RDWR)
            ours.close()

    # ---- what the program sends ----

    def to_server(self):
        rest = b""
        while True:
            chunk = self.client.recv(65536)
            if not chunk:
                return
            rest += chunk
            ready = []
            while True:
                message, rest = self.message(rest)
                if not message:
                    break
                if not self.look(message):
                    self.server.sendall(b"".join(ready))
                    return
                ready.append(message)
                if self.breaking == OPEN and message[:1] in b"SQ":
                    self.server.sendall(b"".join(ready))
                    return
            self.server.sendall(b"".join(ready))

    def message(self, rest):
        """The first whole message, and what follows it."""
        head = 1 if self.begun else 0
        if len(rest) < head + 4:
            return b"", rest
        size = head + struct.unpack("!I", rest[head:head + 4])[0]
        return (rest[:size], rest[size:]) if len(rest) >= size else (b"", rest)

    def look(self, message):
        """Notes what it means; false: the wire breaks before it."""
        if not self.begun:
            code = struct.unpack("!I", message[4:8])[0]
            self.begun = code == STARTUP
            if code in ENCRYPTION:
                raise OSError("the proxy reads no encrypted connection: sslmode=disable")
            return True
        kind, body = message[:1], message[5:]
        text = b""
        if kind == b"P":
            name, query = body.split(b"\0", 2)[:2]
            self.statements[name] = query
        elif kind == b"B":
            text = self.statements.get(body.split(b"\0", 2)[1], b"")
        elif kind == b"Q":
            text = body.rstrip(b"\0")
        return self.statement(text)

    def statement(self, text):
        if JOURNAL.search(text):
            self.wrote = True
        elif ENDS.match(text):
            if self.wrote and COMMITS.match(text):
                self.breaking = self.proxy.next_order()
            self.wrote = False
        return self.breaking != LOST

    # ---- what the server answers ----

    def to_client(self):
        kept = b""
        while True:
            chunk = self.server.recv(65536)
            if not chunk:
                return
            if self.breaking == DONE:
                kept += chunk
                if b"COMMIT\0" in kept:
                    return
            elif not self.breaking:
                self.client.sendall(chunk)
