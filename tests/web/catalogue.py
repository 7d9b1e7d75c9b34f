#!/usr/bin/env python3
"""Holds pos/web/po/en.po against the texts of the program.

Every {{_ text}} of the templates and every _("text") of the C files must stand in the catalogue
with a translation; nothing else may; the translation must have the same conversions (%s, %d ...)
in the same order.  Without arguments it checks and says what is wrong; --update rewrites the
catalogue: new texts come in empty, unused ones go, translations stay.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "pos/web/po/en.po"
FOLDERS = ("include", "inventory", "receipts", "pos")
HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: etalase\\n"\n"Language: en\\n"\n'
    '"PO-Revision-Date: 2026-11-22 00:00+0000\\n"\n"Last-Translator: Etalase\\n"\n'
    '"Language-Team: English\\n"\n'
    '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
)
HOLE = re.compile(r"\{\{_\s([^{}]*)\}\}")
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
COMMENT_OR_LITERAL = re.compile(r"/\*.*?\*/|//[^\n]*|" + LITERAL, re.S)
MARKED = re.compile(r"(?<![A-Za-z0-9_])_\(\s*((?:" + LITERAL + r"\s*)+)(\)?)")
CONVERSION = re.compile(r"%(?:%|[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|z|j|t)?[a-zA-Z])")
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def unquote(literals):
    parts = re.findall(LITERAL, literals)
    return "".join(re.sub(r"\\(.)", lambda m: ESCAPES[m.group(1)], p[1:-1]) for p in parts)


def quote(text):
    for char, code in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(char, code)
    return '"' + text + '"'


def without_comments(source):
    return COMMENT_OR_LITERAL.sub(lambda m: m.group() if m.group()[0] == '"' else " ", source)


def texts_of_template(path):
    for hole in HOLE.finditer(path.read_text(encoding="utf-8")):
        yield " ".join(hole.group(1).split("|")[0].split())


def texts_of_c(path, wrong):
    for mark in MARKED.finditer(without_comments(path.read_text(encoding="utf-8"))):
        if mark.group(2) != ")":
            wrong.append(f"{path.relative_to(ROOT)}: only literals may stand in _(): "
                         f"{mark.group(1).strip()}")
        yield unquote(mark.group(1))


def texts_of_program(wrong):
    """text -> (set of files, comes from C)"""
    found = {}
    for path in sorted(ROOT.glob("pos/web/templates/*.html")):
        for text in texts_of_template(path):
            found.setdefault(text, [set(), False])[0].add(str(path.relative_to(ROOT)))
    for folder in FOLDERS:
        for path in sorted(ROOT.glob(folder + "/**/*.[ch]")):
            for text in texts_of_c(path, wrong):
                entry = found.setdefault(text, [set(), False])
                entry[0].add(str(path.relative_to(ROOT)))
                entry[1] = True
    return found


def read_catalogue():
    entries = {}
    if not CATALOGUE.exists():
        return entries
    body = re.sub(r"^#.*\n", "", CATALOGUE.read_text(encoding="utf-8"), flags=re.M)
    strings = r"((?:\s*" + LITERAL + r")+)"
    for entry in re.finditer(r"msgid" + strings + r"\s*msgstr" + strings, body):
        entries[unquote(entry.group(1))] = unquote(entry.group(2))
    return entries


def write_catalogue(found, entries):
    out = [HEADER]
    for text, (files, from_c) in sorted(found.items(), key=lambda e: (sorted(e[1][0]), e[0])):
        out.append("\n" + "".join(f"#: {file}\n" for file in sorted(files)))
        out.append("#, c-format\n" if from_c and CONVERSION.search(text) else "")
        out.append(f"msgid {quote(text)}\nmsgstr {quote(entries.get(text, ''))}\n")
    CATALOGUE.write_text("".join(out), encoding="utf-8")


def check(found, entries, wrong):
    for text, (files, _) in sorted(found.items()):
        other = entries.get(text)
        if not other:
            wrong.append(f"{sorted(files)[0]}: not translated: {text}")
        elif CONVERSION.findall(text) != CONVERSION.findall(other):
            wrong.append(f"{sorted(files)[0]}: other conversions in the translation: {text}")
    for text in sorted(set(entries) - set(found) - {""}):
        wrong.append(f"{CATALOGUE.relative_to(ROOT)}: not used any more: {text}")


def main():
    wrong = []
    found = texts_of_program(wrong)
    if sys.argv[1:] == ["--update"]:
        write_catalogue(found, read_catalogue())
    elif sys.argv[1:]:
        print("usage: catalogue.py [--update]", file=sys.stderr)
        return 2
    check(found, read_catalogue(), wrong)
    for line in wrong:
        print(line)
    print(f"{len(found)} texts, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
