#!/usr/bin/env python3
"""diff-edit.py OLD NEW <CAPTURES: write two versions of the same records, which differ in every way
that the report of whorl --diff has. Records are identified by their number in the input, from 0."""
import json
import sys


def drop(name):
    return lambda record: record["signals"].pop(name, None)


def put(value, *path):
    def edit(record):
        at = record["signals"]
        for name in path[:-1]:
            at = at.setdefault(name, {})
        at[path[-1]] = value
    return edit


def id_to(value):
    return lambda record: record.update(event_id=value)


OLD = {
    10: [drop("screen")],  # appears
    12: [put("before", "navigator", "doNotTrack")],
    41: [id_to(None)],
    42: [id_to(18446744073709551615)],  # ids of 64 bits, beyond a double
}
NEW = {
    3: [put("FreeBSD amd64", "navigator", "platform")],  # splits identities
    5: [put({"error": {"name": "NotAllowedError", "message": "no"}}, "audio")],
    7: [drop("fonts")],  # vanishes
    9: [put(["\u00e9\t\"'", "Z"], "fonts")],
    12: [put("after", "navigator", "doNotTrack")],
    40: [id_to(None)],
    42: [id_to(18446744073709551615)],
}
for number in range(13, 80, 3):  # often, and always together
    NEW.setdefault(number, []).extend([put(3, "navigator", "maxTouchPoints"),
                                       put(777, "navigator", "hardwareConcurrency")])
ONLY_OLD, ONLY_NEW = {30, 33}, {31}
TWICE_OLD, TWICE_NEW = {20: 2, 21: 3}, {21: 2, 22: 2}

with open(sys.argv[1], "w", encoding="ascii") as old, open(sys.argv[2], "w", encoding="ascii") as new:
    for number, line in enumerate(sys.stdin.buffer):
        for out, edits, gone, twice in ((old, OLD, ONLY_NEW, TWICE_OLD), (new, NEW, ONLY_OLD, TWICE_NEW)):
            record = json.loads(line)
            for edit in edits.get(number, []):
                edit(record)
            if number not in gone:
                out.write((json.dumps(record) + "\n") * twice.get(number, 1))
