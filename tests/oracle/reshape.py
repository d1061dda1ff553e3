"""A record as @pairs and @json have it read: whorl-catalog.5 Other shapes.

The text of the record is written anew, in pieces, each with the place in the record that it comes
from.
"""
import re

import pointer
from jsontext import MAX_DEPTH, MAX_VALUES, Array, Fault, Object, parse, quoted

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[ \t\r\n]+|[^" \t\r\n]+', re.S)


class Pieces:
    def __init__(self):
        self.parts = []  # (bytes, offset in the record, do the bytes stand there?)

    def add(self, data, origin, exact):
        self.parts.append((data, origin, exact))

    def text(self):
        return b"".join(data for data, _, _ in self.parts)

    def origin(self, offset):
        """Where in the record a byte of the text comes from."""
        for data, origin, exact in self.parts:
            if offset < len(data):
                return origin + offset if exact else origin
            offset -= len(data)
        raise AssertionError


class Source:
    """A text, and where it is: at this offset of the record, or, if held, in the string there."""

    def __init__(self, data, held, origin=0):
        self.data = data
        self.held = held
        self.origin = origin

    def place(self, at):
        return self.origin if self.held else at

    def copy(self, out, start, end):
        data = self.data[start:end]
        if self.held:
            data = b"".join(token for token in TOKEN.findall(data) if not token.isspace())
        out.add(data, self.place(start), not self.held)


class Lines:
    """The lines of a catalog whose pointers begin with some tokens, without these."""

    def __init__(self, lines):
        self.lines = lines  # (kind, tokens, key, value, lower)

    def here(self, kind):
        return next((line for line in self.lines if line[0] == kind and not line[1]), None)

    def below(self, token):
        return Lines([(kind, path[1:], *more) for kind, path, *more in self.lines
                      if path and path[0] == token])


def ascii_lower(text):
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


def held_text(text, depth, values):
    """The JSON text that a string holds, as (value, start, end, bytes); or None."""
    data = text.encode()
    try:
        value, start, repeated = parse(data, max_depth=depth, max_values=values)
    except Fault:
        return None
    if repeated is not None:
        return None
    return value, start, len(data.rstrip(b" \t\r\n")), data


def pairs_of(array, key, name, lower):
    """(name, value, span) of the elements that are pairs, of each name the last."""
    found = []
    for element in array:
        if not isinstance(element, Object):
            continue
        k, v = element.find(key), element.find(name)
        if k is None or v is None or not isinstance(element.members[k][1], str):
            continue
        text = element.members[k][1]
        found.append((ascii_lower(text) if lower else text, element.members[v][1], element.spans[v]))
    last = {pair[0]: i for i, pair in enumerate(found)}
    return [pair for i, pair in enumerate(found) if last[pair[0]] == i]


class Reshaper:
    def __init__(self, limits):
        _, self.max_depth, self.max_values = limits
        self.changed = False

    def write(self, out, source, value, span, lines, depth):
        """The text of a value that has so many arrays and objects around it."""
        start, end = span
        if isinstance(value, str) and lines.here("json"):
            held = held_text(value, self.max_depth - depth, self.max_values)
            if held is not None:
                self.changed = True
                inner, first, last, data = held
                within = Source(data, True, source.place(start))
                if isinstance(inner, str):
                    within.copy(out, first, last)
                else:
                    self.write(out, within, inner, (first, last), lines, depth)
                return
        if isinstance(value, Array) and lines.here("pairs"):
            self.changed = True
            _, _, key, name, lower = lines.here("pairs")
            out.add(b"{", source.place(start), False)
            for i, (text, inner, place) in enumerate(pairs_of(value, key, name, lower)):
                before = ("," if i else "") + quoted(text) + ":"
                out.add(before.encode(), source.place(place[0]), False)
                self.write(out, source, inner, place, lines.below(text), depth + 1)
            out.add(b"}", source.place(start), False)
            return
        if not lines.lines or not isinstance(value, (Object, Array)):
            source.copy(out, start, end)
            return
        at = start
        for i, place in enumerate(value.spans):
            if isinstance(value, Object):
                name, inner = value.members[i]
                below = lines.below(name) if value.find(name) == i else Lines([])
            else:
                inner, below = value[i], lines.below(str(i))
            source.copy(out, at, place[0])
            self.write(out, source, inner, place, below, depth + 1)
            at = place[1]
        source.copy(out, at, end)


def reshape(record, data, lines, limits=(0, MAX_DEPTH, MAX_VALUES)):
    """(record, its text, the function from offsets in that text to those in the record)."""
    if not lines:
        return record, data, lambda offset: offset
    reshaper, out = Reshaper(limits), Pieces()
    reshaper.write(out, Source(data, False), record, (0, len(data)), Lines(lines), 0)
    if not reshaper.changed:
        return record, data, lambda offset: offset
    text = out.text()
    return parse(text, len(text), len(text))[0], text, out.origin


def a_line(cells):
    """The line of a directive, or None if it is a mistake."""
    kind = cells[0][1:]
    path = pointer.tokens(cells[1]) if len(cells) > 1 else None
    if not path:
        return None
    if kind == "json":
        return ("json", path, None, None, False) if len(cells) == 2 else None
    if len(cells) not in (4, 5) or cells[2] == cells[3] or cells[4:] not in ([], ["lower"]):
        return None
    return "pairs", path, cells[2], cells[3], len(cells) == 5
