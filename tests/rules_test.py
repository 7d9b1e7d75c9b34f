"""Sees that script/rules.py finds what it is there to find: one small offence each, and a clean house.

    python3 tests/rules_test.py
"""
import os
import subprocess
import sys
import tempfile

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "script", "rules.py")

# Headers that the includes below name.
HOUSE = ["include/rupiah.h", "inventory/base/sbuf.h", "inventory/store/store.h", "inventory/goods.h",
         "receipts/qr.h", "pos/sale.h", "pos/web/route.h", "pos/command/args.h"]

LONG_C = "int f(void)\n{\n" + "    g();\n" * 68 + "}\n"
LONG_JS = "export async function f() {\n" + "  g();\n" * 68 + "}\n"

# (file, content, part of the sentence; empty: nothing may be found)
OFFENCES = [
    ("include/a.h", '#include "inventory/base/sbuf.h"\n', "include/ may not include"),
    ("inventory/base/a.c", '#include "inventory/store/store.h"\n', "may not include"),
    ("inventory/store/a.c", '#include "inventory/goods.h"\n', "may not include"),
    ("inventory/a.c", '#include "receipts/qr.h"\n', "may not include"),
    ("inventory/a.c", '#include "pos/sale.h"\n', "may not include"),
    ("receipts/a.c", '#include "inventory/goods.h"\n', "may not include"),
    ("receipts/a.c", '#include "inventory/store/store.h"\n', "may not include"),
    ("pos/pnbp/a.c", '#include "pos/sale.h"\n', "may not include"),
    ("pos/a.c", '#include "pos/web/route.h"\n', "may not include"),
    ("pos/web/a.c", '#include "pos/command/args.h"\n', "may not include"),
    ("pos/a.c", '  #  include "sale.h"\n', "neither a path from the root"),
    ("inventory/store/a.c", "#include <sqlite3.h>\n", "store_sqlite.c only"),
    ("receipts/a.c", "#include <cairo.h>\n", "raster.c"),
    ("pos/a.c", 'const char *s = "postgresql://";\n', "an engine's name"),
    ("inventory/a.sql", "-- SQLite only\n", "an engine's name"),
    ("inventory/store/a.h", "/* SQLite, libpq */\n", ""),
    ("docs/a.md", "SQLite\n", ""),
    ("pos/a.c", "#ifdef ETALASE_SERVER\n", "built in one way only"),
    ("pos/a.c", "#include <zlib.h>\n", "no library that has a door"),
    ("pos/web/a.c", '#include "pos/sale.h"\n#include "rupiah.h"\n#include <string.h>\n', ""),
    ("pos/a.c", '/* #include "pos/web/route.h" */\n', ""),
    ("tests/a.c", '#include "pos/web/route.h"\n#include <sqlite3.h>\n', ""),
    ("pos/a.c", 'const char *s = "SELECT 1 FROM sale";\n', "SQL in C"),
    ("pos/a.c", 'const char *s = "Update the price, then delete it.";\n', ""),
    ("pos/a.c", "/* SELECT a row */\n", ""),
    ("inventory/a.c", "static double d;\n", "floating point"),
    ("inventory/a.c", '/* double */ const char *s = "float";\n', ""),
    ("receipts/a.c", "static double d;\n", ""),
    ("pos/a.c", LONG_C, "a function of 70 lines"),
    ("pos/a.c", LONG_C.replace("    g();\n", "", 1), ""),
    ("pos/web/static/a.js", LONG_JS, "a function of 70 lines"),
    ("pos/web/static/a.js", LONG_JS.replace("  g();\n", "", 1), ""),
    ("pos/a.c", "int a;\n" * 500, "stays under 500"),
    ("pos/a.sql", "-- a\n" * 500, "stays under 500"),
    ("pos/a.c", "int a;\n" * 499, ""),
    ("pos/web/templates/a.html", '<p style="color:red">\n', "inline style"),
    ("pos/web/templates/a.html", "<style>p{}</style>\n", "inline style"),
    ("pos/web/templates/a.html", "<script>f()</script>\n", "inline script"),
    ("pos/web/templates/a.html", '<script src="{{@till.js}}" defer></script>\n', ""),
    ("pos/web/templates/a.html", '<button onclick="f()">\n', "script in an attribute"),
    ("pos/web/templates/a.html", '<img src="https://elsewhere.example/a.png">\n', "from elsewhere"),
    ("pos/a.c", "/* TO" "DO: later */\n", "unfinished"),
    ("docs/a.md", "FIX" "ME\n", "unfinished"),
    ("docs/a.md", "FIX" "ME (#12)\n", ""),
    ("docs/a.md", "see /ho" "me/somebody/etalase\n", "of one machine"),
    ("tests/browser/package-lock.json", '"resol' 'ved": "x"\n', "of one machine"),
    ("docs/a.md", "`/P/CODE`, HTTPS://HOST/P/CODE\n", ""),
    ("pos/a.c", "int a;\r\n", "carriage returns"),
]


def write(root, path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)


def rules(root):
    return subprocess.run([sys.executable, RULES], cwd=root, capture_output=True, text=True,
                          check=False)


def main():
    bad = 0
    for path, text, sentence in OFFENCES:
        with tempfile.TemporaryDirectory() as root:
            for header in HOUSE:
                write(root, header, "")
            write(root, path, text)
            found = rules(root)
        lines = found.stdout.splitlines()
        right = (found.returncode == 0 and not lines if not sentence else
                 found.returncode == 1 and len(lines) == 1 and lines[0].startswith(path + ":")
                 and sentence in lines[0])
        if not right:
            bad += 1
            print(f"{path}: {text[:60]!r}: wanted {sentence or 'nothing'!r}, "
                  f"got {lines or found.stderr.strip()}")
    print(f"{len(OFFENCES) - bad} right, {bad} wrong")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
