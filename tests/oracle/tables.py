"""Tables, as whorl-catalog.5 prints them, and patterns: its sections Patterns and TABLES.

It reads nothing in data/, so that the page is tested.
"""
import functools
import os
import re

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "man", "whorl-catalog.5")
VERSIONS = {"gpu": "1", "language": "1", "platform": "1", "timezone": "2025b", "ua": "1"}


def unescape(text):
    """The text that the source of the page means."""
    names = {"-": "-", "e": "\\", "&": "", "(dq": '"'}
    return re.sub(r"\\(\(..|.)", lambda match: names[match[1]], text)


@functools.lru_cache(None)
def page_lines():
    with open(PAGE, encoding="utf-8") as file:
        return file.read().splitlines()


@functools.lru_cache(None)
def rows(name):
    lines = page_lines()
    start = lines.index('.\\" Begin: print-steps ' + name)
    lines = lines[start:lines.index('.\\" End', start)]
    return [[unescape(cell) for cell in re.findall('"([^"]*)"', line)]
            for line in lines if line.startswith(".It ")]


@functools.lru_cache(None)
def mapping(name):
    return dict(rows(name))


def former_names():
    """The names in the second item of Time zones: each former name and the present one."""
    lines = page_lines()
    lines = lines[lines.index(".Ss Time zones"):]
    item = lines[[i for i, line in enumerate(lines) if line == ".It"][1] + 1:]
    item = item[:item.index(".It")]
    names = [name for line in item if line.startswith(".Li ") for name in line.split()[1:] if name != ","]
    return dict(zip(names[0::2], names[1::2]))


def timezones(directory="/usr/share/zoneinfo"):
    """The table of time zones by the rules above it; None if tzdata is of another version."""
    def read(name):
        with open(os.path.join(directory, name), encoding="utf-8") as file:
            return file.read().splitlines()
    lines = read("tzdata.zi")
    if lines[0] != "# version " + VERSIONS["timezone"]:
        return None
    places = {line.split("\t")[2] for line in read("zone.tab") if not line.startswith("#")}
    found = {}
    for line in lines:
        if line.startswith("L "):
            _, zone, alias = line.split()
            if alias not in places:
                found[alias] = zone
    for former, present in former_names().items():
        if former in found and present in places:
            found[former] = present
    found.update({"Etc/UTC": "UTC", "Etc/GMT": "UTC"})
    found.pop("UTC", None)
    for alias in found:
        while found[alias] in found:
            found[alias] = found[found[alias]]
    return found


@functools.lru_cache(None)
def pattern(text):
    """At the start or not after an ASCII letter or digit; # is a digit; no digit follows a digit."""
    body = "".join("([0-9])" if char == "#" else re.escape(char) for char in text)
    after = "(?![0-9])" if re.search("[#0-9]$", text) else ""
    return re.compile("(?<![A-Za-z0-9])" + body + after)


def searchable(text):
    """In a text of more than 4096 bytes nothing is found."""
    return len(text.encode()) <= 4096


def first_row(name, text, kind=None):
    """The first row of the table (of its kind) whose pattern is found in text, and the match."""
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
