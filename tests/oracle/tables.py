"""Tables, data/NAME.tsv, and patterns: whorl-catalog.5 Tables."""
import functools
import os
import re

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")
VERSIONS = {"gpu": "1", "language": "1", "platform": "1", "timezone": "2025b", "ua": "1"}


@functools.lru_cache(None)
def rows(name):
    with open(os.path.join(DATA, name + ".tsv"), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return [cells for cells in lines if cells[0] and cells[0][0] not in "#@"]


@functools.lru_cache(None)
def mapping(name):
    return dict(rows(name))


@functools.lru_cache(None)
def pattern(text):
    """At the start or behind no ASCII letter or digit; # is a digit; no digit follows a digit."""
    body = "".join("([0-9])" if char == "#" else re.escape(char) for char in text)
    behind = "(?![0-9])" if re.search("[#0-9]$", text) else ""
    return re.compile("(?<![A-Za-z0-9])" + body + behind)


def searchable(text):
    """In a text of more than 4096 bytes nothing is found."""
    return len(text.encode()) <= 4096


def first_row(name, text, kind=None):
    """The first row of the table (of its kind) whose pattern stands in text, and the match."""
    if searchable(text):
        for row in rows(name):
            if kind is not None:
                if row[0] != kind:
                    continue
                row = row[1:]
            match = pattern(row[0]).search(text)
            if match:
                return row, match
    return None, None
