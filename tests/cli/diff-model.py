#!/usr/bin/env python3
"""diff-model.py [OPTION...] OLD [NEW]: the report of whorl --diff, computed independently from
whorl-diff(1) with dictionaries and sets, for NDJSON output that has names: signals, or values and
states.

  --json            the report as lines of JSON
  --by=MEMBER       compare the records of each visitor, by a carried member
  --catalogs=A,B    of one file, the labels of the old and the new catalog
  --ignore=NAMES    as whorl's
  --expect=FILE
  --hidden=FILE     names of signals whose values are not shown, one per line
  --keys            show keys in place of ids, as of binary output

Hashes are xxhsum's."""
import argparse
import collections
import fractions
import json
import sys

sys.dont_write_bytecode = True
from stock_hashes import canonical, hashes

parser = argparse.ArgumentParser()
for flag in ("--json", "--keys"):
    parser.add_argument(flag, action="store_true")
for value in ("--by", "--catalogs", "--ignore", "--expect", "--hidden"):
    parser.add_argument(value, default="")
parser.add_argument("files", nargs="+")
args = parser.parse_args()


def text(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class Row:
    def __init__(self, line):
        self.line = json.loads(line)
        self.label = self.line.get("catalog", "")
        value = self.line.get("carry", {}).get(args.by) if args.by else self.line["id"]
        self.id = None if value is None else text(value)
        self.cells = {}
        for name, value in self.line.get("ids", {}).items():
            self.cells["id", name] = value
        for name, value in self.line.get("groups", {}).items():
            self.cells["group", name] = value
        self.texts = {("signal", n): "=" + canonical(v) for n, v in self.line.get("values", {}).items()}
        for name, state in self.line.get("states", {}).items():
            if state != "-":
                self.texts["signal", name] = state
        if "signals" in self.line:
            for name, value in self.line["signals"].items():
                self.cells["signal", name] = value
        else:
            self.cells.update(self.texts)


def read(path):
    with open(path, encoding="utf-8") as f:
        return [Row(line) for line in f]


rows = [read(path) for path in args.files]
keys = hashes([r.id for side in rows for r in side if r.id is not None], "2")
lines = []


def shown(ids):
    first = sorted(set(ids), key=keys.get)[:3]
    return [text(keys[i]) if args.keys else i for i in first]


def put(kind, cells, **members):
    if args.json:
        members = {name: value for name, value in members.items() if value is not None}
        lines.append(json.dumps({"kind": kind, **members}, separators=(",", ":"), ensure_ascii=False))
    else:
        lines.append("\t".join([kind, *(str(cell) for cell in cells)]))


def put_records(what, count, ids=None):
    first = None if ids is None else shown(ids)
    put("records", [what, count, " ".join(first or [])], what=what, count=count,
        ids=None if first is None else [json.loads(i) for i in first])


def put_catalogs(side, some):
    for label, count in sorted(collections.Counter(r.label for r in some).items()):
        put("catalog", [side, label, count], side=side, catalog=label, records=count)


# Pairs, and what is in none.
if args.by:
    pairs, last, count = [], {}, collections.Counter()
    for row in rows[0]:
        if row.id is None:
            continue
        if row.id in last:
            pairs.append((last[row.id], row))
        last[row.id] = row
        count[row.id] += 1
    put_catalogs("all", rows[0])
else:
    if args.catalogs:
        rows = [[r for r in rows[0] if r.label == label] for label in args.catalogs.split(",")]
    counts = [collections.Counter(r.id for r in side if r.id is not None) for side in rows]
    twice = {i for c in counts for i in c if c[i] > 1}
    sides = [{r.id: r for r in side if r.id is not None and r.id not in twice} for side in rows]
    pairs = [(sides[0][i], sides[1][i]) for i in sides[0] if i in sides[1]]
    put_catalogs("old", rows[0])
    put_catalogs("new", rows[1])

# What rules say.
def rule(name):
    for kind in ("id", "group", "signal", "records"):
        if name.startswith(kind + ":"):
            return kind, name[len(kind) + 1:]
    return "signal", name


def matches(r, kind, name):
    return r[0] == kind and (name.startswith(r[1][:-1]) if r[1].endswith("*") else name == r[1])


ignored = [rule(name) for name in args.ignore.split(",") if name]
expected = []
if args.expect:
    with open(args.expect, encoding="utf-8") as f:
        for line in f.read().splitlines():
            if line and not line.startswith("#"):
                name, _, most = line.partition("\t")
                expected.append((rule(name), most or "100%"))


def is_expected(kind, name, count, total):
    for r, most in expected:
        if matches(r, kind, name):
            if most.endswith("%"):
                if count * 100 <= fractions.Fraction(most[:-1]) * total:
                    return True
            elif count <= int(most):
                return True
    return False


def mark(kind, name, count, total):
    if not args.expect:
        return "-"
    return "expected" if is_expected(kind, name, count, total) else "unexpected"


def is_ignored(kind, name):
    return any(matches(r, kind, name) for r in ignored)


# What differs.
names = [set(), set()]
for old, new in pairs:
    names[0].update(old.cells)
    names[1].update(new.cells)
whole = any("signals" in r.line for side in rows for r in side)
differing = {}
same, changed = 0, []
for number, (old, new) in enumerate(pairs):
    differs = False
    for part in (old.cells.keys() | new.cells.keys()) if not whole else names[0] & names[1]:
        before, after = old.cells.get(part), new.cells.get(part)
        if before != after and not is_ignored(*part):
            how = "appeared" if before is None else "vanished" if after is None else "changed"
            differing.setdefault(part, {})[number] = how
            differs = True
    if differs:
        changed.append(new.id)
    else:
        same += 1

if args.by:
    put_records("all", len(rows[0]))
    put_records("pairs", len(pairs))
    put_records("same", same)
    put_records("changed", len(changed), changed)
    alone = [i for i in count if count[i] == 1]
    put_records("single", len(alone), alone)
    put_records("no-id", sum(r.id is None for r in rows[0]))
else:
    put_records("old", len(rows[0]))
    put_records("new", len(rows[1]))
    put_records("same", same)
    put_records("changed", len(changed), changed)
    for side, name in enumerate(("only-old", "only-new")):
        alone = sides[side].keys() - sides[not side].keys()
        put_records(name, len(alone), alone)
    for side, name in enumerate(("no-id-old", "no-id-new")):
        put_records(name, sum(r.id is None for r in rows[side]))
    for side, name in enumerate(("repeated-old", "repeated-new")):
        put_records(name, sum(c > 1 for c in counts[side].values()))
    for side, name in enumerate(("left-out-old", "left-out-new")):
        out = [r.id for r in rows[side] if r.id in twice]
        put_records(name, len(out), out)

    if rows[0] and rows[1] and not pairs:
        catalogs = [{r.label.rpartition("-")[0] for r in side} for side in rows]
        advice = ("the catalogs of OLD and NEW have different names: --map OLD=NEW compares them"
                  if not args.catalogs and not catalogs[0] & catalogs[1] else
                  "no id has records by both catalogs" if args.catalogs else
                  "no id is in both OLD and NEW. If records name their visitor: "
                  "cat OLD NEW | whorl --diff --by=/carry/NAME -. "
                  "If not: whorl --diff --population OLD NEW")
        put("advice", ["no-pairs", advice], what="no-pairs", text=advice)

KINDS = ["id", "group", "signal"]
if whole:
    for side, name in enumerate(("old", "new")):
        for part in sorted(names[side] - names[not side], key=lambda p: (KINDS.index(p[0]), p[1])):
            if not is_ignored(*part):
                m = mark(*part, 0, len(pairs))
                put("only", [name, part[0], m, part[1]], side=name, of=part[0], name=part[1],
                    expected=None if m == "-" else m == "expected")

# How identities moved.
IDENTITIES = ["exact", "build", "install", "browser", "device"]
both = {name for old, new in pairs for kind, name in old.cells.keys() & new.cells.keys() if kind == "id"}
for name in sorted(both, key=lambda n: (IDENTITIES.index(n) if n in IDENTITIES else len(IDENTITIES), n)):
    moves = collections.Counter()
    for old, new in pairs:
        move = old.cells.get(("id", name)), new.cells.get(("id", name))
        if None not in move:
            moves[move] += 1
    to, come = collections.defaultdict(set), collections.defaultdict(set)
    for old, new in moves:
        to[old].add(new)
        come[new].add(old)
    alone = [m for m in moves if len(to[m[0]]) == len(come[m[1]]) == 1]
    split = [m for m in moves if len(to[m[0]]) > 1]
    merged = [m for m in moves if len(come[m[1]]) > 1]
    for how, some in (("kept", [m for m in alone if m[0] == m[1]]),
                      ("1:1", [m for m in alone if m[0] != m[1]]),
                      ("split", split), ("merged", merged)):
        if is_ignored("id", name):
            continue
        old, new, records = len({m[0] for m in some}), len({m[1] for m in some}), sum(moves[m] for m in some)
        first = sorted(some)[:3]
        put("moved", [name, how, old, new, records, " ".join(f"{a}>{b}" for a, b in first)],
            name=name, how=how, old=old, new=new, records=records, examples=first)


# How far sketches under one label are from each other.
def words(row):
    return [int(word, 16) for word in row.line.get("sketch", [])]


def put_distances(name, some):
    mean = fractions.Fraction(sum(some), len(some)) if some else None
    parts = None if mean is None else int(mean * 10000 + fractions.Fraction(1, 2))
    cell = "-" if parts is None else f"{parts // 10000}.{parts % 10000:04}".rstrip("0").rstrip(".")
    value = None if mean is None else int(mean) if mean == int(mean) else float(mean)
    if args.json:
        lines.append(json.dumps({"kind": "sketch", "distance": name, "pairs": len(some), "mean": value},
                                separators=(",", ":")))
    else:
        put("sketch", [name, len(some), cell])


distances = [sum(bin(a ^ b).count("1") for a, b in zip(words(old), words(new))) for old, new in pairs
             if words(old) and words(new) and old.label == new.label]
if distances:
    put_distances("all", distances)
    for least, most in ((0, 0), (1, 8), (9, 32), (33, 64), (65, 128), (129, 512)):
        put_distances(str(most) if least == most else f"{least}-{most}",
                      [d for d in distances if least <= d <= most])


def rate(count, total):
    parts = int(fractions.Fraction(count * 1000000, total) + fractions.Fraction(1, 2))
    parts = max(parts, 1)
    if count < total:
        parts = min(parts, 999999)
    return f"{parts // 10000}.{parts % 10000:04}".rstrip("0").rstrip(".") + "%"


# Signals that differ in the same way share a line.
groups = collections.defaultdict(list)
for part, how in differing.items():
    m = mark(*part, len(how), len(pairs))
    groups[part[0], m, tuple(sorted(how.items())), None if part[0] == "signal" else part[1]].append(part[1])


def order(item):
    (kind, _, how, _), members = item
    hows = collections.Counter(h for _, h in how)
    return KINDS.index(kind), -len(how), -hows["changed"], -hows["appeared"], sorted(members)


hidden = set()
if args.hidden:
    with open(args.hidden, encoding="utf-8") as f:
        hidden = set(f.read().splitlines())


def hash_of(row, part):
    cell = row.cells.get(part)
    return cell if "signals" in row.line or part[0] != "signal" or cell is None else \
        hashes([part[1] + cell], "3")[part[1] + cell]


def readable(row, part):
    """The text that may be shown, if it is known."""
    t = row.texts.get(part)
    return None if t is None or part[1] in hidden or len(t.encode()) > 8193 else t


def cell(row, part):
    t = readable(row, part)
    if t is None:
        h = hash_of(row, part)
        return "-" if h is None else "#" + h
    return t[1:] if t[0] == "=" else t


def side_of(row, part):
    t = readable(row, part)
    if t is None:
        h = hash_of(row, part)
        return None if h is None else {"hash": h}
    return {"value": json.loads(t[1:])} if t[0] == "=" else {"state": t}


values = []
for (kind, m, how, _), members in sorted(groups.items(), key=order):
    members.sort()
    hows = collections.Counter(h for _, h in how)
    at = {}
    for number, _ in how:
        at.setdefault(pairs[number][1].id, number)
    first = sorted(at, key=keys.get)[:3]
    total = len(how) / len(pairs)
    put(kind, [m, hows["changed"], hows["appeared"], hows["vanished"], rate(len(how), len(pairs)),
               " ".join(shown(at)), *members],
        names=members, changed=hows["changed"], appeared=hows["appeared"], vanished=hows["vanished"],
        rate=int(total) if total == int(total) else total,
        expected=None if m == "-" else m == "expected",
        examples=[{"id": json.loads(shown([i])[0]),
                   "before": [side_of(pairs[at[i]][0], (kind, n)) for n in members],
                   "after": [side_of(pairs[at[i]][1], (kind, n)) for n in members]} for i in first])
    for n in members if kind == "signal" and not args.json else []:
        old, new = pairs[at[first[0]]]
        if readable(old, (kind, n)) is not None or readable(new, (kind, n)) is not None:
            values.append("\t".join(["value", n, cell(old, (kind, n)), cell(new, (kind, n)), shown(first)[0]]))
lines += values

there = names[0] | names[1] | {("records", "only-old"), ("records", "only-new")}
for option, rules in (("ignore", [(n, rule(n)) for n in args.ignore.split(",") if n]),
                      ("expect", [((r[0] + ":" if r[0] != "signal" else "") + r[1], r) for r, _ in expected])):
    for name, r in rules:
        if not any(matches(r, *part) for part in there):
            put("unused", [option, name], option=option, rule=name)
print("\n".join(lines))
