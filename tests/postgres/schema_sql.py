"""The named statements of the .sql files, as a server prepares them."""
import os
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
ROOMS = ("inventory", "pos", "pos/pnbp", "pos/web")
OVERRIDES = os.path.join("inventory", "store", "postgres", "overrides.sql")
NAMED = re.compile(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", re.S | re.M)
COMMENT = re.compile(r"^--[^\n]*\n|/\*.*?\*/", re.S | re.M)
PARAMETER = re.compile(r"(?<![:\w]):([a-z]\w*)")


def in_file(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return {name: COMMENT.sub("", text).strip().rstrip(";")
                for name, text in NAMED.findall(f.read())}


def common():
    found = {}
    for room in ROOMS:
        for name in sorted(os.listdir(os.path.join(ROOT, room))):
            if name.endswith(".sql"):
                found.update(in_file(os.path.join(room, name)))
    return found


def overrides():
    return in_file(OVERRIDES)


def parameters(text):
    return list(dict.fromkeys(PARAMETER.findall(text)))


def prepared(name, text):
    """PREPARE with $1, $2 ... in the order in which the names come first."""
    names = parameters(text)
    return f"PREPARE {name} AS " + PARAMETER.sub(lambda m: f"${names.index(m.group(1)) + 1}", text)


def filled(text, values):
    """With literals in the place of the parameters."""
    return PARAMETER.sub(lambda m: values[m.group(1)], text)
