"""The populations of scripts/make-population, and the vectors that $WHORL makes of them."""
import collections
import json
import math
import os
import subprocess

TOP = os.environ.get("top_srcdir") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IDENTITIES = ["build", "install", "browser", "device"]


def make(directory, names, options):
    paths = [os.path.join(directory, name) for name in names]
    subprocess.run([os.path.join(TOP, "scripts", "make-population"), *options, *paths], check=True)
    return paths


def make_catalog(directory):
    """A file: the catalog `browser`, which carries what a population says of its records."""
    catalog = os.path.join(directory, "judged.catalog")
    shown = subprocess.run([os.environ["WHORL"], "--show-catalog=browser"], stdout=subprocess.PIPE,
                           check=True).stdout
    with open(catalog, "wb") as file:
        file.write(shown + b"@carry\tdevice\t/device\n@carry\tchange\t/change\n")
    return catalog


def make_vectors(directory, path):
    """The exit status, what was said, and the vectors of the records of PATH."""
    run = subprocess.run([os.environ["WHORL"], "--catalog", make_catalog(directory),
                          "--select=carry,ids,groups,facts", path], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, check=False)
    return run.returncode, run.stderr.decode(), [json.loads(line) for line in run.stdout.splitlines()]


def entropy(values):
    counts = collections.Counter(values)
    return -sum(count / len(values) * math.log2(count / len(values)) for count in counts.values())


def look_up(devices, vector, name):
    """Whether the one device that has the identity is the right one, or several or none have it."""
    found = devices.get(vector["ids"][name], [])
    if len(found) != 1:
        return "several" if found else "none"
    return "right" if found == [vector["carry"]["device"]] else "wrong"


def print_identities(known, new):
    """What one finds who looks up each identity of a record among those of KNOWN."""
    print("# identity  unique  entropy  found  wrong  several  new: linked  several  (%)")
    for name in IDENTITIES:
        devices = collections.defaultdict(list)
        for vector in known:
            devices[vector["ids"][name]].append(vector["carry"]["device"])
        devices.pop(None, None)
        answers = {True: collections.Counter(), False: collections.Counter()}
        for vector in new:
            answers["change" in vector["carry"]][look_up(devices, vector, name)] += 1
        back, strangers = answers[True], answers[False]
        unique = sum(len(found) == 1 for found in devices.values()) / len(known)
        shares = [back[answer] / max(1, back.total()) for answer in ("right", "wrong", "several")]
        shares += [strangers[answer] / max(1, strangers.total()) for answer in ("wrong", "several")]
        print(f"# {name:9} {100 * unique:6.1f} {entropy([v['ids'][name] for v in known]):8.2f}"
              " {:6.1%} {:6.1%} {:8.1%} {:12.1%} {:8.1%}".format(*shares).replace("%", ""))
