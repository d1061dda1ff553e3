#!/usr/bin/env python3
"""population-model.py [OPTION...] OLD NEW [CONTROL]: the report of whorl --diff --population, computed
independently from whorl-diff(1) with dictionaries, fractions and decimals of 100 digits, for NDJSON
output that has signals, or values and states; the records of each side are by one catalog.

  --json           the report as lines of JSON
  --threshold=Z    as whorl's
  --ignore=NAMES
  --expect=NAMES   names that may differ in any number of records

Hashes of values and states are xxhsum's.

  --permute        no report: the mean and the variance of X2 in whorl-diff(1) are those of all choices
                   of n1 of N records, for many tables; and X2 is Pearson's, as scipy computes it, if
                   that is here"""
import argparse
import collections
import decimal
import fractions
import itertools
import json
import sys
import unicodedata

sys.dont_write_bytecode = True
from stock_hashes import canonical, hashes

decimal.getcontext().prec = 100
ONE = 1 << 32


def score(pairs):
    """z in thousandths, of [(a, b)] for each value: whorl-diff(1), Score."""
    pairs = [p for p in pairs if sum(p)]
    n1, n2 = (sum(p[i] for p in pairs) for i in (0, 1))
    n, k = n1 + n2, len(pairs)
    if n < 4:
        return 0
    s = fractions.Fraction(sum(a * a * ONE // (a + b) for a, b in pairs), ONE)
    q = fractions.Fraction(sum(ONE // (a + b) for a, b in pairs), ONE)
    x2 = n * (n * s - n1 ** 2) / (n1 * n2)
    mean, variance = moments(k, q, n1, n2)
    if x2 <= mean:
        return 0

    def root(x):
        return (decimal.Decimal(x.numerator) / x.denominator).sqrt()
    z = (root(variance + 4 * (x2 - mean)) - root(variance)) * root(fractions.Fraction(n1 * n2)) / n
    # A hair's breadth above, in case that z is a multiple of 0.001.
    return int(z * 1000 + decimal.Decimal(10) ** -80)


def moments(k, q, n1, n2):
    """The mean and the variance of X2 for K values, with the sum Q of 1/c: whorl-diff(1), Score."""
    n = n1 + n2
    v1 = fractions.Fraction((k - 1) * (n - k), n - 1)
    v2 = fractions.Fraction(n - 2, n - 1)
    w1 = max((n * q - k * k) / (n - 2), 0)
    w2 = fractions.Fraction((n1 - n2) ** 2, n1 * n2 * (n - 2))
    return (fractions.Fraction(n * (k - 1), n - 1),
            fractions.Fraction(2 * n, n - 3) * max(v1 - w1, 0) * (v2 - w2)
            + fractions.Fraction(n * n, n - 1) * w1 * w2)


def pearson(pairs):
    n1, n2 = (sum(p[i] for p in pairs) for i in (0, 1))
    n, s = n1 + n2, sum(fractions.Fraction(a * a, a + b) for a, b in pairs)
    return n * (n * s - n1 ** 2) / (n1 * n2)


def permute():
    """Compare with brute force."""
    tables = [((3, 4), 3), ((1, 1, 2, 5), 4), ((2, 2, 2, 2), 3), ((1,) * 6, 2), ((5, 1, 1, 3), 5),
              ((6, 2), 4), ((4, 3, 2, 1), 2), ((9, 1), 1), ((1, 2, 3, 4), 7)]
    for counts, n1 in tables:
        labels = [i for i, c in enumerate(counts) for _ in range(c)]
        found = []
        for chosen in itertools.combinations(labels, n1):
            had = collections.Counter(chosen)
            found.append(pearson([(had[i], c - had[i]) for i, c in enumerate(counts)]))
        mean = sum(found) / len(found)
        variance = sum((x - mean) ** 2 for x in found) / len(found)
        q = sum(fractions.Fraction(1, c) for c in counts)
        assert moments(len(counts), q, n1, sum(counts) - n1) == (mean, variance), (counts, n1)
    try:
        from scipy.stats import chi2_contingency
    except ImportError:
        return
    for pairs in ([(3, 9), (20, 4)], [(1, 0), (0, 1), (7, 30), (12, 5)], [(1000, 900), (1, 100)]):
        want = chi2_contingency(list(zip(*pairs)), correction=False)[0]
        assert abs(float(pearson(pairs)) - want) < 1e-9 * want, pairs


def scaled(z, of, to):
    """The score Z, in thousandths, of samples of the sizes OF, in samples of the sizes TO."""
    ratio = fractions.Fraction(to[0] * to[1], sum(to)) / fractions.Fraction(of[0] * of[1], sum(of))
    root = (decimal.Decimal(ratio.numerator) / ratio.denominator).sqrt()
    return int(z * root + decimal.Decimal(10) ** -80)


def distance(pairs):
    """The total variation, as a fraction."""
    n1, n2 = (sum(p[i] for p in pairs) for i in (0, 1))
    return fractions.Fraction(sum(max(a * n2 - b * n1, 0) for a, b in pairs), n1 * n2)


def millionths(share):
    if share in (0, 1):
        return int(share * 1000000)
    return min(max(int(share * 1000000 + fractions.Fraction(1, 2)), 1), 999999)


def number(parts, digits):
    text = f"{parts:0{digits + 1}}"
    return f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".")


def percent(share):
    return number(millionths(share), 4) + "%"


def plain(text):
    """The text as a cell of a report: control and format characters as in JSON."""
    return "".join(json.dumps(c)[1:-1] if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c
                   for c in str(text))


class Side:
    """An output: its label, the number of records, and the counts of the hashes of each name."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            lines = [json.loads(line) for line in f]
        self.records = len(lines)
        self.labels = collections.Counter(line["catalog"] for line in lines)
        self.values = collections.defaultdict(collections.Counter)
        self.errors = collections.Counter()
        self.open = bool(lines) and "signals" not in lines[0]
        texts = collections.defaultdict(collections.Counter)
        for line in lines:
            for kind in ("group", "signal"):
                for name, value in line.get(kind + "s", {}).items():
                    self.values[kind, name][value] += 1
            for name, value in line.get("values", {}).items():
                texts[name]["=" + canonical(value)] += 1
            for name, state in line.get("states", {}).items():
                if state != "-":
                    texts[name][state] += 1
                    self.errors["signal", name] += state.startswith("!")
        of = hashes([name + text for name in texts for text in texts[name]], "3")
        for name in texts:
            for text, count in texts[name].items():
                self.values["signal", name][of[name + text]] += count

    def counts(self, part):
        """Records by hash; no value is None, and comes first among equals."""
        values = collections.Counter(self.values.get(part, {}))
        there = sum(count for value, count in values.items() if value)
        values[None] = self.records - there
        return values


def rule(name):
    kind, colon, rest = name.partition(":")
    return (kind, rest) if colon and kind in ("group", "signal", "id") else ("signal", name)


def matched(part, rules):
    return any(part[0] == kind and (part[1].startswith(name[:-1]) if name.endswith("*") else part[1] == name)
               for kind, name in rules)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--threshold", default="6")
    parser.add_argument("--ignore", default="")
    parser.add_argument("--expect", default="")
    parser.add_argument("--permute", action="store_true")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    if args.permute:
        return permute()
    sides = [Side(path) for path in args.files]
    names = ["old", "new", "control"]
    ignored, expected = ([rule(n) for n in text.split(",") if n] for text in (args.ignore, args.expect))

    def put(cells, **members):
        print(json.dumps(members, separators=(",", ":")) if args.json else "\t".join(map(plain, cells)))

    for name, side in zip(names, sides):
        for label, count in sorted(side.labels.items()):
            put(["catalog", name, label, count], kind="catalog", side=name, catalog=label, records=count)
    for name, side in zip(names, sides):
        put(["records", name, side.records], kind="records", what=name, count=side.records)
    old, new = sides[:2]
    both = old.records and new.records
    parts = [p for p in old.values.keys() | new.values.keys() if both and not matched(p, ignored)]
    only, results = [], []
    for part in parts:
        here = [part in s.values or (s.open and part[0] == "signal") for s in (old, new)]
        if not all(here):
            only.append((here.index(True), part))
            continue
        counts = [s.counts(part) for s in sides]
        # No value comes first, so that it wins among equals, then the least hash.
        all_values = [None] + sorted(set().union(*counts) - {None})
        pairs = [(counts[0][v], counts[1][v]) for v in all_values]
        churn = apart = None
        if len(sides) > 2 and (part in sides[2].values or sides[2].open and part[0] == "signal"):
            before = [(counts[2][v], counts[0][v]) for v in all_values]
            churn = scaled(score(before), (sides[2].records, old.records), (old.records, new.records))
            apart = distance(before)
        z, tv = score(pairs), distance(pairs)
        beyond = max(z - 2 * (churn or 0), 0)
        most = max(range(len(pairs)),
                   key=lambda i: (abs(pairs[i][0] * new.records - pairs[i][1] * old.records), -i))
        differs = beyond > fractions.Fraction(args.threshold) * 1000
        if pairs[most][0] * new.records == pairs[most][1] * old.records:
            most = None
        results.append((part, beyond, z, churn, tv, apart, counts, differs,
                        None if most is None else (all_values[most], pairs[most])))

    def mark(part, differs):
        if not differs:
            return "-"
        return "differs" if not args.expect else "expected" if matched(part, expected) else "unexpected"

    def maybe(part, differs):
        return {"expected": not differs or matched(part, expected)} if args.expect else {}

    for kind in ("group", "signal"):
        some = [r for r in results if r[0][0] == kind]
        put(["compared", kind, len(some), sum(r[7] for r in some)],
            kind="compared", of=kind, count=len(some), differ=sum(r[7] for r in some))
    for side, part in sorted(only):
        put(["only", names[side], part[0], mark(part, True), part[1]],
            kind="only", side=names[side], of=part[0], name=part[1], **maybe(part, True))
    results.sort(key=lambda r: (r[0][0], -r[1], -r[2], -millionths(r[4]), r[0][1]))
    for part, _, z, churn, tv, apart, counts, differs, most in results:
        present = [s.records - c[None] for s, c in zip(sides, counts)][:2]
        distinct = [sum(count > 0 for value, count in c.items() if value) for c in counts][:2]
        errors = [s.errors[part] for s in (old, new)]
        shares = [percent(fractions.Fraction(p, s.records)) for p, s in zip(present, sides)]
        put([part[0], mark(part, differs), number(z, 3), "-" if churn is None else number(churn, 3),
             percent(tv), "-" if apart is None else percent(apart), *shares, *distinct,
             *(percent(fractions.Fraction(e, s.records)) if e else "-" for e, s in zip(errors, sides)),
             *(["-", "-", "-"] if most is None else
               [most[0] or "-", *(percent(fractions.Fraction(c, s.records)) for c, s in zip(most[1], sides))]),
             part[1]],
            kind=part[0], name=part[1], differs=differs, **maybe(part, differs), z=z / 1000,
            churn=None if churn is None else churn / 1000, distance=millionths(tv) / 1e6,
            churnDistance=None if apart is None else millionths(apart) / 1e6,
            records=[old.records, new.records], present=present, distinct=distinct, errors=errors,
            value=None if most is None else {"hash": most[0], "records": list(most[1])})
    there = {p for s in sides for p in s.values}
    for option, text in (("ignore", args.ignore), ("expect", args.expect)):
        for name in filter(None, text.split(",")):
            if not any(matched(p, [rule(name)]) for p in there):
                put(["unused", option, name], kind="unused", option=option, rule=name)
    differ = [r for r in results if r[7] and mark(r[0], True) != "expected"] + \
        [p for _, p in only if mark(p, True) != "expected"]
    return int(bool(differ) or bool(old.records) != bool(new.records))


if __name__ == "__main__":
    sys.exit(main())
