"""The kinds of records that bench-inputs --help lists."""
import os
import re
from functools import lru_cache

from bench_records import SCALAR, STRING, TOP, Dice, read_captures, write
from bench_visitors import Visitors

FIXED = re.compile(r'("(?:[^"\\]|\\.)*":|\\u[0-9a-fA-F]{4}|\\.|data:[^,"]*,|[eE][-+]?\d+'
                   r'|\b(?:true|false|null)\b)')
SURROGATES = re.compile(r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
                        r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|(\\.)")
ITEM = re.compile(rf"(?:{STRING}:)?(?:{SCALAR}|[{{\[])|[}}\]]")
NAMES = [f'"extra{number}":' for number in range(100)]
EDITS = 5
LONG = 300  # bytes of a value


def paired(line):
    return SURROGATES.sub(lambda found: r"\ufffd" if found[2] else found[0], line)


def alphabet(dice):
    """Another letter for each letter, another digit for each digit but 0."""
    table = {}
    for characters in ("123456789", "abcdefghijklmnopqrstuvwxyz"):
        other = "".join(dice.shuffled(characters))
        table.update(zip(characters + characters.upper(), other + other.upper()))
    return str.maketrans(table)


class Leaf:
    """A value that can be replaced by one of its kind and length, unless it is too short for that."""

    def __init__(self, text):
        self.text = text
        tail = text[-8:] if text.startswith('"data:') else ""  # what makes it valid base64
        self.parts = FIXED.split(text[:len(text) - len(tail)]) + [tail]
        variable = re.sub("[^A-Za-z1-9]", "", "".join(self.parts[0:-1:2]))
        self.short = len(variable) < 8 or re.fullmatch(r"-?[\d.]+[eE].*", text)

    def new(self, dice, table):
        if not self.short:
            return "".join(part if index % 2 else part.translate(table)
                           for index, part in enumerate(self.parts))
        if self.text.startswith('"'):
            return f'"{dice.letters(8)}"'
        return f"[{dice.digits(8)}]" if self.text.startswith("[") else dice.digits(8)


class Kinds:
    """A method a kind of record: its line, from dice."""

    def __init__(self):
        self.records, configurations = read_captures()
        self.visitors = Visitors(self.records, configurations)
        self.leaves = {}
        self.kept = None
        self.turn, self.last = 0, None

    def visitors_line(self, dice, which=None):
        record, values = self.visitors.visit(dice, which)
        return record.text(values)

    def one_shape_line(self, dice):
        return self.visitors_line(dice, 0)

    def distinct_line(self, dice):
        return self.fresh_line(dice, 100)

    def fresh_line(self, dice, percent):
        record = dice.pick(self.records)
        values = record.values[:]
        table = alphabet(dice)
        for place, text in enumerate(values):
            if dice.random() * 100 < percent:
                if text not in self.leaves:
                    self.leaves[text] = Leaf(text)
                values[place] = self.leaves[text].new(dice, table)
        self.visitors.identify(dice, values)
        return record.text(values)

    def orders_line(self, dice):
        return shuffled(dice, self.visitors_line(dice))

    def orders_again_line(self, dice):
        self.turn = (self.turn + 1) % 14
        if self.turn:
            self.last = self.orders_line(dice)
        return self.last

    def size_line(self, dice, times):
        line = self.visitors_line(dice)
        signals = line[line.index('"signals":') + len('"signals":'):-1]
        return line[:-1] + "".join(f',"signals{i}":{signals}' for i in range(2, times + 1)) + "}"

    def edits_drop_line(self, dice):
        record, values = self.visitors.visit(dice)
        joints, names = record.joints[:], record.names[:]
        for place in spread(dice, range(2, len(names))):
            names[place] = values[place] = ""
            if joints[place].endswith(","):
                joints[place] = joints[place][:-1]
            elif joints[place + 1].startswith(","):
                joints[place + 1] = joints[place + 1][1:]
        return write(joints, names, values)

    def edits_add_line(self, dice):
        """Into the objects that are directly in signals, so that where a name can be is not
        always new."""
        record, values = self.visitors.visit(dice)
        names = record.names[:]
        places = [place for place, path in enumerate(record.paths) if len(path) == 3]
        for place, name in zip(spread(dice, places), dice.shuffled(NAMES)):
            names[place] = f"{name}true,{names[place]}"
        return write(record.joints, names, values)

    def edits_swap_line(self, dice):
        record, values = self.visitors.visit(dice)
        names = record.names[:]
        objects = {}
        for place, path in enumerate(record.paths):
            objects.setdefault(path[:-1], []).append(place)
        places = [place for place, path in enumerate(record.paths) if len(objects[path[:-1]]) > 9]
        for one in spread(dice, places):
            other = one
            while other == one:
                other = dice.pick(objects[record.paths[one][:-1]])
            names[one], names[other] = names[other], names[one]
            values[one], values[other] = values[other], values[one]
        return write(record.joints, names, values)

    def mix_line(self, dice):
        odd = [self.distinct_line, self.orders_line, self.edits_drop_line, self.edits_add_line,
               self.edits_swap_line]
        return (dice.pick(odd) if dice.chance(0.1) else self.visitors_line)(dice)

    def synthetic33_line(self, dice):
        self.kept = self.kept or short_records(self.records, 1044)
        record, others = dice.pick(self.kept)
        values = record.values[:]
        for place in range(2, len(values)):
            if dice.chance(0.1):
                values[place] = dice.pick(others[record.paths[place]])
        self.visitors.identify(dice, values)
        return record.text(values)


def spread(dice, places):
    """Five of the places, no two of them neighbours."""
    while True:
        some = [dice.pick(places) for _ in range(EDITS)]
        if all(abs(a - b) > 1 for i, a in enumerate(some) for b in some[:i]):
            return some


def shuffled(dice, line):
    """The line with the members of every object in a random order."""
    open_at = [("", [])]
    for found in ITEM.finditer(line):
        text = found.group()
        if text[-1] in "{[":
            open_at.append((text, []))
        elif text in "}]":
            start, items = open_at.pop()
            items = dice.shuffled(items) if text == "}" else items
            open_at[-1][1].append(start + ",".join(items) + text)
        else:
            open_at[-1][1].append(text)
    return open_at[0][1][0]


def cataloged_paths():
    paths = set()
    with open(os.path.join(TOP, "data", "browser.catalog"), encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 1 and cells[0][:1] not in ("#", "@"):
                tokens = cells[1].replace("~1", "\0").replace("~0", "~").split("/")[1:]
                paths.add(("signals", *(token.replace("\0", "/") for token in tokens)))
    return paths


def short_records(records, count):
    """Of the captures that have them: id, time and the COUNT cataloged leaves that most captures
    have, long ones aside; and of all of their paths the values."""
    cataloged, values = cataloged_paths(), {}
    for record in records:
        for path, text in zip(record.paths, record.values):
            if path in cataloged:
                values.setdefault(path, []).append(text)
    order = sorted(values, key=lambda path: (-len(values[path]), path))
    usual = [path for path in order if sum(map(len, values[path])) <= LONG * len(values[path])]
    kept = []
    for record in records:
        has = set(record.paths)
        wanted = set([path for path in usual if path in has][:count]) | set(record.paths[:2])
        if len(wanted) == count + 2:
            kept.append((record.only(wanted), values))
    return kept


def signals_rows(count):
    """Of each signal of a catalog made for COUNT: group, name, and the few values it has."""
    dice = Dice("signals")
    rows = []
    for number in range(count):
        kind, few = number % 4, 1 + dice.below(20)
        if kind == 0:
            values = ["true", "false"]
        elif kind == 1:
            values = [dice.digits(1 + dice.below(5)) for _ in range(few)]
        elif kind == 2:
            values = [f"{dice.digits(2)}.{dice.digits(1 + dice.below(14))}" for _ in range(few)]
        else:
            values = [f'"{dice.letters(4 + dice.below(40))}"' for _ in range(few)]
        rows.append((f"area{number // 40}", f"signal{number}", values))
    return rows


def signals_catalog(count):
    text = ("# bench.catalog: made by bench-inputs.\n@catalog\tbench\t1\n@id\t/event_id\n"
            "@root\t/signals\n@error\terror\n")
    for number, (group, name, _) in enumerate(signals_rows(count)):
        steps = ["", "", "\tround(3)", "\tnfc trim"][number % 4]
        text += f"{group}.{name}\t/{group}/{name}\t{group}\tbuild{steps}\n"
    return text


class Signals:
    """Records of N signals. There are 50 browsers; one signal in twenty differs from its own."""

    def __init__(self, count):
        self.rows = signals_rows(count)
        dice = Dice("browsers")
        self.browsers = [[dice.pick(row[2]) for row in self.rows] for _ in range(50)]

    def line(self, dice):
        browser = dice.pick(self.browsers)
        areas = {}
        for (group, name, values), usual in zip(self.rows, browser):
            value = dice.pick(values) if dice.chance(0.05) else usual
            areas.setdefault(group, []).append(f'"{name}":{value}')
        signals = ",".join(f'"{group}":{{{",".join(members)}}}' for group, members in areas.items())
        return f'{{"event_id":"{dice.uuid()}","signals":{{{signals}}}}}'


@lru_cache(maxsize=None)
def kinds():
    return Kinds()


def maker(name):
    """The function that makes the next line of the kind NAME, or None."""
    kind, _, number = name.rpartition("-")
    number = int(number) if number.isdecimal() else None
    if kind == "signals":
        return Signals(number).line if number else None
    if kind in ("fresh", "size"):
        method = getattr(kinds(), kind + "_line")
        return (lambda dice: method(dice, number)) if number is not None else None
    if name in ("fresh", "size") or not hasattr(Kinds, name.replace("-", "_") + "_line"):
        return None
    return getattr(kinds(), name.replace("-", "_") + "_line")


def lines(name, count, seed=0, without_unpaired=False):
    """COUNT records of the kind NAME, each the bytes of a line with its end."""
    line, dice = maker(name), Dice(f"{seed} {name}")
    if kinds.cache_info().currsize:
        kinds().visitors.count = kinds().turn = 0
    for _ in range(count):
        text = line(dice)
        yield (paired(text) if without_unpaired else text).encode() + b"\n"
