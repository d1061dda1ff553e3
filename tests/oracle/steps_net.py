"""The steps for networks.

Each function takes a string (or an array) and gives a value or its argument unchanged.
Sections are those of whorl-catalog.5.
"""
import hashlib
import re


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
    # "::" means one group of zeros or more.
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


def numbers_of(text):
    """The numbers of a list in JA4_r, without GREASE; or None."""
    items = text.split(",") if text else []
    if len(items) > 1024 or not all(re.fullmatch("[0-9a-f]{4}", item) for item in items):
        return None
    return [item for item in items if not re.fullmatch("([0-9a-f]a)\\1", item)]


def digits_of(text, numbers):
    return hashlib.sha256(text.encode()).hexdigest()[:12] if numbers else "0" * 12


def ja4(text):
    start, *lists = text.split("_")
    if not re.fullmatch("[tqd][0-9a-z][0-9][di][0-9]{4}[0-9A-Za-z]{2}", start):
        return text
    if len(lists) not in (2, 3) or lists[2:] == [""]:
        return text
    lists = [numbers_of(item) for item in lists]
    if None in lists:
        return text
    ciphers = sorted(lists[0])
    extensions = sorted(item for item in lists[1] if item not in ("0000", "0010"))
    named = ",".join(extensions)
    if len(lists) == 3 and lists[2]:
        named += "_" + ",".join(lists[2])
    return "_".join([start, digits_of(",".join(ciphers), ciphers), digits_of(named, extensions)])
