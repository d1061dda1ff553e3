"""The captures in data/captures, and the vectors that $WHORL makes of them."""
import collections
import json
import os
import subprocess

TOP = os.environ.get("top_srcdir") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CAPTURES = os.path.join(TOP, "data", "captures")
IDENTITIES = ["device", "browser", "install", "build", "exact"]
# The member that holds a library's own id, by corpus.
LIBRARY_IDS = {"fpjs": "visitorId", "thumbmark": "thumbmark"}


def read_lines(name):
    """The lines of a compressed file of captures."""
    return subprocess.run(["zstd", "-dcq", "--long=27", os.path.join(CAPTURES, name)],
                          stdout=subprocess.PIPE, check=True).stdout.splitlines()


def read_manifest(name):
    """The rows of a manifest by event id."""
    with open(os.path.join(CAPTURES, name), encoding="utf-8") as lines:
        return {row["event_id"]: row for row in map(json.loads, lines)}


def make_vectors(lines, catalog="browser", *more):
    """The vector of each record, in order, with MORE members than most tests need."""
    out = subprocess.run([os.environ["WHORL"], "--catalog", catalog, "--reveal",
                          ",".join(("--select=id,ids,coverage,signals,states", *more))],
                         input=b"\n".join(lines), stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def read_configurations():
    """The vectors of each configuration of raw.ndjson.zst, in the order of its repeats."""
    manifest = read_manifest("manifest.ndjson")
    found = collections.defaultdict(dict)
    for vector in make_vectors(read_lines("raw.ndjson.zst")):
        row = manifest[vector["id"]]
        found[row["config"]][row["repeat"]] = vector
    return {config: [repeats[i] for i in sorted(repeats)]
            for config, repeats in sorted(found.items())}


class Changes:
    """Records in which one thing was changed on one machine: base by base, change by change."""

    def __init__(self):
        manifest = read_manifest("changes-manifest.ndjson")
        lines = read_lines("changes-raw.ndjson.zst")
        self.vectors = collections.defaultdict(list)  # (base, change): vectors
        self.records = {}                             # base: a record without a change
        for line, vector in zip(lines, make_vectors(lines)):
            row = manifest[vector["id"]]
            self.vectors[row["base"], row["change"]].append(vector)
            if row["change"] == "none":
                self.records.setdefault(row["base"], json.loads(line))
        self.library_ids = {}                         # corpus: {(base, change): ids}
        for corpus, member in LIBRARY_IDS.items():
            found = collections.defaultdict(set)
            for record in map(json.loads, read_lines(f"changes-{corpus}.ndjson.zst")):
                row = manifest[record["event_id"]]
                found[row["base"], row["change"]].add(record[member])
            self.library_ids[corpus] = found

    def bases(self, change):
        """The bases on which CHANGE was made."""
        return sorted(base for base, made in self.vectors if made == change)

    def pair(self, base, change):
        """The vectors before CHANGE on BASE, and those before and after."""
        before = self.vectors[base, "none"]
        return before, before + (self.vectors[base, change] if change != "none" else [])


def differing(vectors):
    """The signals whose hash is not the same in all VECTORS."""
    return sorted(name for name, first in vectors[0]["signals"].items()
                  if any(v["signals"][name] != first for v in vectors))
