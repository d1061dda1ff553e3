"""How parity/parity runs commands and reads their input."""
import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

from compare import clip, first_difference

WORD = re.compile(rb'"(?:[^"\\]|\\.)*"|[-+.\w]+', re.S)


class Trouble(Exception):
    """What keeps the engines from being compared."""


class Engine:
    """One of the two commands."""

    def __init__(self, name, command, options, directory):
        self.name, self.command, self.options = name, command, options
        self.directory, self.runs = directory, 0

    def run(self, path):
        """Run it once on the file PATH: the outcome, in files of its own."""
        self.runs += 1
        base = os.path.join(self.directory, f"{self.name}{self.runs % 4}")
        outcome = Outcome(base)
        command = self.command.replace("{input}", shlex.quote(path))
        command = command.replace("{rejects}", shlex.quote(outcome.rejects))
        open(outcome.rejects, "w").close()
        with open(path, "rb") as given, open(outcome.output, "wb") as out, open(outcome.messages,
                "wb") as err:
            try:
                done = subprocess.run(["/bin/sh", "-c", command], stdout=out, stderr=err,
                                      stdin=subprocess.DEVNULL if "{input}" in self.command else given,
                                      timeout=self.options.timeout)
            except subprocess.TimeoutExpired:
                raise Trouble(f"{self.name}: no end after {self.options.timeout} seconds") from None
        outcome.status = done.returncode if done.returncode >= 0 else 128 - done.returncode
        if outcome.status in (126, 127):
            raise Trouble(f"{self.name}: cannot be run: {outcome.first_message()}")
        return outcome

    def run_twice(self, path):
        first, second = self.run(path), self.run(path)
        if first.status != second.status:
            raise Trouble(f"{self.name} is not deterministic: status {first.status}, then {second.status}")
        for what in ("output", "rejects") + ("messages",) * self.options.messages:
            where = first_difference(getattr(first, what), getattr(second, what))
            if where:
                raise Trouble(f"{self.name} is not deterministic: two runs differ in line {where[0]} of its {what}:\n"
                              f"  first   {clip(where[1])}\n  second  {clip(where[2])}")
        return second


class Outcome:
    """What one run left."""

    def __init__(self, base):
        self.output, self.rejects, self.messages = base + ".out", base + ".rejects", base + ".err"
        self.status = None

    def first_message(self):
        with open(self.messages, "rb") as file:
            return clip(file.readline()) or "it says nothing"


class Source:
    """One input: its records are looked up by id."""

    def __init__(self, name, directory):
        self.name, self.path, self.lines, self.found = name, name, None, {}
        if name == "-":
            self.path = os.path.join(directory, "stdin")
            with open(self.path, "wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            with open(self.path, "rb") as file:
                self.magic = file.read(4)
            if self.magic[:2] == b"\x1f\x8b" or self.magic == b"\x28\xb5\x2f\xfd":
                packed, self.path = self.path, os.path.join(directory, "input")
                with open(packed, "rb") as given, open(self.path, "wb") as file:
                    self.unpack(given, file)
        except OSError as error:
            raise Trouble(f"{name}: {error.strerror or error}") from None

    def unpack(self, packed, file):
        if self.magic[:2] == b"\x1f\x8b":
            shutil.copyfileobj(gzip.GzipFile(fileobj=packed), file)
        elif subprocess.run(["zstd", "-dcq"], stdin=packed, stdout=file, check=False).returncode:
            raise Trouble(f"{self.name}: zstd cannot read it")

    def read(self):
        if self.lines is None:
            with open(self.path, "rb") as file:
                self.lines = [line for line in file.read().split(b"\n") if line.strip()]

    def look_up(self, identities):
        """Find the records that have these ids, in one pass."""
        self.read()
        wanted = {i for i in identities if i not in (None, b"null") and i not in self.found}
        self.found.update((i, []) for i in wanted)
        for number, line in enumerate(self.lines if wanted else ()):
            for word in set(WORD.findall(line)):
                if b"\\" in word:
                    try:
                        text = json.dumps(json.loads(word), ensure_ascii=False)
                        word = text.encode("utf-8", "replace")
                    except ValueError:
                        continue
                if word in wanted:
                    self.found[word].append(number)

    def records(self, identity):
        return [self.lines[number] for number in self.found.get(identity, [])]
