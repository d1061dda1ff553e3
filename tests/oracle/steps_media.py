"""The steps for colors, MIME types and data URLs.

Each function takes a string (or an array) and gives a value or its argument unchanged.
Sections are those of whorl-catalog.5.
"""
import base64
import binascii
import math
import re
from fractions import Fraction

import hashes
from text import ascii_lower


# Colors

WS0 = "[\t\n\f\r ]*"
WS1 = "[\t\n\f\r ]+"
NUM = r"([0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(%?)"
COMMAS = re.compile("rgba?" + r"\(" + WS0 + NUM + (WS0 + "," + WS0 + NUM) * 2 +
                    "(?:" + WS0 + "," + WS0 + NUM + ")?" + WS0 + r"\)", re.I | re.A)
SPACES = re.compile("rgba?" + r"\(" + WS0 + NUM + (WS1 + NUM) * 2 +
                    "(?:" + WS0 + "/" + WS0 + NUM + ")?" + WS0 + r"\)", re.I | re.A)
HEX = re.compile("#([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})", re.I | re.A)


def nearest_255th(number, percent, whole):
    exact = Fraction("0" + number if number.startswith(".") else number)
    exact = exact / 100 if percent else exact / whole
    return math.floor(min(exact, 1) * 255 + Fraction(1, 2))


def color(string):
    text = string.strip("\t\n\f\r ")
    if ascii_lower(text) == "transparent":
        return "#00000000"
    match = HEX.fullmatch(text)
    if match:
        found = match[1].lower()
        if len(found) < 6:
            found = "".join(char * 2 for char in found)
        return "#" + found + ("ff" if len(found) == 6 else "")
    match = COMMAS.fullmatch(text) or SPACES.fullmatch(text)
    if not match:
        return string
    cells = match.groups()
    channels = [nearest_255th(cells[i], cells[i + 1], 255) for i in (0, 2, 4)]
    channels.append(255 if cells[6] is None else nearest_255th(cells[6], cells[7], 1))
    return "#" + "".join("%02x" % channel for channel in channels)


# MIME types: the MIME Sniffing Standard, sections 4.4 and 4.5

HTTP_SPACE = "\n\r\t "
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~A-Za-z0-9]+")
QUOTED_TOKEN = re.compile("[\t -~\u0080-\u00ff]*")


def collect(text, at, stop):
    start = at
    while at < len(text) and text[at] not in stop:
        at += 1
    return text[start:at], at


def quoted_string(text, at):
    """Fetch: collect an HTTP quoted string, with extract-value."""
    value, at = "", at + 1
    while True:
        part, at = collect(text, at, '"\\')
        value += part
        if at >= len(text):
            break
        mark, at = text[at], at + 1
        if mark == '"':
            break
        if at >= len(text):
            value += "\\"
            break
        value, at = value + text[at], at + 1
    return value, at


def mime(string):
    if string.count(";") > 1024:
        return string
    text = string.strip(HTTP_SPACE)
    kind, at = collect(text, 0, "/")
    if not TOKEN.fullmatch(kind) or at >= len(text):
        return string
    subtype, at = collect(text, at + 1, ";")
    subtype = subtype.rstrip(HTTP_SPACE)
    if not TOKEN.fullmatch(subtype):
        return string
    parameters = {}
    while at < len(text):
        at += 1
        while at < len(text) and text[at] in HTTP_SPACE:
            at += 1
        name, at = collect(text, at, ";=")
        name = ascii_lower(name)
        if at < len(text):
            if text[at] == ";":
                continue
            at += 1
        if at >= len(text):
            break
        if text[at] == '"':
            value, at = quoted_string(text, at)
            _, at = collect(text, at, ";")
        else:
            value, at = collect(text, at, ";")
            value = value.rstrip(HTTP_SPACE)
            if value == "":
                continue
        if TOKEN.fullmatch(name) and QUOTED_TOKEN.fullmatch(value) and name not in parameters:
            parameters[name] = value
    out = ascii_lower(kind) + "/" + ascii_lower(subtype)
    for name in sorted(parameters):
        value = parameters[name]
        if not TOKEN.fullmatch(value):
            value = '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'
        out += ";" + name + "=" + value
    return out


# Data URLs

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def public_chunks(data):
    out, at = data[:8], 8
    while len(data) - at >= 12:
        size = int.from_bytes(data[at:at + 4], "big") + 12
        if size > len(data) - at:
            break
        if not 97 <= data[at + 5] <= 122:
            out += data[at:at + size]
        at += size
    return out + data[at:]


def data_url(text):
    match = re.fullmatch("data:([^,]+);base64,([A-Za-z0-9+/]*={0,2})", text)
    if not match or len(match[2]) % 4:
        return text
    try:
        data = base64.b64decode(match[2], validate=True)
    except binascii.Error:
        return text
    if base64.b64encode(data).decode() != match[2]:  # an unused bit is not 0
        return text
    if match[1] == "image/png" and data.startswith(SIGNATURE):
        data = public_chunks(data)
    return match[1] + ":" + hashes.hash128(data).hex()
