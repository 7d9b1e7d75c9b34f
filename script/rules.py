"""The rules of the house that no compiler checks, one line a finding: `file:line: sentence`.

docs/architecture.md says why each is there.  Run by script/check, from the root of the tree.
"""
import os
import re
import sys

FILE_LINES_MAX = 499
FUNCTION_LINES_MAX = 69

# Storeys from the ground up: what each may include, as folders from the root of the tree.
GROUND = ["include", "inventory/base"]
HOUSE = GROUND + ["inventory/store", "inventory"]
STOREYS = {
    "include": ["include"],
    "inventory/base": GROUND,
    "inventory/store": GROUND + ["inventory/store"],
    "inventory": HOUSE,
    "receipts": GROUND + ["receipts"],
    "pos/pnbp": HOUSE + ["receipts", "pos/pnbp"],
    "pos": HOUSE + ["receipts", "pos/pnbp", "pos"],
    "pos/web": HOUSE + ["receipts", "pos/pnbp", "pos", "pos/web"],
    "pos/command": HOUSE + ["receipts", "pos/pnbp", "pos", "pos/web", "pos/command"],
    # The command line wires everything together; nothing but main.c includes it.
}

# One library, one door: the files that may include a header of an outside library.
DOORS = [
    (r"sqlite3\.h", ["inventory/store/store_sqlite.c"]),
    (r"libpq-fe\.h", ["inventory/store/store_postgres.c"]),
    (r"sodium(/.*)?\.h", ["inventory/base/secret.c"]),
    (r"jansson\.h", ["inventory/base/json.c"]),
    (r"microhttpd\.h", ["pos/web/server.c"]),
    (r"curl/.*", ["pos/sync_http.c"]),
    (r"libusb.*", ["receipts/usb_device.c"]),
    (r"qrencode\.h", ["receipts/qr.c"]),
    (r"(cairo|pango|fontconfig).*", ["receipts/raster.c", "receipts/document.c"]),
    (r"png\.h", ["receipts/png_file.c"]),
    (r"(gdk-pixbuf/.*|glib.*|gio/.*)", ["inventory/base/picture.c"]),
    (r"zbar\.h", ["receipts/qr_read.c"]),
    (r"xlsxwriter\.h", ["pos/export_xlsx.c"]),
]
SYSTEM = re.compile(
    r"(assert|ctype|dirent|errno|fcntl|getopt|grp|inttypes|limits|locale|netdb|poll|pthread|pwd"
    r"|regex|sched|semaphore|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint"
    r"|stdio|stdlib|string|strings|syslog|termios|time|unistd|wchar)\.h"
    r"|(sys|net|netinet|arpa)/\w+\.h")

# The store's engines have names in their own folder only; above it nothing knows which one is there.
ENGINE = re.compile(r"sqlite|postgres|libpq", re.I)
PROGRAM = ("include/", "inventory/", "pos/", "receipts/")

# Statements of SQL inside a C string; "Update" in a sentence is no statement.
SQL = re.compile(
    r"\b(SELECT\s+\S|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b"
    r"|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER|VIEW)\b|PRAGMA\s+\w|BEGIN\s+IMMEDIATE\b)")

MACHINE = re.compile(
    r"(?<![\w.~:-])/(home|root|Users|work|mnt|opt|srv)/\w"
    r"|\b(registry|mirror|proxy|artifactory|nexus)\.[a-z0-9-]+\.[a-z]{2,}|\bnpmjs\.(org|com)\b"
    r"|\b(deb|security)\.debian\.org\b|\bpypi\.org\b|\"resolved\":")
UNDONE = re.compile(r"\b(TO" r"DO|X" r"XX|HA" r"CK)\b|\bFIX" r"ME\b(?!.*#\d)|\bnot yet impl" r"emented\b")

SKIPPED = {".git", "build", "var", "node_modules", "__pycache__"}
TEXT = (".c", ".h", ".js", ".mjs", ".py", ".sql", ".html", ".css", ".svg", ".po", ".md", ".1",
        ".yaml", ".json", ".txt", ".cmake", ".csv")

findings = []


def finding(path, line, sentence):
    findings.append((path, line, sentence))


def files():
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(f for f in folders if f not in SKIPPED)
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), ".")
            if name.endswith(TEXT) or os.path.dirname(path) in ("script", ".ci"):
                yield path


def blank(match):
    """Blanks of the same shape, so that line numbers and columns stay."""
    return re.sub(r"[^\n]", " ", match.group(0))


LEXEME = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def without_comments(text):
    return LEXEME.sub(lambda m: blank(m) if m.group(0)[0] == "/" else m.group(0), text)


def without_comments_and_strings(text):
    return LEXEME.sub(blank, text)


def only_comments(text):
    """The comments alone, at their lines; for the spelling check."""
    out = []
    at = 0
    for m in LEXEME.finditer(text):
        if m.group(0)[0] == "/":
            out.append(re.sub(r"[^\n]", " ", text[at:m.start()]) + m.group(0))
            at = m.end()
    return "".join(out) + re.sub(r"[^\n]", " ", text[at:])


def storey_of(path):
    folder = os.path.dirname(path)
    while folder and folder not in STOREYS:
        folder = os.path.dirname(folder)
    return folder


def check_outside_header(path, line, header):
    for pattern, doors in DOORS:
        if re.fullmatch(pattern, header):
            if path not in doors:
                finding(path, line, f"<{header}> may be included by {' and '.join(doors)} only")
            return
    if not SYSTEM.fullmatch(header):
        finding(path, line, f"<{header}> belongs to no library that has a door here")


def check_own_header(path, line, header):
    if header == "sql_names.h":  # generated
        return
    target = header if "/" in header else "include/" + header
    if not os.path.exists(target):
        finding(path, line, f'"{header}" is neither a path from the root nor a file of include/')
    elif storey_of(target) not in STOREYS[storey_of(path)]:
        finding(path, line, f"{storey_of(path)}/ may not include {header}")


def check_includes(path, text):
    if path == "pos/main.c" or not storey_of(path):  # wires everything; tests may include all
        return
    for i, line in enumerate(without_comments(text).split("\n"), 1):
        m = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if m and m.group(1) == "<":
            check_outside_header(path, i, m.group(2))
        elif m:
            check_own_header(path, i, m.group(2))


def check_size(path, text):
    lines = text.count("\n")
    if lines > FILE_LINES_MAX:
        finding(path, lines, f"{lines} lines; a file stays under {FILE_LINES_MAX + 1}")


def check_functions(path, text, opens):
    """A function is from its opening line to the line that closes it at the same indentation."""
    begun = None
    for i, line in enumerate(text.split("\n"), 1):
        m = opens.match(line)
        if begun is None and m:
            begun, closes = i, re.compile(re.escape(m.group(1)) + r"\}")
        elif begun is not None and closes.match(line):
            if i - begun + 1 > FUNCTION_LINES_MAX:
                finding(path, begun, f"a function of {i - begun + 1} lines; "
                        f"it stays under {FUNCTION_LINES_MAX + 1}")
            begun = None


C_OPENS = re.compile(r"()\{$")
JS_OPENS = re.compile(r"(\s*)(?:export )?(?:default )?(?:async )?"
                      r"(?:function\b.*|(?:const|let) \w+ = (?:async )?(?:\(.*\)|\w+) =>.*)\{$")


def check_c(path, text):
    bare = without_comments_and_strings(text)
    check_includes(path, text)
    check_size(path, text)
    check_functions(path, bare, C_OPENS)
    if path.startswith("tests/"):
        return
    if not path.startswith("inventory/store/"):
        for i, line in enumerate(without_comments(text).split("\n"), 1):
            if any(SQL.search(s) for s in re.findall(r'"(?:\\.|[^"\\])*"', line)):
                finding(path, i, "SQL in C; it belongs into a .sql file, under a name")
    if not path.startswith("receipts/"):
        for i, line in enumerate(bare.split("\n"), 1):
            if re.search(r"\b(double|float)\b", line):
                finding(path, i, "floating point outside drawing; money and quantities are integers")


def check_engine(path, text):
    for i, line in enumerate(text.split("\n"), 1):
        if ENGINE.search(line):
            finding(path, i, "an engine's name; it stays inside inventory/store/")
        if re.match(r"\s*#\s*if(def)?\b.*\bETALASE_", line):
            finding(path, i, "the program is built in one way only; no switch at compile time")


def check_template(path, text):
    for i, line in enumerate(text.split("\n"), 1):
        if re.search(r"<style\b|\sstyle\s*=", line):
            finding(path, i, "inline style; it belongs into static/")
        if re.search(r"<script\b(?![^>]*\bsrc=\"[^\"]*\"[^>]*>\s*</script>)", line):
            finding(path, i, "inline script; it belongs into static/")
        if re.search(r"\son[a-z]+\s*=|javascript:", line):
            finding(path, i, "a script in an attribute; listeners are added in static/")
        if re.search(r"\b(src|href|action)\s*=\s*\"?(https?:)?//", line):
            finding(path, i, "a page loads and links nothing from elsewhere")


def check_words(path, text):
    for i, line in enumerate(text.split("\n"), 1):
        if path != "script/rules.py" and MACHINE.search(line):
            finding(path, i, "a path or host of one machine")
        if UNDONE.search(line):
            finding(path, i, "unfinished work is written down as an issue, not in the tree")


def main():
    comments = sys.argv[2] if sys.argv[1:2] == ["--comments"] else None
    for path in files():
        with open(path, encoding="utf-8", errors="replace", newline="") as f:
            text = f.read()
        if "\r" in text and not path.startswith("tests/"):
            finding(path, 1, "carriage returns")
        if not path.startswith("tests/fuzz/corpus"):
            check_words(path, text)
        if path.startswith(PROGRAM) and not path.startswith("inventory/store/"):
            check_engine(path, text)
        if path.endswith((".c", ".h")):
            check_c(path, text)
        elif path.endswith((".js", ".mjs")):
            check_size(path, text)
            check_functions(path, text, JS_OPENS)
        elif path.endswith((".sql", ".py")):
            check_size(path, text)
        elif path.startswith("pos/web/templates/"):
            check_template(path, text)
        if comments and path.endswith((".c", ".h", ".js", ".mjs")):
            copy = os.path.join(comments, path)
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            with open(copy, "w", encoding="utf-8") as f:
                f.write(only_comments(text))
    for path, line, sentence in findings:
        print(f"{path}:{line}: {sentence}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
