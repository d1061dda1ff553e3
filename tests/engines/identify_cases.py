#!/usr/bin/env python3
"""identify_cases.py CASE DIRECTORY: make records of which check-identify asks which known device they are of.

DIRECTORY gets the NDJSON files known and visits; each record has the members `device` and, of a device that
returns, `change`. CASE is

captures   known: the first record of each configuration of data/captures; visits: all others, but not those of
           an earlier version
updates    of the configurations with an earlier version: that one is known, and today's version visits
strangers  of the configurations one half, by the parity of the sum of the bytes of the name, is known, and
           the other half visits
brave      a population of DEVICES, of which one in twenty, if it has Chrome, uses Brave and visits again, with other noise
hard       records made by hand, for identify.catalog; also the file decisions: what must come out
"""
import json
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "identities"))
import captures
import edits
import population

EARLIER = "previous-version"


def read_captures():
    """(record, configuration, change or None) in the order of repeats."""
    found = []
    for prefix in ("", "changes-"):
        manifest = captures.read_manifest(prefix + "manifest.ndjson")
        for line in captures.read_lines(prefix + "raw.ndjson.zst"):
            row = manifest[json.loads(line)["event_id"]]
            change = row.get("change", "none")
            record = json.loads(line)
            record["device"] = row["base" if prefix else "config"]
            found.append((row["repeat"], record, None if change == "none" else change))
    found.sort(key=lambda one: one[0])
    return [one[1:] for one in found]


def make_captures():
    known, visits = {}, []
    for record, change in read_captures():
        if not change and record["device"] not in known:
            known[record["device"]] = record
        elif not (change or "").startswith(EARLIER):
            visits.append({**record, "change": change or "another visit"})
    return list(known.values()), visits


def make_updates():
    known, _ = make_captures()
    earlier = {record["device"]: record for record, change in read_captures()
               if (change or "").startswith(EARLIER)}
    visits = [{**record, "change": "browser update"} for record, change in read_captures()
              if record["device"] in earlier and not change]
    return [earlier.get(record["device"], record) for record in known], visits


def make_strangers():
    known, _ = make_captures()
    halves = [[], []]
    for record in known:
        halves[sum(record["device"].encode()) % 2].append(record)
    return halves


def make_brave(directory):
    path, other = population.make(directory, ("all", "none"), [
        "--devices=" + (os.environ.get("DEVICES") or "8000"), "--returning=0", "--new=0"])
    os.remove(other)
    known, visits = [], []
    with open(path, encoding="utf-8") as lines:
        for number, record in enumerate(map(json.loads, lines)):
            if number % 20 == 0 and "Chrome/" in record["signals"]["navigator"]["userAgent"]:
                later = json.loads(json.dumps(record))
                edits.brave(2)(record["signals"])
                edits.brave(4)(later["signals"])
                visits.append({**later, "event_id": f"again-{number}", "change": "noise of Brave"})
            known.append(record)
    return known, visits


# Sixty known devices are alike in everything, and of 24 more all but one thing. So what they have in common is
# worth nearly nothing. What one device alone has is worth log2(N) bits: all of that for the first group, and most
# of it for each other one, since it is mostly other devices that have a canvas, zone or languages of their own.
# That makes three times log2(N) at the most, of which log2(N) is taken.
COMMON = {"hardware": "pc", "languages": "en", "canvas": "common", "webgl": "intel", "fonts": "stock",
          "timezone": "UTC", "family": "Chrome", "major": 140, "system": "Windows", "extra": "e"}
RARE = {**COMMON, "canvas": "rare", "timezone": "Asia/Tokyo", "languages": "ja"}
TWINS = {**COMMON, "canvas": "twins", "timezone": "Asia/Seoul", "languages": "ko"}
TRAVELER = {**COMMON, "canvas": "traveler", "timezone": "Europe/Oslo", "languages": "no"}
SKETCHLESS = {"family": "Lynx", "system": "BSD", "major": 1}

KNOWN = [(f"common-{n:02}", COMMON) for n in range(60)] + [
    (f"own-{name}-{n}", {**COMMON, name: f"own {n}"}) for name in ("canvas", "timezone", "languages") for n in range(8)] + [
    ("rare", RARE), ("twin-a", TWINS), ("twin-b", TWINS), ("traveler", TRAVELER),
    # The same record again counts once; of different ones with an id neither is used.
    ("rare", RARE), ("contradictory", RARE), ("contradictory", TWINS),
    ("sketchless", SKETCHLESS), (None, RARE)]

# id, record, decision, known, step
VISITS = [
    ("again", RARE, "match", "rare", "install"),
    ("update", {**RARE, "major": 156, "extra": "f"}, "match", "rare", "install"),
    # A version does not decrease, an operating system stays, and so does the browser. What is like it in
    # languages or hardware is another device.
    ("older", {**RARE, "major": 99}, "new", None, None),
    ("other-system", {**RARE, "system": "Linux"}, "new", None, None),
    ("other-browser", {**RARE, "family": "Firefox"}, "new", None, None),
    # A version that is no whole number of at most nine digits says nothing.
    ("odd-version", {**RARE, "major": 1.5}, "match", "rare", "install"),
    ("long-version", {**RARE, "major": 4294967296}, "match", "rare", "install"),
    # A tie: two known records are the same.
    ("twin", TWINS, "ambiguous", "twin-a", "install"),
    # More than eight share the ids, so all of them are compared, and are equally near; what agrees is common.
    ("common", COMMON, "new", None, "sketch"),
    # Zone and hardware are others, and the identity `browser` is the same. Left are log2(N) bits of the canvas and
    # most of as many of the languages, of which log2(N) and twice two bits are taken: not enough.
    ("trip", {**TRAVELER, "hardware": "laptop", "timezone": "Europe/Rome"}, "ambiguous", "traveler", "browser"),
    # The canvas is another one, and with it the ids. Two bits are taken, so what is left is enough.
    ("canvas", {**RARE, "canvas": "other"}, "match", "rare", "sketch"),
    # No group, a sketch of zeros: nothing to look for.
    ("nothing", SKETCHLESS, "new", None, None),
    # Different records with one id, and one without id, are not decided.
    ("double", RARE, None, None, None), ("double", TWINS, None, None, None), (None, RARE, None, None, None),
    # The same one twice is.
    ("same", RARE, "match", "rare", "install"), ("same", RARE, "match", "rare", "install")]


def make_hard(directory):
    with open(os.path.join(directory, "decisions"), "w", encoding="utf-8") as file:
        lines = {"\t".join(cell or "\\N" for cell in (id_, decision, known, step)) + "\n"
                 for id_, _, decision, known, step in VISITS if decision}
        file.writelines(sorted(lines))
    return [{"id": id_, **record} for id_, record in KNOWN], \
        [{"id": id_, **record} for id_, record, *_ in VISITS]


def main():
    case, directory = sys.argv[1:]
    parts = {"captures": make_captures, "updates": make_updates, "strangers": make_strangers,
             "brave": lambda: make_brave(directory), "hard": lambda: make_hard(directory)}[case]()
    for name, records in zip(("known", "visits"), parts):
        with open(os.path.join(directory, name), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)


main()
