"""Records as text that is cut at its leaves, so that a new record is made by replacing values.

A leaf is the value of a member that is not itself a non-empty object. A record is a list of
joints, names and values: joint 0, name 0, value 0, joint 1, ... and the last joint. A name has
its quotes and colon; a joint is the text between a value and the next name.
"""
import json
import os
import re
import subprocess
from itertools import islice

import hard_values

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CAPTURES = os.path.join(TOP, "data", "captures")
HEX_TO_DIGITS = str.maketrans("0123456789abcdef", "9123456789123456")
HEX_TO_LETTERS = str.maketrans("0123456789abcdef", "ghijklmnopqrstuv")
STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
SCALAR = rf"{STRING}|[-0-9][-+.0-9eE]*|[a-z]+"
# The name of a member, and its value if that is a scalar, or if it is an object with members its {.
MEMBER = re.compile(rf",?({STRING}:)(?:({SCALAR})|(\{{(?!\}}))|)")
NESTING = re.compile(rf"{STRING}|[{{}}\[\]]")


class Dice(hard_values.Dice):
    """Also random text of one kind; no digit is a zero, so that it may be at either end."""

    def __init__(self, seed):
        super().__init__(seed)
        self.hexes = iter("")

    def hex(self, count):
        text = "".join(islice(self.hexes, count))
        while len(text) < count:
            self.hexes = iter(f"{int(self.random() * 2**52):013x}")
            text += "".join(islice(self.hexes, count - len(text)))
        return text

    def digits(self, count):
        return self.hex(count).translate(HEX_TO_DIGITS)

    def letters(self, count):
        return self.hex(count).translate(HEX_TO_LETTERS)

    def uuid(self):
        text = self.hex(32)
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


class Record:
    """One record: its joints, names, values and paths, in the order of its text, which has no
    space between tokens."""

    def __init__(self, line):
        self.joints, self.names, self.values, self.paths = [], [], [], []
        path, at, cut = (), 1, 0
        while at < len(line):
            if line[at] == "}":
                path = path[:-1]
                at += 1
                continue
            member = MEMBER.match(line, at)
            name, scalar, is_object = member.groups()
            inner = path + (json.loads(name[:-1]) if "\\" in name else name[1:-2],)
            at = member.end()
            if is_object:
                path = inner
                continue
            start = member.end(1)
            at = at if scalar else end_of_value(line, start)
            self.joints.append(line[cut:member.start(1)])
            self.names.append(name)
            self.values.append(line[start:at])
            self.paths.append(inner)
            cut = at
        self.joints.append(line[cut:])

    def only(self, paths):
        """The record with the leaves at these paths only, and the objects that they are in."""
        return Record(nest([pair for pair in zip(self.paths, self.names, self.values)
                            if pair[0] in paths]))

    def text(self, values):
        return write(self.joints, self.names, values)


def end_of_value(line, start):
    """Where the array or object that begins at START ends."""
    depth = 0
    for found in NESTING.finditer(line, start):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    raise ValueError("a value without an end")


def nest(leaves):
    """The text of an object from its leaves: paths, names and values. Neighbours share parents."""
    text, open_path = "{", ()
    for path, name, value in leaves:
        shared = len(os.path.commonprefix([open_path, path[:-1]]))
        text += "}" * (len(open_path) - shared) + ("" if text[-1] == "{" else ",")
        text += "".join(json.dumps(token, ensure_ascii=False) + ":{" for token in path[shared:-1])
        text += name + value
        open_path = path[:-1]
    return text + "}" * (len(open_path) + 1)


def write(joints, names, values):
    parts = [""] * (3 * len(names))
    parts[0::3], parts[1::3], parts[2::3] = joints[:-1], names, values
    return "".join(parts) + joints[-1]


def read_captures():
    """Every record of the raw captures, and the name of its configuration."""
    with open(os.path.join(CAPTURES, "manifest.ndjson"), encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    configurations = {row["event_id"]: row["config"] for row in rows if row["corpus"] == "raw"}
    text = subprocess.run(["zstd", "-dcq", "--long=27", os.path.join(CAPTURES, "raw.ndjson.zst")],
                          stdout=subprocess.PIPE, check=True).stdout.decode()
    records = [Record(line) for line in text.split("\n")[:-1]]
    names = [configurations[json.loads(record.values[0])] for record in records]
    return records, names
