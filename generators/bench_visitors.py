"""Returning visitors: the captures again, each changed as the next visit would have changed it.

The captures have each configuration several times, so the changes can be measured. A leaf that
differs between most repeats, always with new values (times, ids, session keys, the random chunk
that Firefox puts into each PNG), gets a fresh value, spelled like that of a repeat. A leaf that
differs now and then gets the value of a repeat. About 65 of a record's 2,900 leaves change; the
catalog reads 8 of them.
"""
import base64
import re
import zlib
from collections import Counter, defaultdict

PNG = '"data:image/png;base64,'
FRESH = re.compile(r"(?P<pairs>(?:[0-9A-F]{2}:){7,}[0-9A-F]{2})"
                   r"|(?P<uuid>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
                   r"|(?P<clock>\b\d\d:\d\d:\d\d\b)"
                   r"|(?P<digits>\d{5,})"
                   r"|(?P<hex>\b[0-9a-f]{8}\b)")
NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)?)")


class Visitors:
    def __init__(self, records, configurations):
        self.records = records
        repeats = defaultdict(list)
        for record, name in zip(records, configurations):
            repeats[name].append(dict(zip(record.paths, record.values)))
        fresh = {}
        for family in {name[:2] for name in repeats}:
            fresh[family] = fresh_paths([v for name, v in repeats.items() if name[:2] == family])
        had = {name: values_had(values) for name, values in repeats.items()}
        self.changes = []  # of each record: place, what the repeats had, whether it is to be new
        for record, name in zip(records, configurations):
            self.changes.append([(place, had[name][path], path in fresh[name[:2]])
                                 for place, path in enumerate(record.paths[2:], 2)
                                 if path in had[name]])
        self.spellings = {}
        self.count = 0

    def visit(self, dice, which=None):
        """A record and the values of its next visit."""
        which = dice.below(len(self.records)) if which is None else which
        record = self.records[which]
        values = record.values[:]
        for place, had, new in self.changes[which]:
            values[place] = dice.pick(had)
            if new:
                values[place] = self.fresh(dice, values[place])
        self.identify(dice, values)
        return record, values

    def identify(self, dice, values):
        """The event's id and time, which come first in every capture."""
        self.count += 1
        values[0] = f'"{dice.uuid()}"'
        values[1] = str(1795384676646 + 40 * self.count + dice.below(40))

    def fresh(self, dice, text):
        if text not in self.spellings:
            self.spellings[text] = spell(text)
        return "".join(part if isinstance(part, str) else part(dice)
                       for part in self.spellings[text])


def values_had(repeats):
    """Of each path whose values differ between repeats, these."""
    had = defaultdict(set)
    for old, new in zip(repeats, repeats[1:]):
        for path, _ in old.items() ^ new.items():
            had[path].update(values[path] for values in repeats if path in values)
    return {path: sorted(values) for path, values in had.items() if len(values) > 1}


def fresh_paths(configurations):
    """Paths of leaves that differ in at least half of the pairs of neighbouring repeats, and have
    more than one value in ten records."""
    pairs, differ, values = Counter(), Counter(), defaultdict(set)
    for repeats in configurations:
        for old, new in zip(repeats, repeats[1:]):
            pairs.update(old.keys() & new.keys())
            differ.update({path for path, _ in old.items() ^ new.items()} & old.keys() & new.keys())
        for path in differ:
            values[path].update(repeat[path] for repeat in repeats if path in repeat)
    records = sum(map(len, configurations))
    return {path for path, count in differ.items()
            if count >= pairs[path] / 2 and len(values[path]) > records / 10}


def spell(text):
    """The text as parts that stay, and functions that make a new part with dice."""
    if text.startswith(PNG) and b"deBG" in base64.b64decode(text[len(PNG):-1]):
        return spell_png(text)
    pattern = FRESH if '"' in text else NUMBER
    parts, at = [], 0
    for found in pattern.finditer(text):
        parts.append(text[at:found.start()])
        parts.append(WRITERS[found.lastgroup](found.group()))
        at = found.end()
    return parts + [text[at:]]


def spell_png(text):
    """A PNG whose last chunk but one is Firefox's: 16 random digits."""
    data = base64.b64decode(text[len(PNG):-1])
    stays = (len(data) - 40) // 3 * 3

    def tail(dice):
        chunk = b"deBG" + dice.hex(16).upper().encode()
        rest = data[stays:-36] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + data[-12:]
        return base64.b64encode(rest).decode() + '"'

    return [PNG + base64.b64encode(data[:stays]).decode(), tail]


def number_writer(text):
    """Digits, of which the first stays, and of a time in milliseconds the first five."""
    whole, point, fraction = text.partition(".")
    stays = 5 if len(whole) > 11 else 1 if fraction or len(whole) > 1 else 0
    return lambda dice: (whole[:stays] + dice.digits(len(whole) - stays) + point +
                         dice.digits(len(fraction)))


WRITERS = {
    "number": number_writer,
    "digits": lambda text: lambda dice: text[0] + dice.digits(len(text) - 1),
    "hex": lambda text: lambda dice: dice.hex(8),
    "uuid": lambda text: lambda dice: dice.uuid(),
    "clock": lambda text: lambda dice: ":".join(f"{dice.below(most):02}" for most in (24, 60, 60)),
    "pairs": lambda text: lambda dice: ":".join(dice.hex(2).upper()
                                                for _ in range(text.count(":") + 1)),
}
