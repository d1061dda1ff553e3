#!/usr/bin/env python3
"""survey-model: a model of whorl-survey(1). It reads the same records and checks a report, column by
column: all figures exactly, but the bits within a thousandth, and the estimates of more than 64
values within four standard errors.

    survey-model.py [--by=POINTER] [--json] REPORT RECORDS...

It says what differs, and its exit status is 1 if something does. Records must be valid: those that
whorl rejects are not for it. No path may have been merged for lack of memory."""
import base64
import binascii
import json
import math
import re
import sys
import unicodedata
from collections import Counter

TYPES = ["null", "boolean", "number", "string", "array", "object", "error"]
SIZE, EXAMPLES, CUT = 64, 8, 96


class Number(str):
    """A number as it is written."""


def load(line):
    def text(s):
        return s if s.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", s)

    def clean(value):
        if isinstance(value, str) and not isinstance(value, Number):
            return text(value)
        if isinstance(value, list):
            return [clean(v) for v in value]
        return value

    def pairs(items):
        return {text(name): clean(value) for name, value in items}

    return clean(json.loads(line, parse_int=Number, parse_float=Number, object_pairs_hook=pairs))


def type_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, Number):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, list):
        return "array"
    return "error" if len(value) <= 4 and "error" in value and "value" not in value else "object"


def canonical(value):
    """What is equal for values with the same canonical text. Not the hash of a number, because that
    of -1 is that of -2 in Python."""
    if isinstance(value, Number):
        return hash(("number", repr(float(value) + 0.0)))
    if isinstance(value, list):
        return hash(("array", tuple(map(canonical, value))))
    if isinstance(value, dict):
        return hash(("object", frozenset((k, canonical(v)) for k, v in value.items())))
    return hash((type_of(value), value))


def class_of(marker):
    error = marker["error"]
    if isinstance(error, dict):
        name = error.get("name")
        error = name if type_of(name) == "string" else error.get("message")
    if type_of(error) != "string":
        return ""
    found = re.match(r"([A-Za-z_][A-Za-z0-9_]*)(:|\Z)", error)
    return found.group(1) if found and len(found.group(1)) <= 64 else ""


def data_url(text):
    found = re.fullmatch(r"data:([^,]+);base64,([^,]*)", text, re.S)
    if not found:
        return text
    try:
        data = base64.b64decode(found.group(2), validate=True)
    except (binascii.Error, ValueError):
        return text
    if base64.b64encode(data).decode() != found.group(2):
        return text
    if found.group(1) == "image/png" and data[:8] == b"\x89PNG\r\n\x1a\n":
        kept, at = data[:8], 8
        while len(data) - at >= 12:
            end = at + 12 + int.from_bytes(data[at:at + 4], "big")
            if end > len(data):
                break
            if not chr(data[at + 5]).islower():
                kept += data[at:end]
            at = end
        data = kept + data[at:]
    return found.group(1) + ":", data


def words(name):
    return re.findall(r"[A-Z0-9]*[a-z0-9]+(?![a-z0-9])|[A-Z0-9]+", name) and \
        re.sub(r"([a-z])([A-Z])", r"\1 \2", re.sub(r"[^A-Za-z0-9]+", " ", name)).lower().split()


def private(name):
    w, known = words(name), ("ip", "mac", "email", "sdp", "label", "deviceid")
    return bool(w) and (w[0] in known or w[-1] in known or w[:2] == ["device", "id"] or
                        w[-2:] == ["device", "id"])


def address(text):
    for word in re.split(r"[ ,;()\[\]{}<>\"'=|\\]|(?<=/)/", text):
        four = re.match(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![A-Za-z0-9.])", word, re.A)
        colons = re.split("[%/]", word)[0]
        if "@" in word or (four and all(int(n) < 256 for n in four.groups())):
            return True
        if re.fullmatch("[0-9a-fA-F:.]+", colons) and \
                (colons.count(":") >= 5 or ("::" in colons and len(word) > 2)):
            return True
    return False


def personal(value):
    if isinstance(value, dict):
        return any(private(k) or address(k) or personal(v) for k, v in value.items())
    if isinstance(value, list):
        return any(map(personal, value))
    return type_of(value) == "string" and address(value)


def pointer(path):
    return "".join("/" + t.replace("~", "~0").replace("/", "~1") for t in path)


def find(value, tokens):
    for token in tokens:
        if type_of(value) == "array" and re.fullmatch("0|[1-9][0-9]*", token) and \
                int(token) < len(value):
            value = value[int(token)]
        elif isinstance(value, dict) and token in value:
            value = value[token]
        else:
            return None
    return value


class Path:
    def __init__(self):
        self.records, self.types, self.members = 0, Counter(), 0
        self.shortest, self.longest = math.inf, 0
        self.values, self.counters, self.start = Counter(), [], 0
        self.places, self.texts, self.stale = {}, {}, set()
        self.children, self.partition, self.formed, self.keyed = set(), [], False, False
        self.pairs = self.flips = self.form_flips = 0

    def count(self, value):
        """Space-Saving: counters of value, count, error."""
        if value in self.places:
            self.counters[self.places[value]][1] += 1
            return self.places[value]
        if len(self.counters) < SIZE:
            self.counters.append([value, 1, 0])
            self.places[value] = len(self.counters) - 1
            return len(self.counters) - 1
        least = min(c[1] for c in self.counters)
        at = next(i % SIZE for i in range(self.start, self.start + SIZE)
                  if self.counters[i % SIZE][1] == least)
        del self.places[self.counters[at][0]]
        self.counters[at] = [value, least + 1, least]
        self.places[value] = at
        self.start = at + 1
        self.stale.add(at)
        return at

    def add(self, value, equal, number):
        kind = type_of(value)
        self.records += 1
        self.types[kind] += 1
        length = len(value) if kind in ("array", "object", "error") else \
            len(value.encode()) if isinstance(value, str) else len(json.dumps(value))
        self.shortest, self.longest = min(self.shortest, length), max(self.longest, length)
        self.members += len(value) if kind == "object" else 0
        at = self.count(equal)
        if equal not in self.values and len(self.values) < EXAMPLES:
            self.texts[at] = value
        self.values[equal] += 1
        if len(self.values) <= SIZE:
            self.partition.append((number, at))

    def exact(self):
        return len(self.values) <= SIZE


class Survey:
    def __init__(self, by):
        self.by = [t.replace("~1", "/").replace("~0", "~") for t in by.split("/")[1:]] if by else None
        self.paths, self.records, self.keyed, self.last = {}, 0, 0, {}

    def at(self, path):
        if path not in self.paths:
            self.paths[path] = Path()
            if path:
                self.paths[path[:-1]].children.add(path)
        return self.paths[path]

    def walk(self, path, value, seen):
        """Add the members of an object: what is equal for equal ones."""
        members = []
        for name, member in value.items():
            own, kind = path + (name,), type_of(member)
            if kind == "object":
                self.at(own)
                equal = self.walk(own, member, seen)
            elif kind == "error":
                equal = hash(("error", class_of(member)))
            else:
                equal = canonical(member)
            form = equal
            if kind == "array":
                form = hash(("any order", frozenset(Counter(map(canonical, member)).items())))
            elif kind == "string" and member.startswith("data:"):
                form = hash(("form", data_url(member)))
            here = self.at(own)
            here.formed |= kind == "array" or (kind == "string" and member.startswith("data:"))
            here.add(member, equal, self.records)
            seen[own] = equal, form
            members.append((name, equal))
        return hash(("object", frozenset(members)))

    def add(self, record):
        seen = {}
        self.at(())
        self.walk((), record, seen)
        self.records += 1
        key = find(record, self.by) if self.by else None
        if self.by:
            for n in range(len(self.by)):
                if tuple(self.by[:n + 1]) in seen and has(record, self.by):
                    self.paths[tuple(self.by[:n + 1])].keyed = True
        if type_of(key) not in ("boolean", "number", "string") or key == "":
            return
        self.keyed += 1
        key = canonical(key)
        before = self.last.get(key)
        self.last[key] = seen
        for path in {**before, **seen} if before is not None else ():
            old, new, here = before.get(path), seen.get(path), self.paths[path]
            here.pairs += 1
            here.flips += old is None or new is None or old[0] != new[0]
            here.form_flips += old is None or new is None or old[1] != new[1]

    def find_rows(self):
        rows, maps, varied, hidden = [], {(): False}, {(): False}, {(): False}
        for path in sorted(self.paths, key=len):
            here = self.paths[path]
            if not path:
                continue
            up = path[:-1]
            usual = 2 * here.records >= self.paths[up].types["object"]
            hidden[path] = hidden[up] or (maps[up] and not (varied[up] and usual))
            names, objects = len(here.children), here.types["object"]
            varied[path] = names >= 64 and 2 * here.members < names * objects
            maps[path] = varied[path] or self.uniform(here)
            if not hidden[path] and (maps[path] or not here.children or objects < here.records):
                rows.append((pointer(path), path, maps[path]))
        return sorted(rows, key=lambda row: row[0].encode())

    def uniform(self, here):
        kinds = Counter()
        for child in here.children:
            child = self.paths[child]
            types = {t: child.types[t] for t in TYPES[1:6] if child.types[t]}
            kinds["object" if "object" in types else
                  max(types, key=types.get) if types else "null"] += 1
            if child.flips:
                return False
        every = sum(kinds.values()) - kinds["null"]
        most = max((n for t, n in kinds.items() if t != "null"), default=0)
        return sum(kinds.values()) >= 32 and not kinds["object"] and 20 * most >= 19 * every

    def report(self):
        """A dict of cells for each row."""
        classes, rows = {}, []
        for text, path, is_map in self.find_rows():
            here = self.paths[path]
            cells = {"path": text, "records": here.records, "types": here.types,
                     "exact": here.exact(), "values": len(here.values),
                     "shortest": here.shortest, "longest": here.longest,
                     "pairs": here.pairs, "flips": here.flips, "same": "-",
                     "map": len(here.children) if is_map else None, "keyed": here.keyed,
                     "form": here.form_flips if here.formed else None,
                     "arrays": here.types["array"] > 0, "here": here,
                     "private": here.keyed or any(map(private, path)),
                     "constant": len(here.values) == 1 and here.records == self.records}
            counts = [c[1] for c in here.counters]
            total = sum(counts)
            cells["bits"] = sum(c / total * math.log2(total / c) for c in counts)
            cells["commonest"] = max(c[1] - c[2] for c in here.counters)
            if here.exact() and not cells["constant"]:
                cells["same"] = classes.setdefault(tuple(here.partition), text)
                cells["same"] = "-" if cells["same"] == text else cells["same"]
            rows.append(cells)
        return rows

    def example(self, row, distinct):
        """The value that is shown; no element if none is."""
        here = row["here"]
        if row["private"] or row["unique"] or row["commonest"] < 2 or \
                (self.by and len(self.last) >= 10 and distinct * 10 >= len(self.last) * 9):
            return []
        at = next(i for i, c in enumerate(here.counters) if c[1] - c[2] == row["commonest"])
        if at not in here.texts or at in here.stale or personal(here.texts[at]):
            return []
        return [here.texts[at]]


def has(value, tokens):
    marker = object()
    for token in tokens:
        value = value.get(token, marker) if isinstance(value, dict) else \
            value[int(token)] if isinstance(value, list) and token.isdigit() and \
            int(token) < len(value) else marker
        if value is marker:
            return False
    return True


def percent(part, whole):
    share = (part * 20000 + whole) // (2 * whole) if whole else 0
    return f"{share // 100}.{share % 100:02}"


def escaped(text):
    """Control and format characters as in JSON."""
    return "".join("".join(f"\\u{int.from_bytes(unit, 'big'):04x}" for unit in utf16_units(c))
                   if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)


def utf16_units(character):
    units = character.encode("utf-16-be")
    return [units[i:i + 2] for i in range(0, len(units), 2)]


class Check:
    def __init__(self):
        self.bad = 0

    def equal(self, what, got, want):
        if got != want:
            self.bad += 1
            print(f"{what}: reported {got!r}, the model has {want!r}")

    def true(self, what, value):
        self.equal(what, bool(value), True)


def check_common(check, survey, row, name, distinct, bits, example, cut):
    n = row["values"]
    if row["exact"]:
        check.equal(name + " distinct", distinct, n)
        check.true(f"{name} bits {bits} {row['bits']}", abs(bits - row["bits"]) <= 0.001)
    else:
        check.true(f"{name} distinct {distinct} of {n}",
                   abs(distinct - n) <= 4 * 0.0325 * n and SIZE < distinct <= row["records"])
        check.true(f"{name} bits {bits} {row['bits']}", -0.001 <= bits - row["bits"] <= 0.0000001)
        true = [c / row["records"] for c in row["here"].values.values()]
        check.true(name + " lower bound", bits <= -sum(p * math.log2(p) for p in true))
        check.true(name + " commonest", row["commonest"] <= max(row["here"].values.values()))
    want = survey.example(row, distinct)
    check.equal(name + " has an example", example is not None, bool(want))
    if example is not None and want:
        if cut:
            check.true(name + " cut", CUT - 4 < len(example.encode("utf-8", "surrogatepass")) <= CUT)
        else:
            check.equal(name + " example", canonical(load(example)), canonical(want[0]))


def set_unique(row, distinct):
    row["unique"] = row["records"] >= 10 and distinct * 10 >= row["records"] * 9


def check_text(survey, report, check):
    lines = report.split("\n")
    check.equal("last line", lines.pop(), "")
    rows = survey.report()
    check.equal("records", lines.pop(0), f"# {survey.records} records, {len(rows)} paths")
    if survey.by:
        check.equal("keys", lines.pop(0),
                    f"# {survey.keyed} records with a key, of {len(survey.last)} keys")
    names = "path records share types distinct bits commonest shortest longest errors".split()
    names += (["pairs", "flips", "rate"] if survey.by else []) + ["same", "notes", "example"]
    check.equal("columns", lines.pop(0).split("\t"), names)
    got, want = [line.split("\t")[0] for line in lines], [escaped(r["path"]) for r in rows]
    check.equal("only in one", sorted(set(got) ^ set(want)), [])
    check.equal("order of paths", got == want, True)
    for line, row in zip(lines, rows):
        cells = dict(zip(names, line.split("\t")))
        check.equal("cells", len(line.split("\t")), len(names))
        name, types = row["path"], row["types"]
        set_unique(row, int(cells["distinct"]))
        here = [t for t in TYPES if types[t]]
        want = {"records": str(row["records"]), "share": percent(row["records"], survey.records),
                "types": ",".join(t if len(here) == 1 else f"{t}:{types[t]}" for t in here),
                "commonest": percent(row["commonest"], row["records"]),
                "shortest": str(row["shortest"]), "longest": str(row["longest"]),
                "errors": str(types["error"]), "same": escaped(row["same"])}
        if survey.by:
            want |= {"pairs": str(row["pairs"]), "flips": str(row["flips"]),
                     "rate": percent(row["flips"], row["pairs"])}
        notes = ["private"] * (row["private"] and not row["unique"]) + ["unique"] * row["unique"]
        notes += ["constant"] * row["constant"] + ["estimated"] * (not row["exact"])
        notes += [f"map:{row['map']}"] if row["map"] is not None else []
        if survey.by and row["form"] is not None and row["form"] < row["flips"]:
            notes.append(("unordered:" if row["arrays"] else "data-url:") + str(row["form"]))
        want["notes"] = ",".join(notes) or "-"
        for column, value in want.items():
            check.equal(f"{name} {column}", cells[column], value)
        example = cells["example"]
        cut = example.endswith("...")
        check_common(check, survey, row, name, int(cells["distinct"]), float(cells["bits"]),
                     None if example == "-" else example[:-3] if cut else example, cut)


def check_json(survey, report, check):
    lines = [json.loads(line) for line in report.split("\n")[:-1]]
    rows = survey.report()
    whole = {"survey": 1, "records": survey.records, "paths": len(rows), "merged": 0}
    if survey.by:
        whole |= {"keyed": survey.keyed, "keys": len(survey.last), "compared": len(survey.last),
                  "one_in": 1}
    check.equal("whole", lines.pop(0), whole)
    check.equal("paths", [r["path"] for r in lines], [r["path"] for r in rows])
    for got, row in zip(lines, rows):
        set_unique(row, got["distinct"])
        want = {k: row[k] for k in ("path", "records", "exact", "commonest", "shortest", "longest")}
        want["types"] = dict(row["types"])
        if survey.by:
            want |= {"pairs": row["pairs"], "flips": row["flips"]}
            if row["form"] is not None:
                want["unordered_flips" if row["arrays"] else "data_url_flips"] = row["form"]
        if row["same"] != "-":
            want["same"] = row["same"]
        if row["map"] is not None:
            want["members"] = row["map"]
        if row["unique"] or row["private"]:
            want["unique" if row["unique"] else "private"] = True
        name, distinct, bits = row["path"], got.pop("distinct"), got.pop("bits")
        example, cut = got.pop("example", None), got.pop("cut", False)
        check.equal(name, got, want)
        check_common(check, survey, row, name, distinct, bits, example, cut)


def main():
    by = next((a[5:] for a in sys.argv[1:] if a.startswith("--by=")), None)
    report, *files = [a for a in sys.argv[1:] if not a.startswith("--")]
    survey, check = Survey(by), Check()
    for file in files:
        with open(file, encoding="utf-8") as records:
            for line in records:
                if line.strip():
                    survey.add(load(line))
    with open(report, encoding="utf-8", newline="") as text:
        (check_json if "--json" in sys.argv else check_text)(survey, text.read(), check)
    sys.exit(check.bad > 0)


if __name__ == "__main__":
    main()
