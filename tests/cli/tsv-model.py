#!/usr/bin/env python3
"""tsv-model.py NDJSON TSV: says TSV what NDJSON says? Both are output of whorl for the same records and
the same members, TSV with its header.

A cell is read as COPY of PostgreSQL and TabSeparated of ClickHouse read it, and compared with the value
that NDJSON has at the name of the column. Prints the number of cells compared."""
import json
import re
import sys

LETTERS = {"0": "\0", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\",
           "x00": "\0"}


def text_of(cell):
    """None for a null, or the text; nothing else than these escapes may be there."""
    if cell == "\\N":
        return None
    assert not re.search(r"[\x00\b\n\r\f\v]", cell), cell
    # COPY reads up to three octal digits: the one of NUL must be the only one.
    assert not re.search(r"(?<!\\)(\\\\)*\\0[0-7]", cell), cell
    return re.sub(r"\\(x00|[^x])", lambda found: LETTERS[found[1]], cell)


def same(value, cell, where):
    text = text_of(cell)
    if value is None or isinstance(value, str):
        value = None if value is None else re.sub("[\ud800-\udfff]", "\ufffd", value)
        assert value == text, (where, value, cell)
    elif isinstance(value, bool):
        assert text == ("true" if value else "false"), (where, value, cell)
    elif where in ("vector", "sketch"):
        words = text.split(",") if text else []
        assert words == [word or "0" * 16 for word in value], where
    else:
        assert json.loads(text, parse_float=str, parse_int=str) == value, (where, value, cell)


def main():
    with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
        lines = [json.loads(line, parse_float=str, parse_int=str) for line in file]
    with open(sys.argv[2], encoding="utf-8", newline="\n") as file:
        table = [line.removesuffix("\n").split("\t") for line in file]
    names = [text_of(cell) for cell in table[0]]
    assert len(set(names)) == len(names) and len(table) == len(lines) + 1
    count = 0
    for line, cells in zip(lines, table[1:]):
        assert len(cells) == len(names), cells
        seen = {}
        for name, cell in zip(names, cells):
            member, _, own = name.partition(".")
            value = line[member]
            if own:
                seen.setdefault(member, set()).add(own)
                value = value.get(own)
            same(value, cell, name)
            count += 1
        for member, value in line.items():
            # Nothing of the line is missing from the table.
            assert set(value if isinstance(value, dict) else ()) <= seen.get(member, set()), member
            assert isinstance(value, dict) or member in names, member
    print(count)


main()
