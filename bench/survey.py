"""The cost of --survey, beside reading in full, and beside what one would use instead, for
scripts/bench.

DuckDB reads the same records with read_json and counts the different values of each member with
approx_count_distinct, in one thread. npm fetches it; nothing of it is kept. jq writes a line for each
path and value, which sort and uniq count.
"""
import os
import shutil
import subprocess

from measure import RIVALS, Run, say

RELEASE = "1.4.2-r.1"
LENGTHS = (500, 2000)
RIVAL_LENGTHS = (50, 150)
JQ = ('.signals | paths(scalars) as $p | "\\($p | map(tostring) | join("/"))\\t\\(getpath($p) | tojson)"')


def duckdb(folder):
    """Where its module is, or None after a message."""
    if not shutil.which("node") or not shutil.which("npm"):
        return say("DuckDB left out: it needs node and npm")
    home = os.path.join(folder, "duckdb")
    os.mkdir(home)
    done = subprocess.run(["npm", "install", "--ignore-scripts", "--silent", "--fetch-retries=0", "--prefix",
                           home, f"@duckdb/node-api@{RELEASE}"], capture_output=True, check=False)
    if done.returncode != 0:
        return say(f"DuckDB left out: npm does not give @duckdb/node-api@{RELEASE}")
    return home


def runs(bench):
    """What is measured, by name."""
    whorl = [bench.whorl, *bench.one_thread]
    survey = whorl + ["--survey"]
    found = {}

    def run(key, command, small, large, **how):
        found[key] = Run(bench.inputs, bench.probe, command, "visitors", small, large, **how)

    run("survey", survey, *LENGTHS)
    run("by", survey + ["--by=/signals/http/headers/User-Agent"], *LENGTHS)
    run("audit", survey + ["--catalog=browser"], *LENGTHS)
    run("full", whorl + ["--format=binary", "--no-cache"], *LENGTHS)
    if shutil.which("jq"):
        run("jq", ["sh", "-c", 'jq -r "$1" | LC_ALL=C sort | uniq -c', "jq", JQ], *RIVAL_LENGTHS, paired=True)
    home = duckdb(bench.folder)
    if home:
        run("duckdb", ["node", os.path.join(RIVALS, "survey-duckdb.js"), home], *RIVAL_LENGTHS, paired=True)
    return found
