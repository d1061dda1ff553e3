"""The cost of the id of FingerprintJS, beside the library itself in node, for scripts/bench.

The records are the captures of FingerprintJS 5.2, drawn at random, each with a new id and other
durations, as returning visitors have. npm fetches the library; nothing of it is kept.
"""
import json
import os
import random
import re
import shutil
import subprocess

from bench_records import CAPTURES
from measure import RIVALS, Run, say

RELEASE = "5.2.0"
LENGTHS = (1000, 4000)


class Visits:
    """Files of records, as measure.Inputs makes them."""

    def __init__(self, folder):
        self.folder = folder
        captures = subprocess.run(["zstd", "-dcq", "--long=27",
                                   os.path.join(CAPTURES, "fpjs.ndjson.zst")],
                                  stdout=subprocess.PIPE, check=True).stdout.decode()
        self.records = [line for line in captures.splitlines()
                        if json.loads(line)["version"] == RELEASE]

    def want(self, name, count, _):
        path = os.path.join(self.folder, f"{name}.{count}")
        dice = random.Random(1)
        with open(path, "w", encoding="utf-8") as file:
            for number in range(count):
                line = re.sub('"duration":[0-9.]+', lambda _: f'"duration":{dice.randrange(200)}',
                              dice.choice(self.records))
                file.write(re.sub('"event_id":"[^"]*"', f'"event_id":"{number}"', line) + "\n")
        return path


def library(folder):
    """The library's file, or None after a message."""
    if not shutil.which("node") or not shutil.which("npm"):
        return say("FingerprintJS left out: it needs node and npm")
    name = f"@fingerprintjs/fingerprintjs@{RELEASE}"
    done = subprocess.run(["npm", "pack", "--ignore-scripts", "--silent", "--fetch-retries=0", name],
                          cwd=folder, capture_output=True, check=False)
    if done.returncode != 0:
        return say(f"FingerprintJS left out: npm does not give {name}")
    subprocess.run(["tar", "-xzf", f"fingerprintjs-fingerprintjs-{RELEASE}.tgz"], cwd=folder, check=True)
    return os.path.join(folder, "package", "dist", "fp.umd.js")


def runs(bench):
    """What is measured, by name."""
    visits = Visits(bench.folder)
    whorl = [bench.whorl, *bench.one_thread, "--catalog=fingerprintjs"]
    commands = {"id": whorl + ["--select=ids.visitorId"],
                "id full": whorl + ["--select=ids.visitorId", "--no-cache"],
                "verify": whorl + ["--select=ids", "--verify"],
                "none": whorl + ["--select=ids"]}
    file = library(bench.folder)
    if file:
        commands["library"] = ["node", os.path.join(RIVALS, "library-ids.js"), file]
    return {key: Run(visits, bench.probe, command, "fpjs", *LENGTHS)
            for key, command in commands.items()}
