"""Holds EPCIS documents against the published JSON schema.

    python3 tests/epcis_check.py [SCHEMA] FILE...

Without a schema named it is looked for in ../shared/data beside the project; where there is none the check
says so and is skipped (status 77).  The test of pos/trace keeps the files equal to what the program writes.
"""
import json
import os
import re
import sys

import jsonschema

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NAME = os.path.join("shared", "data", "epcis-json-schema.json")
# Beside the project, or beside the folder of its work trees.
PLACES = [os.path.join(ROOT, "..", NAME), os.path.join(ROOT, "..", "..", NAME)]
SKIPPED = 77


def main():
    given = sys.argv[1:]
    schema_path = next(filter(os.path.exists, PLACES), PLACES[0])
    if given and given[0].endswith(".json"):
        schema_path = given.pop(0)
    if not os.path.exists(schema_path):
        print(f"{schema_path} is not here: nothing was checked")
        sys.exit(SKIPPED)
    with open(schema_path, encoding="utf-8") as f:
        schema = json.load(f)
    checker = jsonschema.FormatChecker()
    # Without a checker of its own "uri" takes any text, and so a step that nobody knows.
    checker.checks("uri")(
        lambda text: not isinstance(text, str) or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+", text)))
    validator = jsonschema.Draft7Validator(schema, format_checker=checker)
    bad = 0
    for path in given:
        with open(path, encoding="utf-8") as f:
            document = json.load(f)
        for error in validator.iter_errors(document):
            bad += 1
            print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
        events = document["epcisBody"]["eventList"]
        if not events:
            bad += 1
            print(f"{path}: no events")
            continue
        # A check that cannot fail is none.
        events[0]["bizStep"] = "invented_step"
        if validator.is_valid(document):
            bad += 1
            print(f"{path}: an invented step is not refused")
    print(f"epcis: {len(given)} documents, {bad} faults")
    sys.exit(1 if bad or not given else 0)


if __name__ == "__main__":
    main()
