"""Holds docs/openapi.yaml against the program's own route table, both ways.

    python3 tests/openapi_check.py build/dev/etalase docs/openapi.yaml

`etalase routes` prints one route a line: METHOD PATH ROLES.  Compared are /healthz and /api/v1.
"""
import re
import subprocess
import sys

METHODS = ("get", "post", "put", "patch", "delete")


def machine(path):
    return path == "/healthz" or path.startswith("/api/v1/")


def shape(path):
    """Names of parameters do not matter, their places do."""
    return re.sub(r"\{[^}]*\}|:\w+|\*", "{}", path)


def routes_of(program):
    out = subprocess.run([program, "routes"], capture_output=True, text=True, check=True).stdout
    routes = {}
    for line in out.splitlines():
        method, path, roles = (line.split(None, 2) + [""])[:3]
        if machine(path) and method != "HEAD":
            routes[method, shape(path)] = roles.strip()
    return routes


def promises_of(document):
    """Paths and methods of the YAML, which is written with two blanks a level; and whether the
    operation says `security: []`, that is, whether anybody may call it."""
    promises = {}
    path = key = None
    inside = False
    with open(document, encoding="utf-8") as f:
        for line in f:
            if re.match(r"\S", line):
                inside = line.startswith("paths:")
            elif inside and (m := re.match(r"  (/\S*):\s*$", line)):
                path = m.group(1)
            elif inside and (m := re.match(r"    (\w+):\s*$", line)) and m.group(1) in METHODS:
                key = m.group(1).upper(), shape(path)
                promises[key] = False
            elif inside and re.match(r"      security: \[\]\s*$", line):
                promises[key] = True
    return promises


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: openapi_check.py PROGRAM OPENAPI_YAML")
    routes = routes_of(sys.argv[1])
    promises = promises_of(sys.argv[2])
    if not routes or not promises:
        sys.exit(f"nothing to compare: {len(routes)} routes, {len(promises)} documented")
    wrong = [f"{m} {p}: the program has it, {sys.argv[2]} does not" for m, p in routes.keys() - promises.keys()]
    wrong += [f"{m} {p}: documented, but the program does not have it"
              for m, p in promises.keys() - routes.keys()]
    for key in routes.keys() & promises.keys():
        if promises[key] and not re.search(r"anyone|public|none|-|\*", routes[key]):
            wrong.append(f"{' '.join(key)}: documented as open to anybody, "
                         f"the program asks for {routes[key]}")
    for line in sorted(wrong):
        print(line)
    if wrong:
        sys.exit(1)
    print(f"{len(routes)} calls, all documented")


if __name__ == "__main__":
    main()
