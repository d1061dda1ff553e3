"""What the captures say of the rows of a catalog (data/CATALOG.evidence), as whorl --survey counts it."""
import collections
import json
import os
import subprocess
import tempfile

import captures

# The corpus of data/captures that each catalog reads.
CORPORA = {"browser": "raw", "fingerprintjs": "fpjs", "thumbmarkjs": "thumbmark"}
COLUMNS = ["signal", "tier", "records", "distinct", "bits", "pairs", "raw", "flips", "updates",
           "changes"]
# The changes that are updates of a browser.
UPDATES = {"previous-version-140", "previous-version-150"}
# Members of an object in the records for --survey: too few for a map, whose members have no rows.
CHUNK = 16

HEAD = """# What the captures say of each row of the catalog {catalog}, as evidence for its tier. It is what
# scripts/make-evidence prints; tests/identities/check-evidence compares it with the captures.
#
# records   of the {records} in captures/{corpus}.ndjson.zst, those in which the signal has a hash or is
#           undefined; else it is missing or excluded
# distinct  different values of the signal in these; ~ an estimate, of more than 64
# bits      the entropy of these values; > at least that
# pairs     consecutive records of one {visitor}, of which at least one has the signal
# raw       of these, pairs that differ in what the record has, without steps and exclusions
# flips     of these, pairs that differ in the signal's hash: a row of tier build or better should have none
# updates   pairs of a record before an update of the browser and one after it, of which at least one
#           has the signal
# changes   of these, pairs that differ in the signal's hash: a row of tier install or better should
#           have none
#
# The visitors are {visitors} configurations of two browsers on one machine, which tried to be different.
# So bits say which rows distinguish more than others, not how much a signal distinguishes among people.
#
"""
VISITORS = {"raw": "configuration", "fpjs": "configuration and release of the library",
            "thumbmark": "configuration and release of the library"}

Row = collections.namedtuple("Row", "name tier")
Visit = collections.namedtuple("Visit", "visitor line")
# The rows of a catalog; visits, and for each its values, also without steps; the same of the visits
# before and after an update.
Evidence = collections.namedtuple("Evidence", "catalog rows visits values raw updates updated")


def read_rows(catalog):
    with open(os.path.join(captures.TOP, "data", f"{catalog}.catalog"), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line[0] not in "#@\t\n"]
    return [Row(cells[0], cells[3]) for cells in rows]


def read_visits(corpus):
    """The records of a corpus, in the order of the repeats of each configuration."""
    manifest = captures.read_manifest("manifest.ndjson")
    found = collections.defaultdict(dict)
    for line in captures.read_lines(f"{corpus}.ndjson.zst"):
        row = manifest[json.loads(line)["event_id"]]
        found[f"{row['config']} {row['lib']}"][row["repeat"]] = line
    return [Visit(visitor, repeats[i]) for visitor, repeats in sorted(found.items())
            for i in sorted(repeats)]


def read_updates(corpus):
    """A visitor for each record that was made before an update, with one that was made after it."""
    manifest = captures.read_manifest("changes-manifest.ndjson")
    before, after = [], {}
    for line in captures.read_lines(f"changes-{corpus}.ndjson.zst"):
        row = manifest[json.loads(line)["event_id"]]
        if row["change"] in UPDATES:
            before.append((row["base"], row["repeat"], line))
        elif row["change"] == "none":
            after[row["base"], row["repeat"]] = line
    return [Visit(f"{base} {repeat}", one) for base, repeat, line in sorted(before)
            for one in (line, after[base, repeat])]


def write_raw_catalog(catalog, file):
    """The catalog without steps, flags and exclusions: the same signals as the records have them."""
    with open(os.path.join(captures.TOP, "data", f"{catalog}.catalog"), encoding="utf-8") as lines:
        for line in lines:
            if line[0] in "#\n":
                continue
            cells = line.rstrip("\n").split("\t")
            if cells[0] not in ("@exclude", "@keep"):
                file.write("\t".join(cells if line[0] == "@" else cells[:4]) + "\n")
    file.flush()


def make_values(visits, catalog):
    """For each visit the value of each signal that the record has: a hash, or ? for undefined."""
    return [{name: value or "?" for name, value in vector["signals"].items()
             if value or vector["states"].get(name, "")[:1] == "?"}
            for vector in captures.make_vectors([visit.line for visit in visits], catalog)]


def survey(visits, values, names):
    """What whorl --survey counts of each of NAMES, by name; nothing of those that no record has."""
    lines = []
    for visit, own in zip(visits, values, strict=True):
        record = {"visitor": visit.visitor}
        for i, name in enumerate(names):
            chunk = record.setdefault(str(i // CHUNK), {})
            if name in own:
                chunk[str(i)] = own[name]
        lines.append(json.dumps(record, separators=(",", ":")))
    found = subprocess.run([os.environ["WHORL"], "--survey", "--by=/visitor", "--format=ndjson"],
                           input="\n".join(lines).encode(), stdout=subprocess.PIPE, check=True)
    paths = [json.loads(line) for line in found.stdout.splitlines()[1:]]
    return {names[int(row["path"].split("/")[2])]: row for row in paths if row["path"].count("/") == 2}


def round_bits(bits, exact):
    """BITS, with three digits after the point, with two: down where the figure is the least possible."""
    hundredths = (round(1000 * bits) + (5 if exact else 0)) // 10
    return f"{'' if exact else '>'}{hundredths // 100}.{hundredths % 100:02}"


def collect(catalog):
    """All that the figures of a catalog are made from."""
    corpus = CORPORA[catalog]
    visits, updates = read_visits(corpus), read_updates(corpus)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".catalog") as file:
        write_raw_catalog(catalog, file)
        raw = make_values(visits, file.name)
    return Evidence(catalog, read_rows(catalog), visits, make_values(visits, catalog), raw, updates,
                    make_values(updates, catalog))


def make_lines(found):
    """A list of cells for each row of the catalog."""
    names = [row.name for row in found.rows]
    normal = survey(found.visits, found.values, names)
    raw = survey(found.visits, found.raw, names)
    updated = survey(found.updates, found.updated, names)
    none = {"records": 0, "distinct": 0, "exact": True, "bits": 0, "pairs": 0, "flips": 0}
    for name, tier in found.rows:
        seen, change = normal.get(name, none), updated.get(name, none)
        yield [name, tier, seen["records"], f"{'' if seen['exact'] else '~'}{seen['distinct']}",
               round_bits(seen["bits"], seen["exact"]), seen["pairs"],
               raw.get(name, none)["flips"], seen["flips"], change["pairs"], change["flips"]]


def make_text(found):
    """The text of data/CATALOG.evidence."""
    corpus = CORPORA[found.catalog]
    head = HEAD.format(catalog=found.catalog, corpus=corpus, records=len(found.visits),
                       visitors=len({visit.visitor for visit in found.visits}),
                       visitor=VISITORS[corpus])
    return head + "".join("\t".join(map(str, cells)) + "\n"
                          for cells in [COLUMNS, *make_lines(found)])
