"""Runs commands over inputs in turn and measures their cost, for scripts/bench.

A Run is a command over an input at two lengths. The cost of a record in the steady state is the
difference of the two, divided by the number of records between them; so it has neither the start
nor the first sight of values. All runs take turns, so that other work of the machine affects them
alike.
"""
import os
import shlex
import shutil
import statistics
import subprocess
import sys

from bench_kinds import lines
from bench_records import TOP

BENCH = os.path.join(TOP, "bench")
RIVALS = os.path.join(BENCH, "rivals")
CATALOG = os.path.join(TOP, "data", "browser.catalog")
CRATES = "/usr/share/cargo/registry"  # where Debian's librust-*-dev are
GO_PATH = "/usr/share/gocode"  # where Debian's golang-*-dev are
CC = shlex.split(os.environ.get("CC", "cc"))


def say(text):
    print(f"bench: {text}", file=sys.stderr)


class Inputs:
    """Files of records, made once: all lengths of one kind in one pass."""

    def __init__(self, folder):
        self.folder = folder
        self.wanted, self.made = {}, []

    def want(self, name, count, paired=False):
        self.wanted.setdefault((name, paired), set()).add(count)
        return self.path(name, paired, count)

    def path(self, name, paired, count):
        return os.path.join(self.folder, f"{name}{'-paired' if paired else ''}.{count}")

    def make(self):
        for (name, paired), counts in self.wanted.items():
            say(f"making {max(counts)} records of {name}")
            files = {count: open(self.path(name, paired, count), "wb") for count in counts}
            for number, line in enumerate(lines(name, max(counts), 0, paired)):
                for count, file in files.items():
                    if number < count:
                        file.write(line)
            for file in files.values():
                file.close()
        self.made += [self.path(*key, count) for key, counts in self.wanted.items()
                      for count in counts]
        self.wanted = {}

    def remove(self):
        for path in self.made:
            os.unlink(path)
        self.made = []


class Run:
    """COMMAND over NAME, SMALL and LARGE records of it; HOW is file, pipe, or a number of
    processes at once. Costs are lists with one entry per round: cpu and wall in microseconds a record in the
    steady state; first in microseconds of processor time a record of the small length, start with
    it; whole and whole_wall likewise of the large length; memory in MiB."""

    def __init__(self, inputs, probe, command, name, small, large, how="file", paired=False):
        self.probe, self.command, self.how = probe, command, how
        self.small, self.large = small, large
        self.paths = [inputs.want(name, count, paired) for count in (small, large)]
        self.cpu, self.wall, self.first, self.whole, self.whole_wall, self.memory = (
            [] for _ in range(6))

    def once(self, path):
        """Seconds of processor and of wall time, and KiB."""
        if self.how == "pipe":
            shell = f"cat {shlex.quote(path)} | {shlex.join([self.probe, 'cost'] + self.command)}"
            started = [subprocess.Popen(["sh", "-c", shell], stdout=subprocess.PIPE)]
        else:
            started = []
            for _ in range(1 if self.how == "file" else self.how):
                with open(path, "rb") as source:
                    started.append(subprocess.Popen([self.probe, "cost"] + self.command,
                                                    stdin=source, stdout=subprocess.PIPE))
        costs = []
        for process in started:
            text = process.communicate()[0]
            if process.returncode != 0:
                sys.exit(f"bench: {shlex.join(self.command)} failed on {path}")
            costs.append([float(number) for number in text.split()])
        user, system, wall, memory = (list(column) for column in zip(*costs))
        return sum(user) + sum(system), max(wall), max(memory)

    def round(self):
        cpu, wall, memory = zip(*(self.once(path) for path in self.paths))
        between = (self.large - self.small) / 1e6
        self.cpu.append((cpu[1] - cpu[0]) / between)
        self.wall.append((wall[1] - wall[0]) / between)
        self.first.append(cpu[0] / self.small * 1e6)
        self.whole.append(cpu[1] / self.large * 1e6)
        self.whole_wall.append(wall[1] / self.large * 1e6)
        self.memory.append(memory[1] / 1024)


def ratios(above, below):
    return [a / b for a, b in zip(above, below)]


def median(values):
    return statistics.median(values)


def output_of(command):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=True).stdout.decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def compile_c(folder, name, source, *flags):
    program = os.path.join(folder, name)
    subprocess.run([*CC, "-O2", *source, *flags, "-o", program], check=True)
    return program


def build(folder, name, command, **environment):
    """Run COMMAND in FOLDER; whether it worked. If not, print the end of its output."""
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        say(f"{name} left out: {shlex.join(command[:3])} failed: "
            f"{done.stdout.decode(errors='replace').strip()[-300:]}")
    return done.returncode == 0


def rivals(folder, names):
    """The commands of those of the programs to compare with that can be built and run here."""
    found = {name: RIVAL_MAKERS[name](folder) for name in names}
    return {name: command for name, command in found.items() if command}


def rival_jsmn(folder):
    return [compile_c(folder, "jsmn", [os.path.join(RIVALS, "jsmn.c")], "-std=gnu11")]


def rival_rust(folder):
    for file in ("Cargo.toml", "rival.rs"):
        shutil.copy(os.path.join(RIVALS, file), folder)
    if not shutil.which("cargo") or not os.path.isdir(CRATES):
        say("Rust left out: it needs cargo, rustc, librust-serde-json-dev, "
            "librust-unicode-normalization-dev and librust-xxhash-rust-dev")
    elif build(folder, "Rust", ["cargo", "build", "--quiet", "--release", "--offline",
                                "--config", 'source.crates-io.replace-with="debian"',
                                "--config", f'source.debian.directory="{CRATES}"',
                                "--target-dir", "rust"]):
        return [os.path.join(folder, "rust", "release", "rival"), CATALOG]
    return None


def rival_go(folder):
    shutil.copy(os.path.join(RIVALS, "rival.go"), folder)
    if not shutil.which("go"):
        say("Go left out: it needs golang-go, golang-golang-x-text-dev and "
            "golang-github-cespare-xxhash-dev")
    elif build(folder, "Go", ["go", "build", "-o", "go", "rival.go"], GO111MODULE="off",
               GOPATH=GO_PATH, GOCACHE=os.path.join(folder, "go-cache")):
        return [os.path.join(folder, "go"), CATALOG]
    return None


def rival_node(_):
    if shutil.which("node"):
        return ["node", os.path.join(RIVALS, "rival.js"), CATALOG]
    return say("node left out: it is not here")


def rival_jq(_):
    if shutil.which("jq"):
        return ["jq", "-c", ".event_id"]
    return say("jq left out: it is not here")


RIVAL_MAKERS = {"jsmn": rival_jsmn, "rust": rival_rust, "go": rival_go, "node": rival_node,
                "jq": rival_jq}


def gunzip_costs(folder, times, rounds):
    """Seconds that ISA-L and zlib need for the captures as gzip, through whorl's decoders."""
    bench = os.path.join(BENCH, "gunzip.c")
    decoder = os.path.join(TOP, "src", "stream", "gzip_")
    with open(os.path.join(folder, "config.h"), "w", encoding="ascii"):
        pass
    include = ["-I" + folder, "-I" + os.path.join(TOP, "src")]
    try:
        programs = [compile_c(folder, "by-isal", [bench, decoder + "isal.c"], *include,
                              "-DHAVE_ISAL", "-DDECODER=decoder_gzip_isal", "-lisal", "-lz"),
                    compile_c(folder, "by-zlib", [bench, decoder + "zlib.c"], *include,
                              "-DDECODER=decoder_gzip_zlib", "-lz")]
    except subprocess.CalledProcessError:
        say("gunzip left out: it needs ISA-L and zlib")
        return None
    packed = os.path.join(folder, "captures.gz")
    captures = os.path.join(TOP, "data", "captures", "raw.ndjson.zst")
    subprocess.run(f"zstd -dcq --long=27 {shlex.quote(captures)} | gzip -6 >{shlex.quote(packed)}",
                   shell=True, check=True)
    costs = [[], []]
    for _ in range(rounds):
        for cost, program in zip(costs, programs):
            cost.append(float(output_of([program, packed, str(times)]).split()[0]) / times)
    return costs


def machine(whorl, rounds):
    """What all of this was measured on, and how busy it was, as a paragraph of Markdown."""
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    system = os.uname()
    compiler = (output_of([*CC, "--version"]) or "?").splitlines()[0]
    version = (output_of([whorl, "--version"]) or "?").splitlines()[0]
    change = output_of(["git", "-C", TOP, "describe", "--always", "--dirty"]) or "no checkout"
    return (f"{version} ({change}); {models[0] if models else system.machine}, {os.cpu_count()} "
            f"processors, {system.sysname} {system.release}; {compiler};\n"
            f"load {os.getloadavg()[0]:.1f} at the start; {rounds} rounds.\n")
