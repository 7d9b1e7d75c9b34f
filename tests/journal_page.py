"""Runs the checker that docs/journal.md prints, as an auditor would, and damages copies of the
journal to see that it notices.

    python3 tests/journal_page.py journal.jsonl

Prints what the checker printed; ends with status 1 when the page or the journal is wrong.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

PAGE = os.path.join(os.path.dirname(__file__), "..", "docs", "journal.md")
CODE_LINES_MAX = 30


def checker():
    with open(PAGE, encoding="utf-8") as page:
        code = re.search(r"<!-- check\.py -->\n```python\n(.*?)```", page.read(), re.S).group(1)
    lines = sum(1 for line in code.split("\n") if line.strip())
    if lines > CODE_LINES_MAX:
        sys.exit(f"docs/journal.md: the checker has {lines} lines, {CODE_LINES_MAX} are promised")
    return code


def run(code, journal):
    return subprocess.run([sys.executable, "-c", code, journal], capture_output=True, text=True,
                          check=False)


def flip_digit(line):
    """Changes one digit in the body and leaves everything else as it is."""
    fields = json.loads(line)
    fields["body"] = re.sub(r":(\d)", lambda m: ":" + str((int(m.group(1)) + 1) % 10),
                            fields["body"], count=1)
    return json.dumps(fields)


def shift_byte(line):
    """Moves the last letter of the kind to the front of the actor."""
    fields = json.loads(line)
    fields["actor"] = fields["kind"][-1] + fields["actor"]
    fields["kind"] = fields["kind"][:-1]
    return json.dumps(fields)


def damages(lines):
    """(what was done, the damaged lines, the line that must be named)"""
    m = len(lines) // 2
    yield "a digit changed", lines[:m] + [flip_digit(lines[m])] + lines[m + 1:], m + 1
    yield "a byte moved to the next field", lines[:m] + [shift_byte(lines[m])] + lines[m + 1:], m + 1
    yield "a line removed", lines[:m] + lines[m + 1:], m + 1
    yield "the first line removed", lines[1:], 1
    yield "a line doubled", lines[:m + 1] + lines[m:], m + 2
    yield "two lines swapped", lines[:m] + [lines[m + 1], lines[m]] + lines[m + 2:], m + 1


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: journal_page.py journal.jsonl")
    code = checker()
    clean = run(code, sys.argv[1])
    if clean.returncode != 0 or not clean.stdout.strip():
        sys.exit("the checker refuses the journal: " + (clean.stderr.strip() or "it is empty"))
    with open(sys.argv[1], encoding="utf-8", newline="\n") as journal:
        lines = journal.read().splitlines()
    if len(lines) < 4:
        sys.exit(f"only {len(lines)} lines; too few to damage")
    for what, damaged, named in damages(lines):
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as copy:
            copy.write("\n".join(damaged) + "\n")
            copy.flush()
            found = run(code, copy.name)
        if found.returncode == 0 or not found.stderr.startswith(f"line {named},"):
            sys.exit(f"{what}: line {named} should be named, "
                     f"the checker said: {(found.stderr or found.stdout).strip()}")
    print(clean.stdout, end="")


if __name__ == "__main__":
    main()
