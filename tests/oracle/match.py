#!/usr/bin/python3
"""The decisions of --match: whorl-match.1.

It reads lines of NDJSON output. Rows of binary output have keys and no ids: for them, give the lines
of the same records, and say so.

usage: match.py [--by=POINTER] [--catalog=FILE] [--format=tsv|ndjson] [--map=OLD=NEW]
                [--threshold=BITS[,BITS]] [--binary-known] [--binary-new] KNOWN NEW
"""
import functools
import itertools
import json
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pointer
import run
import tsv
from hashes import hash64, hash128
from jsontext import canonical, parse_record, quoted, without_surrogates

BUILT_IN = ("browser", "fingerprintjs", "thumbmarkjs")
COLUMNS = ("id", "decision", "known", "runner_up", "by", "score", "margin", "share")
THRESHOLDS = (-5000, 0)
ONE = 1 << 32  # the unit of log2()
SAMPLE = 16384  # entries that the entropy is of
ALL = 1024  # combinations that are all candidates
BEFORE = 32  # components that the weight of another looks at
ALIKE = 64  # combinations that one choice of sets may give
SCORES = 512  # scores of a combination that are looked at
LASTING, BUILD = "lasting", "build"
MOST_WEIGHT = {LASTING: 1000, BUILD: 300}
DEALT = (0, 1, 2, 3, 4, 4, 3, 2, 1, 0)


class Refused(Exception):
    """What gives exit status 2."""


class Number(str):
    """A number of JSON, as it is written."""


def log2(x):
    """HOW IT DECIDES, Known records."""
    e = x.bit_length() - 1
    m = x << (63 - e)
    for _ in range(32):
        square = m * m
        bit = square >> 127
        e = e << 1 | bit
        m = square >> 64 if bit else square >> 63
    return e


def thousandths(logarithm):
    return logarithm * 1000 // ONE


class Component:
    def __init__(self, group, kind, slots):
        self.group = group
        self.kind = kind
        self.slots = slots  # of its signals; of groups alone, the number of the group

    def value(self, hashes):
        """Its hashes in the order of the rows, 0 for none; None if it is empty."""
        found = tuple(hashes[slot] for slot in self.slots)
        return found if any(found) else None


def component_kind(tiers):
    """The component that rows of these tiers belong to, or None."""
    if tiers and tiers <= {"device", "install"}:
        return LASTING
    return BUILD if tiers and tiers <= {"device", "install", "build"} else None


def components(catalog, groups_alone):
    """All components of a catalog, in order."""
    found = []
    for number, group in enumerate(catalog.groups):
        rows = [(slot, row.tier) for slot, row in enumerate(catalog.rows) if row.group == group]
        if groups_alone:
            kind = component_kind({tier for _, tier in rows if tier != "volatile"})
            if kind:
                found.append(Component(group, kind, [number]))
            continue
        for kind, tiers in ((LASTING, ("device", "install")), (BUILD, ("build",))):
            slots = [slot for slot, tier in rows if tier in tiers and
                     (catalog.ids is None or slot < catalog.ids)]
            if slots:
                found.append(Component(group, kind, slots))
    return found


def version_slots(catalog):
    """The slots of the signals of the family and of the version; None without a version."""
    slots = {row.name: slot for slot, row in enumerate(catalog.rows)}
    for slot, row in enumerate(catalog.rows):
        if row.fact == "u64" and row.name.endswith(".major"):
            family = slots.get(row.name[:-len("major")] + "family")
            if family is not None:
                return family, slot
    return None


# Input

class Line:
    """What an output line says: its id and key, its device, its hashes."""

    def __init__(self, text, catalogs, by, binary):
        members = json.loads(text, parse_int=Number, parse_float=Number)
        if "id" not in members or "catalog" not in members:
            raise Refused("a line without id or catalog")
        self.id = id_text(members["id"])
        self.key = hash128(self.id.encode()) if self.id else None
        self.nameless = binary
        if binary and self.id:
            self.id = quoted(self.key.hex())
        self.device = device(text, by) if by else None
        self.catalog = catalogs.get(members["catalog"])
        if self.catalog is None:
            raise Refused("an unknown catalog")
        self.groups_alone = not ("vector" in members or "signals" in members)
        if "vector" in members:
            hashes = members["vector"]
        elif "signals" in members:
            hashes = [members["signals"].get(row.name) for row in self.catalog.rows]
        elif "groups" in members:
            hashes = [members["groups"].get(group) for group in self.catalog.groups]
        else:
            raise Refused("a line without hashes")
        self.hashes = [int(digits, 16) if digits else 0 for digits in hashes]


def id_text(value):
    if value is None or isinstance(value, Number):
        return value
    if not isinstance(value, str):
        raise Refused("not an id")
    return quoted(without_surrogates(value))


def device(text, by):
    """The text of the value at a pointer; None for null or no value."""
    found = pointer.plain(parse_record(text), by)
    if found is None or found[0] is None:
        return None
    value, (start, end) = found
    return text[start:end].decode() if isinstance(value, float) else canonical(value)


def lines(data, catalogs, by=None, binary=False):
    found = [Line(text, catalogs, by, binary) for text in data.split(b"\n") if text.strip()]
    if len({(line.catalog.label, line.groups_alone) for line in found}) > 1:
        raise Refused("lines of several catalogs or kinds")
    return found


# What is known

class Entry:
    def __init__(self, record):
        self.key, self.id = record.key, record.id
        self.device = record.device
        self.lasting, self.build, self.version = record.what
        self.values = self.lasting + self.build


class Record:
    """A line by the components of the known catalog."""

    def __init__(self, line, plan):
        self.id, self.key, self.nameless = line.id, line.key, line.nameless
        self.device = (0, line.device) if line.device is not None else (1, line.key)
        self.what = plan.values(line)
        self.lasting, self.build, self.version = self.what


class Plan:
    """The components of the known catalog, and where the lines of a catalog have their hashes."""

    def __init__(self, known, catalog, groups_alone):
        self.groups_alone = groups_alone
        every = components(known, groups_alone)
        self.parts = {kind: [c for c in every if c.kind == kind] for kind in (LASTING, BUILD)}
        self.version = None if groups_alone else version_slots(known)
        self.major = known.rows[self.version[1]].name if self.version else None
        self.places = None
        if catalog is not known:
            self.places = self.group_places(known, catalog) if groups_alone else \
                self.signal_places(known, catalog)
            if self.version and None in [self.places[slot] for slot in self.version]:
                self.version = None

    @staticmethod
    def signal_places(known, catalog):
        """For each signal of the known catalog the slot of the same row in another, or None."""
        slots = {row.name: slot for slot, row in enumerate(catalog.rows)}
        found = []
        for row in known.rows:
            slot = slots.get(row.name)
            same = slot is not None and same_row(row, catalog.rows[slot])
            found.append(slot if same else None)
        return found

    @staticmethod
    def group_places(known, catalog):
        found = []
        for group in known.groups:
            mine, theirs = ([row for row in c.rows if row.group == group and row.tier != "volatile"]
                            for c in (known, catalog))
            same = len(mine) == len(theirs) and all(
                a.name == b.name and same_row(a, b) for a, b in zip(mine, theirs))
            found.append(catalog.groups.index(group) if same else None)
        return found

    def values(self, line):
        hashes = line.hashes
        if self.places:
            hashes = [0 if place is None else hashes[place] for place in self.places]
        lasting, build = (tuple(c.value(hashes) for c in self.parts[kind]) for kind in (LASTING, BUILD))
        version = tuple(hashes[slot] for slot in self.version) if self.version else None
        return lasting, build, version

    def compared(self, kind):
        """For each component: None for all of it, or which of its signals are compared."""
        found = []
        for part in self.parts[kind]:
            kept = [i for i, slot in enumerate(part.slots)
                    if not self.places or self.places[slot] is not None]
            found.append(None if len(kept) == len(part.slots) else kept)
        return found


def same_row(mine, theirs):
    """Is what is hashed under this name the same in both catalogs?"""
    cells = [row.lines[0] + [""] * (6 - len(row.lines[0])) for row in (mine, theirs)]
    return cells[0][2:5] == cells[1][2:5]


class Known:
    """The entries, and all that is counted over them."""

    def __init__(self, records, plan, by):
        used, self.unused = accepted(records)
        entries = {}
        for record in sorted(used, key=lambda record: record.key):
            name = (record.device, *record.what) if by else record.key
            if name not in entries:
                entries[name] = Entry(record)
        self.entries = sorted(entries.values(), key=lambda entry: entry.key)
        self.count = len(self.entries)
        self.combinations = {}
        for entry in self.entries:
            self.combinations.setdefault(entry.lasting, []).append(entry)
        self.kinds = [kind for kind in (LASTING, BUILD) for _ in (plan.parts[kind] if plan else ())]
        self.lasting = self.kinds.count(LASTING)
        self.surprisal = [self.surprisals(i) for i in range(len(self.kinds))]
        self.weigh()
        self.index()

    def surprisals(self, i):
        counts = {}
        for entry in self.entries:
            value = entry.values[i]
            counts[value] = counts.get(value, 0) + 1
        most = log2(self.count + 1)
        return {value: thousandths(most - log2(f)) for value, f in counts.items()}

    def entropy(self, *parts):
        sample, counts = self.entries[:SAMPLE], {}
        for entry in sample:
            value = tuple(entry.values[i] for i in parts)
            counts[value] = counts.get(value, 0) + 1
        logs = {f: log2(f) for f in set(counts.values())}
        most = log2(len(sample))
        return sum(f * (most - logs[f]) for f in counts.values())

    def weigh(self):
        if not self.entries:
            self.weights, self.sets = [], []
            return
        alone = [self.entropy(i) for i in range(len(self.kinds))]
        order = sorted(range(len(self.kinds)), key=lambda i: (self.kinds[i] == BUILD, -alone[i]))
        self.weights = [0] * len(self.kinds)
        for n, i in enumerate(order):
            if alone[i]:
                d = min([alone[i], *(self.entropy(i, before) - alone[before]
                                     for before in order[:min(n, BEFORE)])])
                self.weights[i] = MOST_WEIGHT[self.kinds[i]] * max(d, 0) // alone[i]
        by_bits = sorted(range(self.lasting), key=lambda i: -alone[i] * self.weights[i])
        self.sets = [[] for _ in range(5)]
        for n, i in enumerate(by_bits):
            self.sets[DEALT[n % len(DEALT)]].append(i)

    def index(self):
        """The combinations by their values in each choice of sets."""
        self.choices = []
        if len(self.combinations) <= ALL:
            return
        for size in (2, 3, 4):
            for chosen in itertools.combinations(self.sets, size):
                parts = [i for one in chosen for i in one]
                found = {}
                for combination in self.combinations:
                    found.setdefault(tuple(combination[i] for i in parts), []).append(combination)
                self.choices.append((parts, found))

    def candidates(self, lasting):
        if len(self.combinations) <= ALL:
            return set(self.combinations)
        found = {lasting} & set(self.combinations)
        for parts, index in self.choices:
            alike = index.get(tuple(lasting[i] for i in parts), ())
            if len(alike) <= ALIKE:
                found.update(alike)
        return found


def accepted(records):
    """The records of ids that do not contradict themselves, once each; and are all used?"""
    by_key, unused = {}, False
    # An id is shown, if one of the records has it, and not its key.
    for record in sorted(records, key=lambda record: record.nameless):
        if record.key is None:
            unused = True
            continue
        by_key.setdefault(record.key, {}).setdefault((record.device, *record.what), record)
    used = [next(iter(found.values())) for found in by_key.values() if len(found) == 1]
    return used, unused or any(len(found) > 1 for found in by_key.values())


# The score

class Matcher:
    def __init__(self, known, plan, thresholds):
        self.known, self.plan, self.thresholds = known, plan, thresholds
        self.compared = {kind: plan.compared(kind) for kind in (LASTING, BUILD)}
        self.numbers = {}
        if plan.version:
            for n in range(10000):
                self.numbers[hash64(("%s=%d" % (plan.major, n)).encode())] = n

    def gives(self, i, value):
        return self.known.surprisal[i][value] * self.known.weights[i] // 1000

    def lasting(self, new, old):
        """What two combinations add and take; and the bits that each component gives."""
        total, bits = 0, []
        for i, (mine, theirs, kept) in enumerate(zip(new, old, self.compared[LASTING])):
            if kept is not None:
                mine, theirs = rest(mine, kept), rest(theirs, kept)
            bits.append(self.gives(i, theirs) if mine == theirs and mine and kept is None else 0)
            if mine != theirs:
                d, m = different(mine, theirs)
                total -= 2000 + 2000 * d // m
        return total + sum(bits), bits

    def others(self, new, old):
        """What the build components and the version add and take."""
        given = taken = 0
        for i, (mine, theirs, kept) in enumerate(zip(new.build, old.build, self.compared[BUILD])):
            if kept is None and mine != theirs:
                taken += 2000
            elif kept is None and mine:
                given += self.gives(self.known.lasting + i, theirs)
        if self.plan.version and new.version[0] and new.version[0] == old.version[0]:
            now, then = (self.numbers.get(one.version[1]) for one in (new, old))
            if now is not None and then is not None and now != then:
                return given - (8000 if now < then else 0)
        return given - min(taken, 8000)

    def scored(self, new):
        """(score, entry) of all entries that are looked at."""
        begin = -thousandths(log2(self.known.count))
        for combination in self.known.candidates(new.lasting):
            lasting, _ = self.lasting(new.lasting, combination)
            classes = {}
            for entry in self.known.combinations[combination]:
                classes.setdefault((entry.build, entry.version), []).append(entry)
            for entries in itertools.islice(classes.values(), SCORES):
                score = begin + lasting + self.others(new, entries[0])
                for entry in entries:
                    yield score, entry

    def decide(self, new):
        """The cells of a line after the id: (decision, known, runner_up, by, score, margin, share)."""
        looked = list(self.scored(new)) if self.known.count and any(new.lasting) else []
        if not looked:
            return "new", None, None, None, None, None, 0
        rank = lambda pair: (-pair[0], pair[1].key)
        score, best = min(looked, key=rank)
        others = [pair for pair in looked if pair[1].device != best.device]
        second = min(others, key=rank) if others else None
        margin = score - second[0] if second else None
        share = len(self.known.combinations[best.lasting])
        if score < self.thresholds[0]:
            return "new", None, None, None, score, margin, share
        sure = score >= self.thresholds[1] and (margin is None or margin >= 1000)
        return ("match" if sure else "ambiguous", best.id, second[1].id if second else None,
                self.by(new, best), score, margin, share)

    def by(self, new, best):
        same_lasting = all(a == b if kept is None else rest(a, kept) == rest(b, kept) for a, b, kept in
                           zip(new.lasting, best.lasting, self.compared[LASTING]))
        same_build = all(a == b or kept is not None for a, b, kept in
                         zip(new.build, best.build, self.compared[BUILD]))
        if same_lasting:
            return "build" if same_build else "install"
        _, bits = self.lasting(new.lasting, best.lasting)
        order = sorted((i for i in range(len(bits)) if bits[i] > 0), key=lambda i: -bits[i])
        return ",".join(self.plan.parts[LASTING][i].group for i in order) or None


def rest(value, kept):
    found = tuple(value[i] for i in kept) if value else ()
    return found if any(found) else None


@functools.lru_cache(1 << 18)
def different(mine, theirs):
    """How many signals differ, and how many of them have a hash."""
    length = len(mine or theirs)
    pairs = zip(mine or (0,) * length, theirs or (0,) * length)
    hashed = [(a, b) for a, b in pairs if a or b]
    return sum(a != b for a, b in hashed), len(hashed)


# Output

def bits_text(number):
    return None if number is None else "%s%d.%03d" % ("-" * (number < 0), *divmod(abs(number), 1000))


def cells(id_, decided):
    """The JSON text of each cell."""
    decision, known, runner_up, by, score, margin, share = decided
    return (id_, quoted(decision), known, runner_up, by if by is None else quoted(by),
            bits_text(score), bits_text(margin), str(share))


def table_line(found):
    return "\t".join(tsv.json_cell(cell) for cell in found) + "\n"


def object_line(found):
    return "{" + ",".join('"%s":%s' % (name, cell or "null") for name, cell in zip(COLUMNS, found)) + "}\n"


def mapped(catalog, name):
    return name in (catalog.name, catalog.name + "-" + catalog.version, catalog.label)


def match(known, new, catalogs, by=None, maps=(), thresholds=THRESHOLDS, form="tsv"):
    """Of lists of Line: (exit status, output)."""
    if known and new and known[0].catalog is not new[0].catalog and not any(
            mapped(known[0].catalog, old) and mapped(new[0].catalog, now) for old, now in maps):
        raise Refused("unequal labels")
    if known and new and known[0].groups_alone != new[0].groups_alone:
        raise Refused("groups and signals")
    catalog = (known or new or [None])[0] and (known or new)[0].catalog
    alone = bool(known or new) and (known or new)[0].groups_alone
    plan = Plan(catalog, catalog, alone) if known or new else None
    records = Known([Record(line, plan) for line in known], plan, by)
    status = int(records.unused)
    out = ["\t".join(COLUMNS) + "\n"] if form == "tsv" else []
    times = {}
    for line in new:
        times[line.key] = times.get(line.key, 0) + 1
    matcher = Matcher(records, Plan(catalog, new[0].catalog, alone), thresholds) if new else None
    for line in new:
        if line.key is None or times[line.key] > 1:
            status, decided = 1, ("-", None, None, None, None, None, 0)
        else:
            decided = matcher.decide(Record(line, matcher.plan))
        out.append((table_line if form == "tsv" else object_line)(cells(line.id, decided)))
    return status, "".join(out).encode()


def threshold(text):
    numbers = text.split(",")
    if not 1 <= len(numbers) <= 2 or not all(re.fullmatch(r"[+-]?[0-9]+(\.[0-9]{1,3})?", n) for n in numbers):
        raise Refused("--threshold")
    found = [int(whole + part.ljust(3, "0")) for whole, _, part in (n.partition(".") for n in numbers)]
    if found[0] > found[-1] or any(abs(number) > 1000000 for number in found):
        raise Refused("--threshold")
    return found[0], found[-1]


def known_catalogs(files=()):
    """Catalogs by label."""
    return {catalog.label: catalog for catalog in map(run.load, (*files, *BUILT_IN))}


def main(arguments):
    options, files = {}, []
    for argument in arguments:
        name, _, value = argument.partition("=")
        if argument.startswith("--"):
            options.setdefault(name[2:], []).append(value)
        else:
            files.append(argument)
    if len(files) != 2:
        sys.exit(__doc__)
    catalogs = known_catalogs(options.get("catalog", ()))
    by = pointer.tokens(options["by"][-1]) if "by" in options else None
    sides = []
    try:
        for file, side in zip(files, ("known", "new")):
            with open(file, "rb") as opened:
                sides.append(lines(opened.read(), catalogs, by if side == "known" else None,
                                   "binary-" + side in options))
        thresholds = threshold(options["threshold"][-1]) if "threshold" in options else THRESHOLDS
        maps = [one.split("=") for one in options.get("map", ())]
        status, out = match(*sides, catalogs, by, maps, thresholds, options.get("format", ["tsv"])[-1])
    except Refused as error:
        print("match.py:", error, file=sys.stderr)
        return 2
    sys.stdout.buffer.write(out)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
