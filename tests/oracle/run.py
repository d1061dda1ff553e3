"""Lines of input to vectors and rejects: whorl.1 INPUT, EXIT STATUS and DIAGNOSTICS."""
import functools
import json
import os
import re
import sys

import jsontext
import options as command_line
import output
import tsv
from catalog import Catalog, Refused
from text import CC, CF, ZL, ZP, category
from vector import BadId, Vector

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")

NO_SIGNALS = "no signals%s: expected a record with signals of the catalog %s"
BAD_ID = "the record's id is neither a string nor a number"
MARK = b"\xef\xbb\xbf"
UNSEEN = (CC, CF, ZL, ZP)


@functools.lru_cache(None)
def load(name):
    """A built-in catalog, or a file, whose name then holds a '/' or a '.'."""
    path = name
    if "/" not in name and "." not in name:
        path = os.path.join(DATA, name + ".catalog")
    with open(path, "rb") as file:
        return Catalog(file.read(), lambda other: included(path, other))


def included(path, name):
    """The catalog that the one in this file includes."""
    if "/" in name or "." in name:
        with open(os.path.join(os.path.dirname(path), name), "rb") as file:
            return Catalog(file.read())
    for file in os.listdir(DATA):
        if file.endswith(".catalog") and load(file[:-8]).label.partition(":")[0] == name:
            return load(file[:-8])
    raise Refused("no built-in catalog of this name and version")


def lines(data, most):
    """(number of the line, its bytes, how many bytes of the line are before them)."""
    parts = data.split(b"\n")
    if parts[-1] == b"":
        parts.pop()
    for number, line in enumerate(parts, 1):
        skipped = 0
        if number == 1 and line.startswith(MARK):
            line, skipped = line[3:], 3
        if line.endswith(b"\r"):
            line = line[:-1]
        if line.strip(b" \t\r") or len(line) > most:
            yield number, line, skipped


def vectors(line, catalogs, limits=jsontext.LIMITS):
    """The vectors of one record by each catalog; or a Fault."""
    record = jsontext.parse_record(line, *limits)
    found = [Vector(catalog, record, line, limits) for catalog in catalogs]
    if not any(vector.has_signals() for vector in found):
        first = catalogs[0]
        where = " at " + first.root_text if first.root_text else ""
        raise jsontext.Fault(found[0].whole()[0], NO_SIGNALS % (where, first.name))
    for vector in found:
        try:
            vector.compute()
        except BadId as error:
            path = jsontext.path_at(line, error.offset)
            raise jsontext.Fault(error.offset, BAD_ID, path) from None
    return found


def pointer(path):
    """The JSON Pointer of a path as a message shows it: whorl.1 DIAGNOSTICS."""
    text = ""
    for token in path or []:
        if token is None:
            break
        text += "/" + token.decode().replace("~", "~0").replace("/", "~1")
    shown, size = [], 0
    for part in re.findall("~[01]|.", text, re.S):
        size += len(part.encode())
        if size > 80:
            shown.append("...")
            break
        shown.append(json.dumps(part)[1:-1] if category(part[0]) in UNSEEN else part)
    return "".join(shown)


def message(fault):
    """What is wrong, and where in the record, if it is in a value or member of it."""
    found = pointer(fault.path)
    return fault.message + ", at " + found if found else fault.message


def records(data, catalogs, limits=jsontext.LIMITS):
    """(line, vectors, None) or (line, None, (column, message)) for each line that is not blank."""
    for number, line, skipped in lines(data, limits[0]):
        try:
            yield number, vectors(line, catalogs, limits), None
        except jsontext.Fault as fault:
            yield number, None, (fault.offset + skipped + 1, message(fault))


def main(arguments, stdin, out, err):
    """The program: its exit status."""
    sys.setrecursionlimit(20000)
    try:
        options = command_line.parse(arguments)
        catalogs = [load(name) for name in options.catalog]
        command_line.check(options, catalogs)
    except (command_line.Usage, Refused, OSError) as error:
        print("oracle:", error, file=err)
        return 2
    binary = options.format == "binary"
    around = binary and not options.no_header
    selected = options.select if binary else ()
    table = None
    if options.format == "tsv":
        table = tsv.columns(catalogs[0], options.select, options.reveal)
    if table is not None and not options.no_header:
        out.write(tsv.header(table))
    if around:
        out.write(output.header(catalogs[0], selected, options.fact_text))
    status, rows = 0, []
    for name in options.files:
        try:
            if name == "-":
                data = stdin.read()
            else:
                with open(name, "rb") as file:
                    data = file.read()
        except OSError as error:
            print("oracle:", error, file=err)
            status = 2
            continue
        for number, found, fault in records(data, catalogs, options.limits):
            if fault:
                print("whorl: %s:%d:%d: %s" % (name, number, *fault), file=err)
                status = max(status, 1)
            elif binary:
                rows.append(output.row(found[0], options.reveal, selected, options.fact_text))
                out.write(rows[-1])
            elif table is not None:
                out.write(tsv.line(found[0], table, (name, number)))
            else:
                for vector in found:
                    out.write(output.line(vector, options.select, options.reveal, (name, number)))
    if around:
        stride = output.columns(catalogs[0], selected, options.fact_text)[1]
        out.write(output.end(b"".join(rows), len(rows), stride))
    return status
