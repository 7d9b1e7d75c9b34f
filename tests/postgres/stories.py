"""Every story on both engines: what it leaves behind must be the same bytes.

    python3 tests/postgres/stories.py PROGRAM BUILD_DIR

The programs of stories are those of ctest with these labels (tests/CMakeLists.txt):

    story-same    clock, ids and order of what happens are the story's own: journal and exports are
                  held against each other, byte for byte
    story-either  runs on both, and must pass; what it leaves is not compared: in pos_race two
                  threads are let loose on purpose, and in the web tests requests come over sockets,
                  so who is first, and which id it draws, is another in each run

`story-file` is left out: those open the file by hand.  One line a program, the figures of both runs,
then `N passed, N failed`.
"""
import filecmp
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), HERE]
from server import Server, environment  # noqa: E402
from shop import check, finish  # noqa: E402

SECONDS_MAX = 600
AT_ONCE = 2


def programs(build, label):
    """(name, command, folder) of every test with that label."""
    out = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1", "-L", f"^{label}$"],
                         capture_output=True, text=True, check=True)
    for test in json.loads(out.stdout)["tests"]:
        folder = [p["value"] for p in test["properties"] if p["name"] == "WORKING_DIRECTORY"]
        yield test["name"], test.get("command"), folder[0]


def tell(program, env, out):
    """Runs one program; "" or what it complained of."""
    name, command, folder = program
    if not command:
        return "it is not built"
    mine = os.path.join(out, name)
    os.mkdir(mine)
    try:
        done = subprocess.run(command, cwd=folder, env={**env, "ETALASE_STORY_OUT": mine}, text=True,
                              capture_output=True, errors="replace", timeout=SECONDS_MAX,
                              check=False)
    except subprocess.TimeoutExpired:
        return f"not within {SECONDS_MAX} s"
    if done.returncode == 0:
        return ""
    said = [line for line in (done.stdout + done.stderr).splitlines()
            if any(word in line for word in ("ERROR: ", ".c:", "FAILED", "Sanitizer"))]
    return f"status {done.returncode}: " + " / ".join(said[:4] + said[4:][-4:])


def tell_all(list_of, env, out):
    os.mkdir(out)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda program: tell(program, env, out), list_of))


def files(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder)
                  for at, _, names in os.walk(folder) for name in names)


def difference(ours, theirs):
    """The first file that is not the same in both folders; "" when all are, and there are some."""
    names = files(ours)
    if names != files(theirs):
        return f"only in one: {sorted(set(names) ^ set(files(theirs)))[:4]}"
    if not names:
        return "it left nothing behind"
    for name in names:
        a, b = os.path.join(ours, name), os.path.join(theirs, name)
        if not filecmp.cmp(a, b, shallow=False):
            return first_line(name, a, b)
    return ""


def first_line(name, a, b):
    with open(a, "rb") as x, open(b, "rb") as y:
        left, right = x.read().splitlines(), y.read().splitlines()
    at = next((i for i, (m, n) in enumerate(zip(left, right)) if m != n),
              min(len(left), len(right)))
    return f"{name} line {at + 1}: {left[at:at + 1]} on the file engine, {right[at:at + 1]} on the server"


def figures(folder, names):
    """How many stories there are in the folders of these programs, and lines of their files."""
    stories, lines = set(), 0
    for program in names:
        for name in files(os.path.join(folder, program)):
            stories.add((program, os.path.dirname(name)))
            with open(os.path.join(folder, program, name), "rb") as f:
                lines += f.read().count(b"\n")
    return f"{len(stories)} stories, {lines} lines"


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: stories.py PROGRAM BUILD_DIR")
    program, build = map(os.path.abspath, sys.argv[1:])
    same, either = list(programs(build, "story-same")), list(programs(build, "story-either"))
    both = same + either
    with tempfile.TemporaryDirectory() as folder, Server(fast=True) as server:
        file, shared = os.path.join(folder, "file"), os.path.join(folder, "server")
        server.prepare(program)
        alone = {k: v for k, v in os.environ.items() if not k.startswith("ETALASE_")}
        here = tell_all(both, alone, file)
        there = tell_all(both, {**alone, **environment(server)}, shared)
        for (name, _, _), a, b in zip(both, here, there):
            compared = name in (known for known, _, _ in same)
            why = difference(os.path.join(file, name), os.path.join(shared, name)) if compared else ""
            check(f"{name} on both engines" + (", and it leaves the same bytes" if compared else ""),
                  not (a or b or why), f"file: {a or 'passed'}; server: {b or 'passed'}; {why}")
        names = [name for name, _, _ in same]
        ours, theirs = figures(file, names), figures(shared, names)
        left = server.sql("SELECT count(*) FROM pg_database WHERE datname LIKE 'story%'")
        check("every database that a story made is gone", left == "0" or any(there), left)
        print(f"file engine: {ours}; server: {theirs}, {'equal' if ours == theirs else 'NOT EQUAL'}")
    finish()


if __name__ == "__main__":
    main()
