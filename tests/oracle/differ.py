"""What $WHORL writes, and the first difference of that from what the oracle writes."""
import json
import os
import re
import shlex
import subprocess

import output

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOLDEN = os.path.join(TOP, "tests", "golden")
WHORL = os.path.abspath(os.environ.get("WHORL", os.path.join(TOP, "build", "whorl")))
OPTIONS = shlex.split(os.environ.get("WHORL_OPTIONS", ""))  # which must change nothing
ALL = "--select=" + ",".join(output.MEMBERS)


def places(text):
    """FILE:LINE:COLUMN: MESSAGE of each reject."""
    return re.findall(r"^whorl: (.+?:\d+:\d+: .*)$", text, re.M)


def by_whorl(arguments):
    """(status, output, rejects)"""
    found = subprocess.run([WHORL, "-v", *OPTIONS, *arguments], cwd=GOLDEN, capture_output=True,
                           check=False)
    return found.returncode, found.stdout, places(found.stderr.decode())


def around(a, b):
    """The bytes about the first that differs."""
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    start = max(at - 40, 0)
    return "oracle %r, whorl %r, from byte %d" % (a[start:at + 60], b[start:at + 60], start)


def first_line(mine, theirs):
    for number, (a, b) in enumerate(zip(mine.split(b"\n"), theirs.split(b"\n")), 1):
        if a != b:
            return "vector %d: %s" % (number, first_member(a, b))
    return "lengths"


def first_member(a, b):
    try:
        x, y = json.loads(a), json.loads(b)
    except ValueError:
        return around(a, b)
    for name in ("values", "states", *x, *y):
        if x.get(name) == y.get(name):
            continue
        if name in ("values", "states", "signals", "facts", "groups"):
            for signal in list(x.get(name, {})) + list(y.get(name, {})):
                pair = [json.dumps(v.get(name, {}).get(signal, "(none)")) for v in (x, y)]
                if pair[0] != pair[1]:
                    return "%s of %s: %s" % (name, json.dumps(signal), around(*pair))
        return name + ": " + around(json.dumps(x.get(name)), json.dumps(y.get(name)))
    return around(a, b)


def first_block(mine, theirs, catalog):
    fields, stride = output.columns(catalog)
    at = next((i for i, (x, y) in enumerate(zip(mine, theirs)) if x != y), min(len(mine), len(theirs)))
    block, offset = divmod(at, stride)
    name = [field["name"] for field in fields if field["offset"] <= offset][-1]
    return "block %d, byte %d, in a row %s: %s" % (block, offset, name, around(mine, theirs))


def difference(mine, theirs, binary_catalog):
    """The first difference of two results, or None."""
    if mine[1] != theirs[1]:
        if binary_catalog:
            return first_block(mine[1], theirs[1], binary_catalog)
        return first_line(mine[1], theirs[1])
    if mine[2] != theirs[2]:
        pairs = zip(mine[2] + ["(none)"], theirs[2] + ["(none)"])
        return "reject: oracle %s, whorl %s" % next(pair for pair in pairs if pair[0] != pair[1])
    if mine[0] != theirs[0]:
        return "status: oracle %d, whorl %d" % (mine[0], theirs[0])
    return None
