"""Where a record's instructions go: the table budget of scripts/bench.

valgrind counts the instructions of two runs over the same records, the second with more of them.
The difference belongs to the records between, so neither start-up nor first sight of a value is
in it. Instructions that the compiler has inlined count for the file they were written in, those
of libraries for the function called. Counts are the same on each run. They are no times: a miss
of the processor's cache costs more.
"""
import os
import re
import shutil
import subprocess

# A file or a function; with c that of who is called.
NAME = re.compile(r"^(c?)f([lien])=\((\d+)\)(?: (.*))?$")
OURS = re.compile(r"^(?:.*/)?src/([a-z]+/[a-z_0-9]+\.[ch])$")
COST = re.compile(r"^[+*\-\d]\S* (\d+)$")


def place(source, function):
    """A file of src/ as HACKING.md calls it, or a function of a library."""
    ours = OURS.match(source)
    return ours[1] if ours else function.strip("_") + "()"


def read_counts(path):
    """Instructions by place of a profile that callgrind wrote."""
    names, counts, is_call = {}, {}, False
    source = function = ""
    with open(path, encoding="utf-8") as profile:
        for line in profile:
            if named := NAME.match(line):
                of_callee, kind, number, name = named.groups()
                key = (kind == "n", number)
                if name:
                    names[key] = name
                if kind == "n" and not of_callee:
                    function = names[key]
                elif not of_callee:
                    source = names[key]
            elif line.startswith("calls="):
                is_call = True  # the next line is what the call cost, counted where it was spent
            elif cost := COST.match(line):
                if not is_call:
                    key = place(source, function)
                    counts[key] = counts.get(key, 0) + int(cost[1])
                is_call = False
    return counts


def count(command, path, folder):
    profile = os.path.join(folder, "callgrind.out")
    with open(path, "rb") as lines:
        subprocess.run(["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={profile}",
                        *command], stdin=lines, stdout=subprocess.DEVNULL, check=True)
    return read_counts(profile)


def budget(command, small, large, records, folder):
    """Rows of place, instructions a record, share; the largest first, small ones together.
    SMALL and LARGE are files, the second with so many RECORDS more. None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    counts = {}
    for path, sign in ((large, 1), (small, -1)):
        for name, cost in count(command, path, folder).items():
            counts[name] = counts.get(name, 0) + sign * cost / records
    total = sum(counts.values())
    rows, rest = [], 0
    for name, cost in sorted(counts.items(), key=lambda item: -item[1]):
        if cost >= total / 100:
            rows.append((f"`{name}`", cost, cost / total))
        else:
            rest += cost
    return [*rows, ("all others", rest, rest / total), ("all", total, 1)]
