"""What the identities promise (data/identities/promises.tsv), why (data/identities/reasons.tsv), the rows
of the catalog, and the pairs of records that hold them to it."""
import collections
import copy
import json
import os

import captures
from edits import EDITS

IDENTITIES = ["device", "browser", "install", "build"]

Promise = collections.namedtuple("Promise", "keys change shares pairs")  # pairs: {key: names}
Reason = collections.namedtuple("Reason", "group key verdict text")
Row = collections.namedtuple("Row", "name group tier")
# Vectors before a change, those before and after it, and whether a library kept its id.
Pair = collections.namedtuple("Pair", "name before both libraries")


def read_table(name):
    with open(os.path.join(captures.TOP, "data", name), encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line[0] not in "#@\t\n"]


def read_promises():
    return [Promise(keys.split(), change, dict(zip(IDENTITIES, shares)),
                    dict(zip(keys.split(), map(str.split, pairs.split(";")), strict=True)))
            for keys, change, *shares, pairs in read_table("identities/promises.tsv")]


def read_reasons():
    return [Reason(*cells) for cells in read_table("identities/reasons.tsv")]


def read_rows():
    return [Row(cells[0], cells[2], cells[3]) for cells in read_table("browser.catalog")]


def edit_record(record, edit):
    record = copy.deepcopy(record)
    edit(record["signals"])
    return json.dumps(record).encode()


def make_pairs(changes, name):
    """The pairs of one name in the last column of data/identities/promises.tsv."""
    if name.startswith("edit:"):
        for base, record in sorted(changes.records.items()):
            for number, edits in enumerate(EDITS[name[5:]]):
                both = captures.make_vectors([edit_record(record, edit) for edit in edits])
                yield Pair(f"{base} {name} {number}", both[:1], both, {})
        return
    for base in changes.bases(name):
        before, both = changes.pair(base, name)
        libraries = {corpus: len(ids[base, "none"] | ids[base, name]) == 1
                     for corpus, ids in changes.library_ids.items()}
        yield Pair(f"{base} {name}", before, both, libraries)
