"""The time before the first record, the start, and the time around a single record, the delay.

Both are a fraction of a millisecond. So each is measured beside a control, in turn and many times:
a ratio is taken of neighbors, then the median of all ratios. The control of the start is an empty
program that is linked with the same libraries. The control of the delay reads whole lines, copies
each, counts it and its bytes, and answers with as many bytes as whorl.
"""
import os
import re
import subprocess

from bench_kinds import lines
from measure import compile_c, output_of, ratios

LIBRARY = re.compile(r"=> (/\S+)")


def empty_program(folder, whorl):
    """A program that does nothing, linked with the libraries of WHORL."""
    source = os.path.join(folder, "empty.c")
    with open(source, "w", encoding="ascii") as file:
        file.write("int main(void) { return 0; }\n")
    return compile_c(folder, "empty", [source], "-Wl,--no-as-needed",
                     *LIBRARY.findall(output_of(["ldd", whorl])))


class Start:
    """Seconds of processor and of wall time that the start and end of commands take."""

    def __init__(self, probe, *commands):
        self.probe, self.commands = probe, commands
        self.cpu, self.wall = ([[] for _ in commands] for _ in range(2))

    def round(self, times=50):
        for _ in range(times):
            for number, command in enumerate(self.commands):
                done = subprocess.run([self.probe, "cost", *command], stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, check=True)
                user, system, wall = map(float, done.stdout.split()[:3])
                self.cpu[number].append(user + system)
                self.wall[number].append(wall)


class Delay:
    """Microseconds from the first byte of a record written to the last byte of its row read, of
    COMMAND and of the control: medians and 99th percentiles, one per round."""

    def __init__(self, bench, command, count, warm=2000):
        self.probe, self.command = bench.probe, command
        self.warm = str(warm)
        self.path = os.path.join(bench.folder, "delays")
        with open(self.path, "wb") as file:
            file.writelines(lines("visitors", warm + count))
        with open(self.path, "rb") as source:
            row = subprocess.run(command, input=source.readline(), stdout=subprocess.PIPE,
                                 check=True).stdout
        self.size = str(len(row))
        self.half, self.most = ([[], []] for _ in range(2))

    def round(self):
        with open(self.path, "rb") as source:
            done = subprocess.run([self.probe, "delays", self.size, self.warm, *self.command],
                                  stdin=source, stdout=subprocess.PIPE, check=True)
        found = [float(number) * 1e6 for number in done.stdout.split()]
        for number in (0, 1):
            self.half[number].append(found[2 * number])
            self.most[number].append(found[2 * number + 1])

    def ratio(self, kind):
        return ratios(*getattr(self, kind))
