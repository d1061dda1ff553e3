"""Vectors as lines of cells: whorl-vector.5 TSV OUTPUT."""
import json
import re

import library
import output
from catalog import IDENTITIES
from hashes import hex64
from jsontext import without_surrogates

DEFAULT = ("id", "carry", "facts", "ids", "coverage", "present", "errors")
LETTERS = {"\0": "0", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\\": "\\"}
NULL = "\\N"


def escaped(text):
    text = re.sub("[\b\t\n\v\f\r\\\\]", lambda found: "\\" + LETTERS[found[0]], text)
    return re.sub("\0(?![0-7])", r"\\0", text).replace("\0", r"\x00")


def json_cell(text):
    """The cell of a JSON text."""
    if text is None or text == "null":
        return NULL
    return escaped(without_surrogates(json.loads(text)) if text[0] == '"' else text)


def hash_cell(number):
    return hex64(number) if number else NULL


def value_cell(signal):
    return json_cell(signal.text) if signal.state == "value" else NULL


def state_cell(signal):
    if signal.state == "excluded":
        return "-"
    return escaped(signal.text) if signal.state in ("error", "undefined") else NULL


def named(member, names, cell):
    """A column for each name; the function gives the cell of a vector and one name."""
    return [(member + "." + name, lambda vector, _, name=name: cell(vector, name)) for name in names]


def numbered(member, rows, cell):
    """A column for each (number, row); the function gives the cell of a signal."""
    return [(member + "." + row.name, lambda vector, _, i=i: cell(vector.signals[i]))
            for i, row in rows]


def columns(catalog, selected, reveal=False):
    """All columns: (name, function that gives the cell of a vector and its origin)."""
    rows = list(enumerate(catalog.rows))
    shown = [(i, row) for i, row in rows if not row.retired and (reveal or not row.private)]
    found = {
        "file": [("file", lambda _, origin: escaped(output.file_text(origin[0])))],
        "line": [("line", lambda _, origin: str(origin[1]))],
        "id": [("id", lambda vector, _: json_cell(vector.id))],
        "carry": named("carry", [name for name, _, _ in catalog.carry],
                       lambda vector, name: json_cell(vector.carry.get(name))),
        "catalog": [("catalog", lambda vector, _: vector.catalog.label)],
        "facts": numbered("facts", [(i, row) for i, row in shown if row.fact is not None], value_cell),
        "ids": named("ids", IDENTITIES, lambda vector, name: vector.ids[name].hex()
                     if vector.ids[name] else NULL),
        "coverage": named("coverage", IDENTITIES, lambda vector, name: str(vector.coverage[name])),
        "present": [("present", lambda vector, _: str(vector.present))],
        "errors": [("errors", lambda vector, _: str(vector.errors))],
        "groups": named("groups", catalog.groups, lambda vector, name: hash_cell(vector.groups[name])),
        "sketch": [("sketch", lambda vector, _: ",".join(map(hex64, vector.sketch())))],
        "vector": [("vector", lambda vector, _: ",".join(hex64(s.hash) for s in vector.signals))],
        "signals": numbered("signals", rows, lambda signal: hash_cell(signal.hash)),
        "values": numbered("values", shown, value_cell),
        "states": numbered("states", shown, state_cell),
    }
    chosen = []
    for member in output.ORIGIN + output.MEMBERS:
        if member in selected:
            chosen += found[member]
        if member == "ids" and output.has_library(catalog, selected):
            chosen.append(("ids." + library.NAMES[catalog.library],
                           lambda vector, _: vector.library_id() or NULL))
    return chosen


def header(chosen):
    return ("\t".join(escaped(name) for name, _ in chosen) + "\n").encode()


def line(vector, chosen, origin=("", 0)):
    return ("\t".join(cell(vector, origin) for _, cell in chosen) + "\n").encode()
