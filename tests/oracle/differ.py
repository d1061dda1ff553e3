"""The output of $WHORL, and its first difference from the output of the oracle."""
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


# The texts of whorl(1), DIAGNOSTICS, about lines that show why they are not records. They replace the
# fault, or the text before "expected". Which line shows what is not computed here.
SYMPTOM = re.compile(
    r"an array of records: expected one record per line|"
    r"a comma after the record: expected one record per line|"
    r"the end of an array of records: expected one record per line|"
    r"a record over several lines: expected it on one|"
    r"text before the record: expected the record alone|several records on a line: expected one|"
    r"a record in a string: expected the record itself|"
    r"UTF-(16|32) text(, (little|big)-endian)?: expected UTF-8")
UNSEEN = re.compile(
    r"(a NUL byte|a tab|a carriage return|a record separator of RFC 7464|a byte order mark|"
    r"a character that is easily missed|a control byte) \((0x[0-9A-F]{2}|U\+[0-9A-F]{4,6})\)"
    r"( in a string)?: (.*: )?expected ")
HELP = re.compile(r"; (try .* \| whorl|[^;]* has (no members|\".*))$")


class Told(str):
    """A reject as whorl tells it: equal to the oracle's if the place is, and what is said but for
    symptoms and help."""

    def __eq__(self, other):
        if str.__eq__(self, other):
            return True
        text = HELP.sub("", str(self))
        place, said = re.fullmatch(r"(.*?:\d+:\d+): (.*)", text, re.S).groups()
        mine = re.fullmatch(r"(.*?:\d+:\d+): (.*)", str(other), re.S)
        if not mine or mine.group(1) != place:
            return False
        if UNSEEN.match(said):
            return said.partition("expected ")[2] == mine.group(2).partition("expected ")[2]
        return said == mine.group(2) or SYMPTOM.match(said) is not None

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


def places(text):
    """FILE:LINE:COLUMN: MESSAGE of each reject."""
    return re.findall(r"^whorl: (.+?:\d+:\d+: (?!warning: ).*)$", text, re.M)


def by_whorl(arguments):
    """(status, output, rejects)"""
    found = subprocess.run([WHORL, "-v", *OPTIONS, *arguments], cwd=GOLDEN, capture_output=True,
                           check=False)
    return found.returncode, found.stdout, list(map(Told, places(found.stderr.decode())))


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
