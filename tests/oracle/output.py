"""Vectors as bytes: whorl-vector.5 NDJSON OUTPUT and BINARY OUTPUT."""
import json
import os
import struct

import hashes
import library
from catalog import IDENTITIES, UNICODE
from hashes import hex64
from jsontext import quoted, without_surrogates
from numbers_exact import exact_integer

MEMBERS = ("id", "carry", "catalog", "facts", "ids", "coverage", "present", "errors", "groups",
           "sketch", "vector", "signals", "values", "states")
DEFAULT = MEMBERS[:9] + ("vector",)
LIBRARY_IDS = ("ids.visitorId", "ids.thumbmark")
ORIGIN = ("file", "line")
SELECTED = ORIGIN + MEMBERS + LIBRARY_IDS


def library_member(catalog):
    """What selects the id of the catalog's library; none if there is no library."""
    return ("ids." + library.NAMES[catalog.library],) if catalog.library else ()


def every(catalog):
    """All that can be selected for a catalog."""
    return ORIGIN + MEMBERS + library_member(catalog)


# NDJSON

def an_object(pairs):
    return "{" + ",".join(quoted(name) + ":" + text for name, text in pairs) + "}"


def hash_text(number):
    return '"' + hex64(number) + '"' if number else "null"


def state_text(signal):
    if signal.state == "excluded":
        return None if signal.row.retired else quoted("-")
    return quoted(signal.text) if signal.state in ("error", "undefined") else None


def ids_text(vector, selected):
    pairs = [(i, '"' + vector.ids[i].hex() + '"' if vector.ids[i] else "null")
             for i in IDENTITIES if "ids" in selected]
    if has_library(vector.catalog, selected):
        found = vector.library_id()
        pairs.append((library.NAMES[vector.catalog.library], '"' + found + '"' if found else "null"))
    return an_object(pairs)


def has_library(catalog, selected):
    return any(name in selected for name in library_member(catalog))


def member(vector, name, reveal, selected):
    """The text of one member, or None where it is left out."""
    shown = [signal for signal in vector.signals if reveal or not signal.row.private]
    if name == "id":
        return vector.id or "null"
    if name == "carry":
        return an_object(vector.carry.items()) if vector.catalog.carry else None
    if name == "catalog":
        return quoted(vector.catalog.label)
    if name == "facts":
        return an_object((s.row.name, s.text) for s in shown
                         if s.row.fact is not None and s.state == "value")
    if name == "ids":
        return ids_text(vector, selected)
    if name == "coverage":
        return an_object((i, str(vector.coverage[i])) for i in IDENTITIES)
    if name == "present":
        return str(vector.present)
    if name == "errors":
        return str(vector.errors)
    if name == "groups":
        return an_object((g, hash_text(vector.groups[g])) for g in vector.catalog.groups)
    if name == "sketch":
        return "[" + ",".join('"' + hex64(word) + '"' for word in vector.sketch()) + "]"
    if name == "vector":
        return "[" + ",".join(hash_text(s.hash) for s in vector.signals) + "]"
    if name == "signals":
        return an_object((s.row.name, hash_text(s.hash)) for s in vector.signals)
    if name == "values":
        return an_object((s.row.name, s.text) for s in shown if s.state == "value")
    return an_object((s.row.name, state_text(s)) for s in shown if state_text(s) is not None)


def entries(vector, reveal=False):
    """The lines of the dictionary that a vector adds: whorl-vector.5 DICTIONARY."""
    return ["\t".join((s.row.name, hex64(s.hash), s.text)).encode() + b"\n" for s in vector.signals
            if s.text is not None and (reveal or not s.row.private)]


def file_text(name):
    """The name of a file as output has it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def line(vector, selected, reveal=False, origin=("", 0)):
    """The origin is a file and the number of a line."""
    where = {"file": quoted(file_text(origin[0])), "line": str(origin[1])}
    pairs = [(name, where[name]) for name in ORIGIN if name in selected]
    pairs += [(name, member(vector, name, reveal, selected)) for name in MEMBERS if name in selected
             or name == "ids" and has_library(vector.catalog, selected)]
    return (an_object((n, t) for n, t in pairs if t is not None) + "\n").encode()


# Binary

HEADER_MARK = bytes.fromhex("8957484C0D0A1A0A")
END_MARK = bytes.fromhex("895748450D0A1A0A")


def plain_values(catalog):
    """The facts in the order of their rows, then the carried members: (kind, name, type, slot)."""
    facts = [("fact", row.name, row.fact, i) for i, row in enumerate(catalog.rows)
             if row.fact is not None]
    return facts + [("carry", name, kind, None) for name, _, kind in catalog.carry]


def texts(catalog):
    """The facts that have a hash in a row: (name, number of its plain value, slot)."""
    return [(name, bit, slot) for bit, (where, name, kind, slot) in enumerate(plain_values(catalog))
            if where == "fact" and kind == ""]


def text_bytes(signal, reveal, room):
    """As many whole characters of a fact's text as fit."""
    if signal.state != "value" or signal.row.private and not reveal:
        return bytes(room)
    text = json.loads(signal.text) if signal.text[0] == '"' else signal.text
    return without_surrogates(text).encode()[:room].decode(errors="ignore").encode().ljust(room, b"\0")


def columns(catalog, selected=(), text=0):
    """The fields of a row: dicts of name, offset, type, count; and the stride."""
    plain = plain_values(catalog)
    words = -(-len(plain) // 64)
    fields = [("tag", 0, "u8", 8), ("key", 8, "u8", 16), ("present", 24, "u32", 1),
              ("errors", 28, "u32", 1)]
    fields += [("id:" + name, 32 + 16 * i, "u8", 16) for i, name in enumerate(IDENTITIES)]
    fields += [("coverage:" + name, 112 + 2 * i, "u16", 1) for i, name in enumerate(IDENTITIES)]
    fields.append(("bitmap", 128, "u64", words))
    at = 128 + 8 * words
    for kind, name, type_, _ in plain:
        fields.append((kind + ":" + name, at, type_ or "xxh3", 1))
        at += 8
    fields.append(("groups", at, "u64", len(catalog.groups)))
    at += 8 * len(catalog.groups)
    fields.append(("vector", at, "u64", len(catalog.rows)))
    at += 8 * len(catalog.rows)
    if has_library(catalog, selected):
        fields.append(("id:" + library.NAMES[catalog.library], at, "u8", 16))
        at += 16
    words = -(-sum(catalog.sketches.values()) // 64) if "sketch" in selected else 0
    at += -at % 8
    fields.append(("sketch", at, "u64", words))
    at += 8 * words
    for name, _, _ in texts(catalog):
        fields.append(("text:" + name, at, "utf8", text))
        at += text
    bits = {"text:" + name: bit for name, bit, _ in texts(catalog)}
    found, bit = [], 0
    for name, offset, type_, count in fields:
        if count == 0:
            continue
        field = dict(name=name, offset=offset, type=type_, count=count)
        if name.startswith(("fact:", "carry:")):
            field["bit"] = bit
            bit += 1
        elif name in bits:
            field["bit"] = bits[name]
        found.append(field)
    return found, -(-at // 64) * 64


def producer():
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    with open(os.path.join(top, "VERSION"), encoding="ascii") as file:
        return "whorl " + file.read().strip()


def json_text(value):
    if isinstance(value, dict):
        return an_object((name, json_text(item)) for name, item in value.items())
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def header(catalog, selected=(), text=0):
    fields, stride = columns(catalog, selected, text)
    text = json_text(dict(producer=producer(), catalog=catalog.name + "-" + catalog.version,
                          digest=catalog.digest.hex(), unicode=UNICODE, columns=fields,
                          groups=catalog.groups,
                          signals=[row.name for row in catalog.rows])).encode()
    payload = stride - 8
    blocks = -(-(24 + len(text)) // payload)
    body = struct.pack("<6I", 1, blocks, stride, len(catalog.groups), len(catalog.rows), len(text))
    body = (body + text).ljust(blocks * payload, b"\0")
    return b"".join(HEADER_MARK + body[i * payload:(i + 1) * payload] for i in range(blocks))


def fact_bytes(signal, kind, reveal):
    if signal.state != "value" or signal.row.private and not reveal:
        return None
    if kind == "":
        return struct.pack("<Q", hashes.hash64(signal.text.encode()))
    if not isinstance(signal.value, float):
        return None
    if kind == "f64":
        return struct.pack("<d", signal.value)
    if signal.value != int(signal.value):
        return None
    return integer_bytes(int(signal.value), kind)


def integer_bytes(value, kind):
    low, high = (0, 2 ** 64 - 1) if kind == "u64" else (-2 ** 63, 2 ** 63 - 1)
    if value is None or not low <= value <= high:
        return None
    return (value % 2 ** 64).to_bytes(8, "little")


def carry_bytes(text, kind):
    if text is None:
        return None
    if kind == "":
        return struct.pack("<Q", hashes.hash64(text.encode()))
    if text[0] not in "-0123456789":
        return None
    if kind == "f64":
        return struct.pack("<d", float(text) + 0.0)
    return integer_bytes(exact_integer(text, -2 ** 63, 2 ** 64 - 1), kind)


def row(vector, reveal=False, selected=(), text=0):
    catalog = vector.catalog
    key = hashes.hash128(vector.id.encode()) if vector.id else bytes(16)
    out = catalog.digest[:8] + key + struct.pack("<2I", vector.present, vector.errors)
    out += b"".join(vector.ids[name] or bytes(16) for name in IDENTITIES)
    out += b"".join(struct.pack("<H", vector.coverage[name]) for name in IDENTITIES) + bytes(6)
    plain = plain_values(catalog)
    bitmap = bytearray(8 * -(-len(plain) // 64))
    fields = b""
    for i, (where, name, kind, slot) in enumerate(plain):
        if where == "fact":
            field = fact_bytes(vector.signals[slot], kind, reveal)
        else:
            field = carry_bytes(vector.carry.get(name), kind)
        if field is not None:
            bitmap[i // 8] |= 1 << i % 8
        fields += field or bytes(8)
    out += bytes(bitmap) + fields
    out += b"".join(struct.pack("<Q", vector.groups[name]) for name in catalog.groups)
    out += b"".join(struct.pack("<Q", signal.hash) for signal in vector.signals)
    if has_library(catalog, selected):
        out += bytes.fromhex(vector.library_id() or "0" * 32)
    if "sketch" in selected:
        out += bytes(-len(out) % 8) + b"".join(struct.pack("<Q", word) for word in vector.sketch())
    if text:
        out += b"".join(text_bytes(vector.signals[slot], reveal, text) for _, _, slot in texts(catalog))
    return out + bytes(-len(out) % 64)


def end(rows, count, stride):
    return (END_MARK + struct.pack("<Q", count) + hashes.raw128(rows)).ljust(stride, b"\0")
