"""The cost of --match, beside that of reading its files, for scripts/bench.

The known devices are 8,000 of scripts/make-population, recombined: each row has the signals of one of
them, but a quarter of its groups from another one. So values are as common as in the population, and
each row has many neighbours that differ in a few groups, which is hard. Each has a key of its own.
"""
import json
import os
import random
import struct
import subprocess

from diff import cost

DEVICES = 8000
FEW = 10       # new records: what is left is the reading of the index
TENTH = 10
HEADER_NUMBERS = struct.Struct("<6I")  # whorl-vector(5), "Header"
MARK = 8
KEY_AT, KEY_BYTES = 8, 16


class Rows:
    """Binary rows of a population, to be recombined."""

    def __init__(self, whorl, top, folder):
        self.folder = folder
        known, new = (os.path.join(folder, name) for name in ("known.ndjson", "new.ndjson"))
        subprocess.run([os.path.join(top, "scripts", "make-population"), f"--devices={DEVICES}",
                        "--returning=0", "--new=0", known, new], check=True)
        data = subprocess.run([whorl, "--format=binary", known], stdout=subprocess.PIPE,
                              check=True).stdout
        _, blocks, stride, _, _, length = HEADER_NUMBERS.unpack_from(data, MARK)
        rest = b"".join(data[at + MARK:at + stride] for at in range(0, blocks * stride, stride))
        header = json.loads(rest[HEADER_NUMBERS.size:HEADER_NUMBERS.size + length])
        self.header, self.end = data[:blocks * stride], data[-stride:]
        self.rows = [data[at:at + stride]
                     for at in range(blocks * stride, len(data) - stride, stride)]
        at = next(c["offset"] for c in header["columns"] if c["name"] == "vector")
        self.runs = list(self.find_runs(whorl, header["signals"], at))

    @staticmethod
    def find_runs(whorl, signals, at):
        """For each group, where its signals are in a row: lists of (from, end)."""
        text = subprocess.run([whorl, "--show-catalog=browser"], stdout=subprocess.PIPE,
                              check=True, text=True).stdout
        groups = {cells[0]: cells[2] for cells in (line.split("\t") for line in text.splitlines())
                  if len(cells) > 3 and not cells[0].startswith(("#", "@"))}
        runs = {}
        for number, name in enumerate(signals):
            found = runs.setdefault(groups[name], [])
            begin = at + 8 * number
            if found and found[-1][1] == begin:
                found[-1] = (found[-1][0], begin + 8)
            else:
                found.append((begin, begin + 8))
        return runs.values()

    def write(self, name, count, seed):
        """The file NAME with COUNT rows."""
        import xxhash  # only here, so that the other tables need no module
        draw = random.Random(seed).random
        path, digest = os.path.join(self.folder, name), xxhash.xxh3_128()
        with open(path, "wb") as file:
            file.write(self.header)
            for _ in range(count):
                row = bytearray(self.rows[int(draw() * DEVICES)])
                other = self.rows[int(draw() * DEVICES)]
                for runs in self.runs:
                    if draw() < 0.25:
                        for begin, end in runs:
                            row[begin:end] = other[begin:end]
                key = b"".join(struct.pack("<Q", int(draw() * 2**53)) for _ in range(2))
                row[KEY_AT:KEY_AT + KEY_BYTES] = key
                digest.update(row)
                file.write(row)
            end = bytearray(self.end)
            end[MARK:MARK + 24] = struct.pack("<Q", count) + digest.digest()
            file.write(end)
        return path


def match_costs(whorl, top, probe, folder, count, rounds):
    """A list of pairs: a name, and lists of the three costs, with one entry per round; and how many
    new records there are."""
    rows = Rows(whorl, top, folder)
    known, new = rows.write("known", count, 1), rows.write("new", count // TENTH, 2)
    few = rows.write("few", FEW, 3)
    index, match = os.path.join(folder, "index"), [whorl, "--match", "--memory=8G"]
    commands = (
        ("`cat KNOWN`", ["cat", known]),
        ("`whorl --match -j1 KNOWN`, ten new records", [*match, "-j1", known, few]),
        ("the same with `--index`, which does not exist", [*match, "-j1", f"--index={index}", known, few]),
        ("`whorl --match -j1 --index`, ten new records", [*match, "-j1", f"--index={index}", few]),
        ("a tenth as many new records as known ones", [*match, "-j1", f"--index={index}", new]),
        ("the same, `-j2`", [*match, "-j2", f"--index={index}", new]),
    )
    costs = [([], [], []) for _ in commands]
    for _ in range(rounds):
        if os.path.exists(index):
            os.remove(index)
        for found, (_, command) in zip(costs, commands):
            for values, value in zip(found, cost(probe, command)):
                values.append(value)
    return [(what, *found) for (what, _), found in zip(commands, costs)], count // TENTH - FEW
