#!/usr/bin/env python3
"""identify.py KNOWN VISITS: the decisions that whorl-identify(7) specifies, without a database.

KNOWN and VISITS are TSV of whorl with the members id, facts, ids, groups and sketch. Prints what
scripts/identify prints."""
import collections
import math
import sys

ACCEPT, REJECT, DIFFERS, APART, SAMPLED = 1000, -3000, 2000, 2, 16384
GROUPS = ("hardware languages memory keyboard clienthints fonts canvas webgl webgl2 webgpu audio timezone phone "
          "phone.install").split()
STEPS = ("install", "browser", "sketch")
# Of each step, the most known records that may share a key, and the members that make its keys.
KEYS = ((8, (("ids.install",),)), (8, (("ids.browser",),)),
        (10000, (("ids.device",), ("groups.hardware", "groups.webgl"), ("groups.timezone", "groups.languages"))))


def log2(number, part):
    """In thousandths of a bit."""
    return round(1000 * math.log2(number / part))


class Record:
    def __init__(self, cells):
        self.id = cells["id"]
        self.keys = [[(names, *(cells[name] for name in names)) for names in members] for _, members in KEYS]
        self.keys = [[key for key in keys if None not in key] for keys in self.keys]
        self.groups = [cells["groups." + name] for name in GROUPS]
        self.sketch = int(cells["sketch"].replace(",", ""), 16)
        if not self.sketch:
            self.keys[2] = []
        self.family = cells["facts.browser.family"] or "", cells["facts.os.family"] or ""
        major = cells["facts.browser.major"] or ""
        self.version = int(major) if major.isdecimal() and major.isascii() and len(major) < 10 else None

    def content(self):
        return tuple(map(str, vars(self).values()))

    def may_follow(self, known):
        """Do the facts allow that this is a later visit of KNOWN?"""
        if self.family != known.family:
            return False
        return None in (self.version, known.version) or self.version >= known.version


def read(path):
    """The records of a file by id, each once; of an id that has different records none."""
    with open(path, encoding="utf-8", newline="\n") as lines:
        names, *rows = (line.rstrip("\n").split("\t") for line in lines)
    found = collections.defaultdict(dict)
    for row in rows:
        record = Record(dict(zip(names, (None if cell == "\\N" else cell for cell in row), strict=True)))
        if record.id is not None:
            found[record.id].setdefault(record.content(), record)
    return {id_: next(iter(same.values())) for id_, same in found.items() if len(same) == 1}


class Known:
    def __init__(self, records):
        self.records = records
        self.index = [collections.defaultdict(list) for _ in KEYS]
        for record in records.values():
            for index, keys in zip(self.index, record.keys):
                for key in keys:
                    index[key].append(record)
        self.counts = [collections.Counter(record.groups[i] for record in records.values())
                       for i in range(len(GROUPS))]
        self.sample = sorted(records.values(), key=lambda record: record.id)[:SAMPLED]
        self.weigh()

    def entropy(self, *groups):
        counts = collections.Counter(tuple(record.groups[i] for i in groups) for record in self.sample)
        return sum(count * log2(len(self.sample), count) for count in counts.values())

    def weigh(self):
        """How much of a group another one leaves, if that has more entropy: {(group, other): thousandths}."""
        alone = [self.entropy(i) for i in range(len(GROUPS))]
        self.weights = {}
        for i, mine in enumerate(alone):
            for j, other in enumerate(alone):
                if (other, -j) > (mine, -i) and mine:
                    left = self.entropy(i, j) - other
                    self.weights[i, j] = 1000 * min(max(left, 0), mine) // mine

    def candidates(self, visit):
        """The number of the first step that has any, and these."""
        for step, (index, keys, (most, _)) in enumerate(zip(self.index, visit.keys, KEYS)):
            found = {known.id: known for key in keys if len(index[key]) <= most for known in index[key]
                     if visit.may_follow(known)}
            if found:
                return step, list(found.values())
        return None, []

    def score(self, visit, known):
        pairs = list(zip(visit.groups, known.groups))
        agree = [i for i, (mine, other) in enumerate(pairs) if mine is not None and mine == other]
        total = -DIFFERS * sum(mine != other for mine, other in pairs) - log2(len(self.records), 1)
        for i in agree:
            weight = min([1000, *(self.weights[i, j] for j in agree if (i, j) in self.weights)])
            total += log2(len(self.records), self.counts[i][visit.groups[i]]) * weight // 1000
        return total


def decide(known, visit):
    """The cells of a line after the id."""
    step, found = known.candidates(visit)
    if not found:
        return "new", None, None, None, None, None
    near = sorted(((visit.sketch ^ one.sketch).bit_count(), one.id, one) for one in found)[:2]
    distance, id_, nearest = near[0]
    margin = near[1][0] - distance if near[1:] else None
    score = known.score(visit, nearest)
    if score < REJECT:
        return "new", None, STEPS[step], score, distance, margin
    sure = score >= ACCEPT and (margin is None or margin >= APART)
    return "match" if sure else "ambiguous", id_, STEPS[step], score, distance, margin


def main():
    known, visits = Known(read(sys.argv[1])), read(sys.argv[2])
    print("id", "decision", "known", "step", "score", "distance", "margin", sep="\t")
    for id_, visit in sorted(visits.items()):
        print(id_, *("\\N" if cell is None else cell for cell in decide(known, visit)), sep="\t")


main()
