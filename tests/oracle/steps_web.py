"""The steps for languages, user agents, client hints, graphics, colors, MIME, data URLs, networks.

Each function takes a string (or an array) and gives a value, UNDEFINED, or its argument as it was.
Sections are those of whorl-catalog.5.
"""
import base64
import binascii
import math
import re
from fractions import Fraction

import hashes
import tables
from jsontext import Array, Object, canonical
from text import ascii_lower

UNDEFINED = ("undefined",)


# Languages

RANGE = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*|\*")


def language_or_none(text):
    tag = text.split(";", 1)[0].strip(" \t")
    if not RANGE.fullmatch(tag):
        return None
    subtags, single = [], False
    for i, subtag in enumerate(tag.replace("_", "-").lower().split("-")):
        if i > 0 and not single:
            if len(subtag) == 2:
                subtag = subtag.upper()
            elif len(subtag) == 4:
                subtag = subtag[0].upper() + subtag[1:]
        single = single or len(subtag) == 1
        subtags.append(subtag)
    subtags[0] = tables.mapping("language").get(subtags[0], subtags[0])
    return "-".join(subtags)


def language(text):
    found = language_or_none(text)
    return text if found is None else found


def each_once(values):
    seen, out = set(), Array()
    for value in values:
        key = canonical(value)
        if key not in seen:
            seen.add(key)
            out.append(value)
    return out


def languages(array):
    return each_once(language(value) if isinstance(value, str) else value for value in array)


def accept_language(text):
    if text.count(",") > 1023:
        return text
    parts = [part.strip(" \t") for part in text.split(",")]
    found = [language_or_none(part) for part in parts if part]
    if not found or None in found:
        return text
    return each_once(found)


# Time zones

def timezone(text):
    return tables.mapping("timezone").get(text, text)


# User agents

BEFORE = ("/", "rv:", "NT ", "OS ", "OS X ", "Android ", "Phone ", "MSIE ", "Tizen ")


def ua(text):
    out, at = [], 0
    while at < len(text):
        match = re.compile("[0-9][A-Za-z0-9._]*").match(text, at)
        if match and any(text.endswith(word, 0, at) for word in BEFORE):
            out.append("*")
            at = match.end()
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def ua_row(text, kind):
    return tables.first_row("ua", text, kind)[0]


def ua_name(kind):
    def step(text):
        row = ua_row(text, kind)
        return row[1] if row else text
    return step


def ua_version(kind):
    def step(text):
        row = ua_row(text, kind)
        if not row:
            return text
        if len(row) > 2 and row[2]:
            for match in tables.pattern(row[2]).finditer(text):
                version = re.compile(" ?([0-9]{1,15})(?![0-9])").match(text, match.end())
                if version:
                    return float(version[1])
        return UNDEFINED
    return step


def ua_mobile(text):
    row = ua_row(text, "mobile")
    return row[1] == "true" if row else text


# Client hints

def version(text, n):
    if not re.fullmatch(r"[0-9][A-Za-z0-9._+-]*", text):
        return text
    return ".".join(text.split(".")[:n])


STRING = r'"(?:[ !#-\[\]-~]|\\["\\])*"'
PARAMETER = r"; *[a-z0-9_.*-]+(?:=(?:" + STRING + r"|[!#-+\--:<-~]+))?"
MEMBER = "(" + STRING + ")((?:" + PARAMETER + ")*)"
COMMA = re.compile("[ \t]*,[ \t]*")


def brand_list(text):
    """The strings of a Sec-CH-UA field, or None if it does not keep to the grammar."""
    if text.count(",") > 1023:
        return None
    names, at = [], 0
    while True:
        match = re.compile(MEMBER).match(text, at)
        if not match:
            return None
        names.append(re.sub(r"\\(.)", r"\1", match[1][1:-1]))
        at = match.end()
        if at == len(text):
            return names
        match = COMMA.match(text, at)
        if not match:
            return None
        at = match.end()


def brands(value):
    if isinstance(value, str):
        names = brand_list(value)
        if names is None:
            return value
    else:
        names = [item.get("brand") if isinstance(item, Object) else item for item in value]
        if not all(isinstance(name, str) for name in names):
            return value
    names = {name for name in names
             if ascii_lower(re.sub("(?![A-Za-z0-9])[\x00-\x7f]", "", name)) != "notabrand"}
    if names - {"Chromium"}:
        names -= {"Chromium"}
    return Array(sorted(names, key=str.encode))


def platform(text):
    for beginning, name in tables.rows("platform"):
        if text.startswith(beginning):
            return name
    return text


# Graphics processors

def matching(text, at):
    """The text from here up to the ')' that closes a '(' before here, or up to the end."""
    depth = 1
    for i in range(at, len(text)):
        if text[i] == "(":
            depth += 1
        elif text[i] == ")":
            depth -= 1
            if depth == 0:
                return text[at:i]
    return text[at:]


def outside(text, separators):
    """The parts of a text between separators that are outside of parentheses."""
    parts, depth = [""], 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        if char in separators and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def words(text):
    """Between spaces, tabs, parentheses with what they hold, and a ')' alone."""
    found, depth = [""], 0
    for char in text:
        if char == "(":
            depth += 1
            found.append("")
        elif char == ")":
            depth = max(depth - 1, 0)
            found.append("")
        elif depth == 0:
            if char in " \t":
                found.append("")
            else:
                found[-1] += char
    return [word for word in found if word]


def renderer(string):
    if not tables.searchable(string):
        return string
    text = string
    for _ in range(3):
        if text.startswith("ANGLE ("):
            parts = outside(matching(text, 7), ",")
            text = parts[-1] if len(parts) <= 2 else parts[-2]
        else:
            match = re.match(r"Vulkan [0-9.]* \(|D3D12 \(", text)
            if not match:
                break
            text = matching(text, match.end())
        text = text.strip(" \t")
    text = outside(text, ",;")[0].strip(" \t")
    for beginning in ("ANGLE Metal Renderer: ", "Gallium 0.4 on ", "Mesa DRI ", "Mesa "):
        text = text.removeprefix(beginning)
    kept, before = [], None
    for word in words(text):
        if word.startswith("Direct3D") or word == "OpenGL":
            break
        cut = re.search("/PCI|/AGP|/SSE2|/integrated", word)
        if cut:
            word = word[:cut.start()]
        if word and word != before:
            kept.append(word)
        before = word
        if cut:
            break
    return " ".join(kept) if kept else string


def gpu_class(string):
    row, match = tables.first_row("gpu", renderer(string))
    if not row:
        return string
    held = iter(match.groups())
    return "".join(next(held) if char == "#" else char for char in row[1])


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


# Networks

OCTET = re.compile("0|[1-9][0-9]{0,2}")


def ipv4(text):
    parts = text.split(".")
    if len(parts) != 4 or not all(OCTET.fullmatch(part) and int(part) < 256 for part in parts):
        return None
    return bytes(map(int, parts))


def hextets(text):
    """The bytes of groups between colons, the last of which may be an IPv4 address; or None."""
    if text == "":
        return b""
    out = b""
    groups = text.split(":")
    for i, group in enumerate(groups):
        if re.fullmatch("[0-9A-Fa-f]{1,4}", group):
            out += int(group, 16).to_bytes(2, "big")
        elif i == len(groups) - 1 and ipv4(group):
            out += ipv4(group)
        else:
            return None
    return out


def ipv6(text):
    halves = text.split("::")
    if len(halves) > 2:
        return None
    if len(halves) == 2 and "." in halves[0]:
        return None
    parts = [hextets(half) for half in halves]
    if None in parts:
        return None
    if len(parts) == 1:
        return parts[0] if len(parts[0]) == 16 and text else None
    # "::" stands for one group of zeros or more.
    missing = 16 - len(parts[0]) - len(parts[1])
    return parts[0] + bytes(missing) + parts[1] if missing >= 2 else None


def network(address, bits):
    size = len(address) * 8
    return (int.from_bytes(address, "big") >> (size - bits) << (size - bits)).to_bytes(size // 8, "big")


def ipv6_text(address):
    groups = ["%x" % int.from_bytes(address[i:i + 2], "big") for i in range(0, 16, 2)]
    # RFC 5952 section 4.2: the longest run of two or more zeros, the first of several.
    best, start = 1, None
    for i in range(8):
        run = 0
        while i + run < 8 and groups[i + run] == "0":
            run += 1
        if run > best:
            best, start = run, i
    if start is None:
        return ":".join(groups)
    return ":".join(groups[:start]) + "::" + ":".join(groups[start + best:])


def ip(text, v4, v6):
    address = ipv4(text)
    if address is None:
        address = ipv6(re.sub("%.+", "", text, 1, re.S))
        if address is None:
            return text
        if address.startswith(bytes(10) + b"\xff\xff"):
            address = address[12:]
    if len(address) == 4:
        return ".".join(map(str, network(address, v4))) + "/%d" % v4
    return ipv6_text(network(address, v6)) + "/%d" % v6


def ja3_sort(text):
    lists = text.split(",")
    if len(lists) != 5:
        return text
    out = []
    for i, item in enumerate(lists):
        parts = item.split("-") if item else []
        if not all(re.fullmatch("0|[1-9][0-9]{0,4}", part) and int(part) < 65536 for part in parts):
            return text
        if len(parts) != 1 if i == 0 else len(parts) > 1024:
            return text
        numbers = [int(part) for part in parts]
        numbers = [n for n in numbers if not (n >> 8 == n & 255 and n & 15 == 10)]
        if i == 2:
            numbers.sort()
        out.append("-".join(map(str, numbers)))
    return ",".join(out)
