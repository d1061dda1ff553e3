"""The cost of --diff, compared with that of reading its two files, for scripts/bench.

OLD and NEW have rows of 1,200 signals. The records are a few thousand of bench-inputs, repeated,
each with an id of its own. In NEW one signal is rounded in another way, which changes one row in a
few, and one record in a hundred is missing.
"""
import os
import shlex
import subprocess

from bench_kinds import lines, signals_catalog

SIGNALS = 1200
DIFFERENT = 2000  # records
AT_ONCE = 64  # records written together
TENTH = 10


class Rows:
    """Outputs of whorl, in files."""

    def __init__(self, whorl, folder):
        self.whorl, self.folder = whorl, folder
        self.records = [line.split(b'"', 4)[::4] for line in lines(f"signals-{SIGNALS}", DIFFERENT)]
        text = signals_catalog(SIGNALS)
        self.catalogs = {}
        for name, steps in (("old", "round(3)"), ("new", "round(1)")):
            self.catalogs[name] = os.path.join(folder, name + ".catalog")
            with open(self.catalogs[name], "w", encoding="utf-8") as file:
                file.write(text.replace("round(3)", steps, 1))

    def write(self, name, catalog, numbers, *options):
        """The file NAME: the records of these NUMBERS by the catalog CATALOG."""
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            run = subprocess.Popen([self.whorl, f"--catalog={self.catalogs[catalog]}", *options],
                                   stdin=subprocess.PIPE, stdout=file)
            for at in range(0, len(numbers), AT_ONCE):
                run.stdin.write(b"".join(map(self.record, numbers[at:at + AT_ONCE])))
            run.stdin.close()
        if run.wait() != 0:
            raise OSError(f"{self.whorl} failed")
        return path

    def record(self, number):
        head, tail = self.records[number % DIFFERENT]
        return head + b'"event_id":"%09d"' % number + tail


def cost(probe, command):
    """Seconds of processor time and of wall time, and MiB; that there are differences is well."""
    done = subprocess.run([probe, "cost", *command], stdout=subprocess.PIPE, check=False)
    if done.returncode > 1:
        raise OSError(f"{shlex.join(command)} failed")
    user, system, wall, memory = map(float, done.stdout.split())
    return user + system, wall, memory / 1024


def diff_costs(whorl, probe, folder, count, rounds):
    """A list of pairs: a name, and lists of the three costs, with one entry per round."""
    rows = Rows(whorl, folder)
    binary, ndjson = "--format=binary", "--select=id,catalog,ids,vector"
    some = range(count - count // 100)
    old = rows.write("old", "old", range(count), binary)
    new = rows.write("new", "new", some, binary)
    turned = rows.write("turned", "new", some[::-1], binary)
    old_lines = rows.write("old.ndjson", "old", range(count // TENTH), ndjson)
    new_lines = rows.write("new.ndjson", "new", range(len(some) // TENTH), ndjson)
    diff = [whorl, "--diff"]
    known = [f"--catalog={path}" for path in rows.catalogs.values()]
    commands = (
        ("`cat OLD NEW`", ["cat", old, new]),
        ("`whorl --diff OLD NEW`", [*diff, old, new]),
        ("NEW in the opposite order", [*diff, old, turned]),
        ("the same, `--memory=16M`", [*diff, "--memory=16M", old, turned]),
        ("without pairs: `whorl --diff --population OLD NEW`", [*diff, "--population", old, new]),
        ("a tenth of it as NDJSON: `cat`", ["cat", old_lines, new_lines]),
        ("the same: `whorl --diff`", [*diff, *known, old_lines, new_lines]),
    )
    costs = [([], [], []) for _ in commands]
    for _ in range(rounds):
        for found, (_, command) in zip(costs, commands):
            for values, value in zip(found, cost(probe, command)):
                values.append(value)
    return [(what, *found) for (what, _), found in zip(commands, costs)]
