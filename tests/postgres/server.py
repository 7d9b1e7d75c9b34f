"""A PostgreSQL of our own for tests: in a temporary folder, made from the system's package, gone at
the end.  No cluster that is there already is ever touched.

    python3 tests/postgres/server.py run PROGRAM -- COMMAND...

starts one, prepares a template database with PROGRAM (etalase), runs COMMAND, and ends with its
status.  COMMAND finds in its environment

    ETALASE_TEST_SERVER    postgresql://postgres@127.0.0.1:PORT, of a role that may do everything;
                           the name of a database is to be added after a /
    ETALASE_TEST_BIN       folder with createdb, dropdb and psql
    ETALASE_TEST_TEMPLATE  a database that `etalase migrate` has prepared: createdb --template

In Python: Server() starts; prepare(), database(), url(), sql(), kill(), start(), standby(), promote().
Everybody is trusted except the role `tamu`, which needs its password.  Files are synced as in earnest.
A keeper process ends the servers and removes the folder, even when the test itself is killed.
"""
import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
INIT_SQL = os.path.join(ROOT, "script", "postgres-init.sql")
PACKAGED = "/usr/lib/postgresql"
VERSION_MIN = 15
SECONDS_MAX = 60
MEMORY = "/dev/shm"  # a file system in memory
MEMORY_MIN = 3 << 30  # free there, or we take the disk
TEMPLATE = "etalase_contoh"
PROGRAM_ROLE, MIGRATE_ROLE, GUEST = "etalase", "etalase_migrate", "tamu"
GUEST_PASSWORD = "sandi-tamu-1"
RULES = f"""local all all trust
host all {GUEST} 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
host replication all 127.0.0.1/32 trust
"""
SETTINGS = """unix_socket_directories = '{folder}'
listen_addresses = '127.0.0.1'
port = {port}
fsync = on
max_connections = 100
shared_buffers = 256MB
wal_buffers = 32MB
min_wal_size = 512MB
lc_messages = 'C'
timezone = 'UTC'
log_min_messages = warning
autovacuum_naptime = 10min
"""


def programs():
    """The folder of the newest PostgreSQL that the system's packages brought."""
    found = []
    for name in os.listdir(PACKAGED) if os.path.isdir(PACKAGED) else []:
        folder = os.path.join(PACKAGED, name, "bin")
        if name.isdigit() and int(name) >= VERSION_MIN and os.access(
                os.path.join(folder, "initdb"), os.X_OK):
            found.append((int(name), folder))
    if not found:
        raise RuntimeError(f"no PostgreSQL {VERSION_MIN} or newer in {PACKAGED}: script/bootstrap --tests")
    return max(found)[1]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, ready, seconds=SECONDS_MAX):
    """Asks until the answer is true; an error after that many seconds."""
    until = time.monotonic() + seconds
    while True:
        answer = ready()
        if answer:
            return answer
        if time.monotonic() > until:
            raise RuntimeError(f"{what}: not within {seconds} s")
        time.sleep(0.01)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False


def children(pid):
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as f:
                if int(f.read().rsplit(")", 1)[1].split()[1]) == pid:
                    found.append(int(name))
    return found


def send(pid, number):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def kill_family(pid):
    """A server and all its processes at once, as when the computer loses its power."""
    send(pid, signal.SIGSTOP)  # so that it makes no more of them
    family = [pid, *children(pid)]
    for member in family:
        send(member, signal.SIGKILL)
    return family


def roomy():
    with contextlib.suppress(OSError):
        room = os.statvfs(MEMORY)
        return room.f_bavail * room.f_frsize >= MEMORY_MIN
    return False


class Home:
    """The temporary folder of the servers of one test, with its keeper."""

    def __init__(self, fast):
        self.owner = {}
        self.path = tempfile.mkdtemp(prefix="etalase-pg-", dir=MEMORY if fast and roomy() else "/tmp")
        os.chmod(self.path, 0o711)
        if os.geteuid() == 0:  # which PostgreSQL refuses to run as
            user = pwd.getpwnam("postgres")
            os.chown(self.path, user.pw_uid, user.pw_gid)
            self.owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.keeper = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), "keep", self.path], stdin=subprocess.PIPE,
            start_new_session=True, cwd="/")

    def close(self):
        """What the keeper does as well when this process ends in any other way."""
        if self.keeper:
            self.keeper.stdin.close()
            self.keeper.wait(SECONDS_MAX)
            self.keeper = None


def keep(path):
    """Waits until the other end of the pipe is closed; then nothing of the folder is left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    if not re.fullmatch(rf"({MEMORY}|/tmp)/etalase-pg-\w+", path):
        raise SystemExit(f"{path} is no folder of ours")
    for name in os.listdir(path):
        data = os.path.join(path, name)
        with contextlib.suppress(OSError, ValueError):
            with open(os.path.join(data, "postmaster.pid"), encoding="utf-8") as f:
                pid = int(f.readline())
            with open(f"/proc/{pid}/cmdline", encoding="utf-8") as f:
                ours = data in f.read().split("\0")
            for member in kill_family(pid) if ours else []:
                wait_for("the end of a server", lambda member=member: not alive(member))
    for _ in range(5):  # a process that has just been killed may still have made a file
        shutil.rmtree(path, ignore_errors=True)
        if not os.path.exists(path):
            break


class Server:
    """One server.  `home` is that of another one for a standby; `fast` puts the data into memory, where
    there is room: for tests that are about something else than the disk."""

    def __init__(self, home=None, name="data", settings="", fast=False):
        self.bin = programs()
        self.home = home or Home(fast)
        self.folder = self.home.path
        self.name = name
        self.data = os.path.join(self.folder, name)
        self.port = free_port()
        self.process = None
        self.settings = settings
        self.prepared = None
        self.made = 0
        if home is None:
            try:
                self.run("initdb", "-D", self.data, "-k", "-E", "UTF8", "--locale=C", "-U", "postgres",
                         "--auth=trust", "-N")
                self.configure()
                self.start()
                self.sql(f"CREATE ROLE {GUEST} LOGIN PASSWORD '{GUEST_PASSWORD}'")
            except BaseException:
                self.home.close()
                raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.home.close()

    # ---- the programs of PostgreSQL ----

    def run(self, program, *words, given=None):
        """One of PostgreSQL's own programs, as the servers' user; gives what it printed."""
        out = subprocess.run([os.path.join(self.bin, program), *words], input=given, text=True,
                             capture_output=True, timeout=300, check=False, cwd="/",
                             env={**os.environ, "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"},
                             **self.home.owner)
        if out.returncode != 0:
            raise RuntimeError(f"{program}: {out.stderr.strip()}")
        return out.stdout

    def sql(self, text, database="postgres", role="postgres", **variables):
        """Runs statements (not in one transaction) as a role, and gives the rows, fields parted
        by |."""
        words = [f"--set={name}={value}" for name, value in variables.items()]
        return self.run("psql", "-XAtq", "--set=ON_ERROR_STOP=1", *words, "-d",
                        self.url(database, role), given=text).strip()

    def url(self, database, role=PROGRAM_ROLE, password=None, port=None):
        who = role if password is None else f"{role}:{password}"
        return f"postgresql://{who}@127.0.0.1:{port or self.port}/{database}"

    # ---- life and death ----

    def configure(self):
        self.write("pg_hba.conf", RULES)
        self.write("conf", SETTINGS.format(folder=self.folder, port=self.port) + self.settings)

    def write(self, name, text):
        """A file of the data folder, by its owner; `conf` is what postgresql.conf includes."""
        path = os.path.join(self.data, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        if name == "conf":
            main = os.path.join(self.data, "postgresql.conf")
            with open(main, "r+", encoding="utf-8") as f:
                if "include 'conf'" not in f.read():
                    f.write("\ninclude 'conf'\n")
        if self.home.owner:
            os.chown(path, self.home.owner["user"], self.home.owner["group"])

    def start(self):
        with open(os.path.join(self.folder, self.name + ".log"), "ab") as log:
            self.process = subprocess.Popen(
                [os.path.join(self.bin, "postgres"), "-D", self.data], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, cwd="/", **self.home.owner)
        wait_for("the start of PostgreSQL", self.ready)

    def ready(self):
        if self.process.poll() is not None:
            raise RuntimeError("PostgreSQL did not start: " + self.tail())
        try:
            with open(os.path.join(self.data, "postmaster.pid"), encoding="utf-8") as f:
                lines = [line.strip() for line in f]
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7] == "ready"

    def stop(self):
        """As an administrator does (mode fast): sessions are ended."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(SECONDS_MAX)
        self.process = None

    def kill(self):
        """kill -9 of the server and of all its processes."""
        family = kill_family(self.process.pid)
        self.process.wait(SECONDS_MAX)
        for member in family:
            wait_for("the end of a killed server", lambda member=member: not alive(member))
        self.process = None

    def restart(self):
        self.stop()
        self.start()

    def reload(self):
        self.sql("SELECT pg_reload_conf()")

    def tail(self):
        path = os.path.join(self.folder, self.name + ".log")
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read()[-2000:]

    # ---- databases ----

    def fresh(self, database):
        """A database as the administrator hands it over: script/postgres-init.sql, nothing more."""
        with open(INIT_SQL, encoding="utf-8") as f:
            self.sql(f.read(), db=database)
        return database

    def prepare(self, program):
        """Roles, and a template that `etalase migrate` has prepared."""
        self.fresh(TEMPLATE)
        self.migrate(program, TEMPLATE)
        self.prepared = TEMPLATE

    def migrate(self, program, database):
        out = subprocess.run([program, "migrate", "--db", self.url(database, MIGRATE_ROLE)],
                             capture_output=True, text=True, errors="replace", timeout=120,
                             check=False)
        if out.returncode != 0:
            raise RuntimeError(f"etalase migrate: {out.stderr.strip()}")
        return out

    def database(self, name=None):
        """A prepared database of its own, quickly: a copy of the template."""
        self.made += 1
        name = name or f"toko_{self.made}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {self.prepared} OWNER etalase_owner")
        return name

    def drop(self, database):
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    # ---- a second one that follows ----

    def standby(self, synchronous=True):
        """Follows this one; when synchronous, nothing is acknowledged that it does not have."""
        other = Server(self.home, self.name + "-standby")
        self.run("pg_basebackup", "-D", other.data, "-R", "-X", "stream", "-c", "fast", "-N",
                 "-d", self.url("postgres", "postgres"))
        other.configure()
        other.prepared = self.prepared
        other.start()
        if synchronous:
            self.set("synchronous_standby_names", "*")
        state = "sync" if synchronous else "async"
        wait_for("a standby that follows", lambda: self.sql(
            "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'") == state)
        return other

    def set(self, name, value):
        """A setting, from now on."""
        self.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        self.reload()
        wait_for("a setting", lambda: self.sql(f"SHOW {name}") == value)

    def promote(self):
        self.sql("SELECT pg_promote(true, 60)")
        wait_for("the promotion", lambda: self.sql("SELECT pg_is_in_recovery()") == "f")


def environment(server):
    return {**os.environ,
            "ETALASE_TEST_SERVER": f"postgresql://postgres@127.0.0.1:{server.port}",
            "ETALASE_TEST_BIN": server.bin,
            "ETALASE_TEST_TEMPLATE": server.prepared or ""}


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "keep":
        keep(sys.argv[2])
    elif len(sys.argv) > 4 and sys.argv[1] == "run" and sys.argv[3] == "--":
        with Server(fast=True) as server:
            server.prepare(os.path.abspath(sys.argv[2]))
            raise SystemExit(subprocess.call(sys.argv[4:], env=environment(server)))
    else:
        sys.exit("usage: server.py run PROGRAM -- COMMAND...")


if __name__ == "__main__":
    main()
