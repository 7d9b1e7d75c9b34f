"""Holds answers against docs/openapi.yaml: is the status promised, and is the body what was promised?

Reads the little YAML that the document is written in (maps, lists, flow collections, quoted and plain
texts, literal blocks) and the little JSON Schema that it uses; the standard library has neither.
"""
import json
import re
import urllib.parse

KEY = re.compile(r'("[^"]*"|[^\s"\[{][^:]*|\{[^:]*):(?:\s+(.*))?$')


# ---- YAML ----

def depth(text):
    """How many brackets are open at the end."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", text)
    return sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")


def lines_of(text):
    """(indentation, content), flow collections of several lines joined, literal blocks as one."""
    raw = text.split("\n")
    out, i = [], 0
    while i < len(raw):
        line = raw[i]
        i += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        content = line.strip()
        if content.endswith(": |"):
            block = []
            while i < len(raw) and (not raw[i].strip() or raw[i].startswith(" " * (indent + 1))):
                block.append(raw[i].strip())
                i += 1
            content = content[:-1] + json.dumps("\n".join(block).strip())
        while KEY.match(content) and depth(value_part(content)) > 0:
            content += " " + raw[i].strip()
            i += 1
        out.append((indent, content))
    return out


def value_part(content):
    return KEY.match(content).group(2) or ""


def scalar(text):
    if text.startswith('"'):
        return json.loads(text)
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?\d+", text) else text


class Flow:
    TOKEN = re.compile(r'\s*("(?:\\.|[^"\\])*"|[\[\]{},]|:(?=\s)|(?:[^\[\]{},:"]|:(?=\S))+)')

    def __init__(self, text):
        self.tokens = [t.strip() for t in self.TOKEN.findall(text) if t.strip()]
        self.at = 0

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def value(self):
        token = self.take()
        if token == "[":
            out = []
            while self.tokens[self.at] != "]":
                out.append(self.value())
                self.at += self.tokens[self.at] == ","
            self.at += 1
            return out
        if token == "{":
            out = {}
            while self.tokens[self.at] != "}":
                name = scalar(self.take())
                self.at += 1  # the colon
                out[name] = self.value()
                self.at += self.tokens[self.at] == ","
            self.at += 1
            return out
        return scalar(token)


def inline(text):
    return Flow(text).value() if text[0] in "[{" else scalar(text)


def block(lines, at, indent):
    """The map or list that begins at line `at`; gives it and the line after."""
    if lines[at][1].startswith("- "):
        out = []
        while at < len(lines) and lines[at][0] == indent and lines[at][1].startswith("- "):
            content = lines[at][1][2:]
            if content[0] not in "[{" and KEY.match(content):
                lines[at] = (indent + 2, content)
                value, at = block(lines, at, indent + 2)
            else:
                value, at = inline(content), at + 1
            out.append(value)
        return out, at
    out = {}
    while at < len(lines) and lines[at][0] == indent:
        m = KEY.match(lines[at][1])
        name, value = scalar(m.group(1)), m.group(2)
        at += 1
        if value:
            out[name] = inline(value)
        elif at < len(lines) and lines[at][0] > indent:
            out[name], at = block(lines, at, lines[at][0])
        else:
            out[name] = None
    return out, at


def load(path):
    with open(path, encoding="utf-8") as f:
        lines = lines_of(f.read())
    document, at = block(lines, 0, 0)
    if at != len(lines):
        raise ValueError(f"{path}: cannot read {lines[at][1]!r}")
    return document


# ---- the contract ----

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


class Contract:
    def __init__(self, path):
        self.document = load(path)
        self.met = set()  # (method, path, status) that were answered

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for part in node["$ref"].lstrip("#/").split("/"):
                target = target[part]
            node = target
        return node

    def operation(self, method, target):
        path = target.split("?")[0]
        for template, methods in self.document["paths"].items():
            pattern = re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(template))
            if re.fullmatch(pattern, path) and method.lower() in methods:
                return template, methods[method.lower()]
        return None, None

    def faults(self, method, target, answer):
        """What is not as promised, one sentence each."""
        template, operation = self.operation(method, target)
        if not operation:
            return [f"{method} {target} is not documented"]
        promised = self.resolve(operation["responses"].get(str(answer.status)))
        if not promised:
            return [f"{method} {template}: status {answer.status} is not documented"]
        self.met.add((method, template, answer.status))
        kind = answer.headers.get_content_type()
        content = promised.get("content", {})
        if kind not in content:
            return [f"{method} {template}: {answer.status} came as {kind}"]
        if kind not in ("application/json", "application/problem+json"):
            return []
        return self.mismatches(answer.json(), content[kind]["schema"], "the body")

    def mismatches(self, value, schema, where):
        schema = self.resolve(schema)
        if "oneOf" in schema:
            fits = [s for s in schema["oneOf"] if not self.mismatches(value, s, where)]
            return [] if len(fits) == 1 else [f"{where} fits {len(fits)} of the forms"]
        kind = TYPES[schema["type"]]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            return [f"{where} is {value!r}, not {schema['type']}"]
        out = []
        if "enum" in schema and value not in schema["enum"]:
            out.append(f"{where} is {value!r}, none of {schema['enum']}")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            out.append(f"{where} is {value!r}, not {schema['pattern']}")
        if schema.get("format") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            out.append(f"{where} is no day: {value!r}")
        if schema.get("format") == "date-time" and not re.fullmatch(
                r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
            out.append(f"{where} is no moment: {value!r}")
        if kind is dict:
            out += self.of_object(value, schema, where)
        if kind is list:
            for i, item in enumerate(value):
                out += self.mismatches(item, schema["items"], f"{where}[{i}]")
        return out

    def of_object(self, value, schema, where):
        known = schema.get("properties", {})
        out = [f"{where} lacks {name}" for name in schema.get("required", []) if name not in value]
        out += [f"{where} has {name}, which is not documented" for name in value if name not in known]
        for name in value:
            if name in known:
                out += self.mismatches(value[name], known[name], f"{where}.{name}")
        return out


def quoted(text):
    return urllib.parse.quote(text, safe="")
