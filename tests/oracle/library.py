"""The ids of libraries: whorl-vector.5 IDS OF LIBRARIES.

A record is read a second time, with unpaired surrogates as they are. Objects are lists of members.
"""
import json
import re

import pointer
from jsontext import ESCAPED, SHORT, number_text, without_surrogates

NAMES = {"fingerprintjs": "visitorId", "thumbmarkjs": "thumbmark"}
LATEST = (1 << 64, 0, 0)
SURROGATE = re.compile("[\ud800-\udfff]")


class Members(list):
    """The members of an object in the order of the record."""

    def get(self, name):
        return next((value for known, value in reversed(self)
                     if without_surrogates(known) == name), None)

    def has(self, name):
        return any(without_surrogates(known) == name for known, _ in self)


def find(value, path):
    """The value at a path, or None."""
    for token in path:
        if isinstance(value, Members):
            value = value.get(token)
        elif isinstance(value, list):
            i = pointer.index(token, value)
            value = None if i is None else value[i]
        else:
            return None
    return value


# The text of a value

def quoted(text):
    text = ESCAPED.sub(lambda m: SHORT.get(m[0]) or "\\u%04x" % ord(m[0]), text)
    return '"' + SURROGATE.sub(lambda m: "\\u%04x" % ord(m[0]), text) + '"'


def units(name):
    return name.encode("utf-16-be", "surrogatepass")


def stringified(value, is_sorted=False):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Members):
        members = sorted(value, key=lambda member: units(member[0])) if is_sorted else value
        return "{" + ",".join(quoted(name) + ":" + stringified(item, is_sorted)
                              for name, item in members) + "}"
    return "[" + ",".join(stringified(item, is_sorted) for item in value) + "]"


# MurmurHash3 with seed 0

def rotated(x, by, bits):
    x &= (1 << bits) - 1
    return (x << by | x >> (bits - by)) & (1 << bits) - 1


def murmur_x64(bytes_, rest, length):
    """h1 and h2 as digits, of whole blocks of bytes, then k1 and k2 of the rest."""
    mask = (1 << 64) - 1
    c1, c2 = 0x87C37B91114253D5, 0x4CF5AD432745937F
    h1 = h2 = 0
    for at in range(0, len(bytes_), 16):
        k1 = int.from_bytes(bytes_[at:at + 8], "little")
        k2 = int.from_bytes(bytes_[at + 8:at + 16], "little")
        h1 ^= rotated(k1 * c1, 31, 64) * c2 & mask
        h1 = (rotated(h1, 27, 64) + h2) * 5 + 0x52DCE729 & mask
        h2 ^= rotated(k2 * c2, 33, 64) * c1 & mask
        h2 = (rotated(h2, 31, 64) + h1) * 5 + 0x38495AB5 & mask
    h1 ^= rotated(rest[0] * c1, 31, 64) * c2 & mask
    h2 ^= rotated(rest[1] * c2, 33, 64) * c1 & mask
    h1, h2 = h1 ^ length, h2 ^ length
    h1 = h1 + h2 & mask
    h2 = h2 + h1 & mask
    finished = []
    for h in (h1, h2):
        h = (h ^ h >> 33) * 0xFF51AFD7ED558CCD & mask
        h = (h ^ h >> 33) * 0xC4CEB9FE1A85EC53 & mask
        finished.append(h ^ h >> 33)
    h1 = sum(finished) & mask
    return "%016x%016x" % (h1, finished[1] + h1 & mask)


def murmur_of_units(codes):
    """The hash of code units, of which the rest of less than 16 counts as a whole."""
    whole = len(codes) // 16 * 16
    rest = [0, 0]
    for i, code in enumerate(codes[whole:]):
        rest[i // 8] ^= code << i % 8 * 8
    return murmur_x64(bytes(code & 255 for code in codes[:whole]),
                      [k & (1 << 64) - 1 for k in rest], len(codes))


def murmur_x86(data):
    mask = (1 << 32) - 1
    c = 0x239B961B, 0xAB0E9789, 0x38B34AE5, 0xA1E38B93
    rotations, turns = (15, 16, 17, 18), (19, 17, 15, 13)
    sums = 0x561CCD1B, 0x0BCAA747, 0x96CD1C35, 0x32AC3B17
    h = [0, 0, 0, 0]

    def mix(at, i):
        k = int.from_bytes(data[at + 4 * i:min(at + 4 * i + 4, len(data))], "little")
        h[i] ^= rotated(k * c[i], rotations[i], 32) * c[(i + 1) % 4] & mask

    whole = len(data) // 16 * 16
    for at in range(0, whole, 16):
        for i in range(4):
            mix(at, i)
            h[i] = (rotated(h[i], turns[i], 32) + h[(i + 1) % 4]) * 5 + sums[i] & mask
    for i in range(4):
        mix(whole, i)
        h[i] ^= len(data)
    for again in range(2):
        h[0] = sum(h) & mask
        h[1:] = [x + h[0] & mask for x in h[1:]]
        for i in range(4 if not again else 0):
            x = (h[i] ^ h[i] >> 16) * 0x85EBCA6B & mask
            x = (x ^ x >> 13) * 0xC2B2AE35 & mask
            h[i] = x ^ x >> 16
    return b"".join(x.to_bytes(4, "little") for x in h).hex()


# The two ids

def release(version):
    match = re.match(r"(\d+)(?:\.(\d+)(?:\.(\d+))?)?", version, re.ASCII) \
        if isinstance(version, str) else None
    return tuple(int(part or 0) for part in match.groups()) if match else LATEST


def visitor_id(components, version):
    if version < (3,):
        return None
    parts = []
    if version >= (3, 1):
        components = sorted(components, key=lambda member: units(member[0]))
    for name, component in components:
        text = "undefined"
        if not isinstance(component, list):
            return None
        if isinstance(component, Members):
            error = component.has("error")
            if error and version < (4,):
                error = component.get("error") not in (None, False, 0, "")
            if error:
                text = "error"
            elif component.has("value"):
                text = stringified(component.get("value"))
        parts.append(re.sub(r"([:|\\])", r"\\\1", name) + ":" + text)
    text = "|".join(parts)
    if version >= (4, 0, 1):
        codes = without_surrogates(text).encode()
    else:
        data = text.encode("utf-16-le", "surrogatepass")
        codes = [data[i] | data[i + 1] << 8 for i in range(0, len(data), 2)]
    return murmur_of_units(codes)


def thumbmark(components, version):
    return murmur_x86(stringified(components, version >= (1, 4)).encode())


def library_id(catalog, data):
    """The id that the catalog's library gives for a record, as digits, or None."""
    record = json.loads(data, object_pairs_hook=Members, parse_int=float)
    for path in catalog.roots or [[]]:
        components = find(record, path)
        if isinstance(components, Members):
            break
    else:
        return None
    if not path or path[-1] != "components":
        return None
    version = release(find(record, path[:-1]).get("version"))
    make = visitor_id if catalog.library == "fingerprintjs" else thumbmark
    return make(components, version)
