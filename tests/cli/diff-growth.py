#!/usr/bin/env python3
"""diff-growth KIND: the files `old` and `new`, and where KIND needs it `rules`, in which one thing
that --diff must remember grows far beyond 8 MiB, and all else stays small."""

import sys


def text(n):
    """A string of JSON with N characters."""
    return '"%s"' % ("x" * n)


def members(names, value):
    return "{" + ",".join('"%s":%s' % (name, value) for name in names) + "}"


def line(number, label="x-1:0", **others):
    """A line of output; numbers are ids, other texts are ids as JSON."""
    return '{"id":%s,"catalog":"%s",%s}\n' % (
        number, label, ",".join('"%s":%s' % pair for pair in others.items()))


def hash64(number):
    return '"%016x"' % number


def hash128(number):
    return '"%032x"' % number


def names(side):
    """60,000 signals."""
    yield line(1, signals=members(["s%d" % i for i in range(60000)], hash64(side + 1)))


def groups(side):
    """60,000 groups."""
    yield line(1, groups=members(["g%d" % i for i in range(60000)], hash64(side + 1)))


def new_names(side):
    """A new signal in each line."""
    for i in range(60000):
        yield line(i, signals=members(["s%d" % i], hash64(side + 1)))


def schemas(side):
    """128 catalogs with 1,000 signals each, each of which meets each of the other side."""
    labels = ["x-%d:%016d" % (v, side) for v in range(128)]
    for v, label in enumerate(labels):
        yield line("\"only%d%d\"" % (side, v), label, signals=members(["s%d" % i for i in range(1000)], hash64(1)))
    for i in range(128):
        for j in range(128):
            yield line(i * 128 + j, labels[(i, j)[side]], signals=members(["s1"], hash64(1)))


def labels(side):
    """200 catalogs with long labels."""
    for v in range(200):
        yield line(v, "x-%d:%s" % (v, "d" * 100000), ids=members(["exact"], hash128(1)))


def ids(side):
    """100,000 records, in the opposite order."""
    for i in range(100000):
        yield line((i, 99999 - i)[side], ids=members(["exact"], hash128(1)))


def repeated(side):
    """150,000 ids that occur twice."""
    for i in range(300000 if side == 0 else 1):
        yield line(i // 2, ids=members(["exact"], hash128(1)))


def split(side):
    """One identity that becomes 300,000."""
    for i in range(300000):
        yield line(i, ids=members(["exact"], hash128(i * side + 1)))


def merged(side):
    """300,000 identities that become one."""
    return split(1 - side)


def shuffled(side):
    """100,000 pairs of 400 identities with 250."""
    for i in range(100000):
        yield line(i, ids=members(["exact"], hash128((i // 250, i % 250)[side] + 1)))


def values(side):
    """Signals with long values, all of which differ."""
    for i in range(3):
        yield line(i, values="{" + ",".join('"s%d":%s' % (k, text(4000 + side)) for k in range(2000)) + "}")


def examples(side):
    """30,000 identities and groups that differ, with three examples each."""
    for i in range(3):
        yield line(i, groups=members(["g%d" % k for k in range(30000)], hash64(side + 1)))


def long_ids(side):
    """3,000 groups that differ in three records with long ids: 90 MB of report."""
    for i in range(3):
        yield line(text(10000 + i), groups=members(["g%d" % k for k in range(3000)], hash64(side + 1)))


def one_line(side):
    """3,000 signals that differ in the same records: one long line of the report."""
    for i in range(3):
        yield line(text(10000 + i), signals=members(["s%d" % k for k in range(3000)], hash64(side + 1)))


def rules(side):
    """--expect with 200,000 rules."""
    with open("rules", "w", encoding="ascii") as out:
        for i in range(200000):
            out.write("s%d\t%d%%\n" % (i, i % 100))
    yield line(1, signals=members(["s1"], hash64(side + 1)))


def many_rules(side):
    """--expect with 30,000 rules, whose text is small enough."""
    with open("rules", "w", encoding="ascii") as out:
        for i in range(30000):
            out.write("s%d\t%d%%\n" % (i, i % 100))
    yield line(1, signals=members(["s1"], hash64(side + 1)))


def few_rules(side):
    """--expect with 5,000 rules."""
    with open("rules", "w", encoding="ascii") as out:
        for i in range(5000):
            out.write("s%d\t%d%%\n" % (i, i % 100))
    yield line(1, signals=members(["s1"], hash64(side + 1)))


def long_rules(side):
    """--expect with one rule of 20 MB."""
    with open("rules", "w", encoding="ascii") as out:
        out.write("s" * 20000000 + "\n")
    yield line(1, signals=members(["s1"], hash64(side + 1)))


def visitors(side):
    """--by with 50,000 visitors, each of them twice, far apart."""
    for i in range(100000 if side == 0 else 0):
        yield line(i, who='"v%d"' % (i * 7 % 50000), ids=members(["exact"], hash128(i)))


def long_visitors(side):
    """--by with values of 200 kB, of which a few are shown."""
    for i in range(200 if side == 0 else 0):
        yield line(i, who='"v%d%s' % (i % 100, text(200000)[1:]), ids=members(["exact"], hash128(i)))


def visits(side):
    """--by with one visitor of 90,000 records, and 10,000 with one."""
    for i in range(100000 if side == 0 else 0):
        yield line(i, who="1" if i % 10 else str(i), ids=members(["exact"], hash128(i % 5)))


KINDS = [names, groups, new_names, schemas, labels, ids, repeated, split, merged, shuffled, values,
         examples, long_ids, one_line, rules, many_rules, few_rules, long_rules, visitors, long_visitors, visits]


def main():
    kind = {k.__name__: k for k in KINDS}[sys.argv[1]]
    for side, name in enumerate(("old", "new")):
        with open(name, "w", encoding="ascii") as out:
            out.writelines(kind(side))


main()
