"""The comparison of parity/parity: lines of JSON, member by member, as text. Nothing is rounded,
sorted or unescaped before it is compared; values are decoded only to name a difference.

JSON text is read into nodes: bytes for a string, number or word as written, an Array of nodes, or an
Object of pairs of a name, as written, and a node."""
import json
import re

TOKEN = re.compile(rb'[ \t\r\n]*(?:("(?:[^"\\]|\\.)*")|([{}\[\]:,])|([^\s{}\[\]:,"]+))', re.S)
DEEPEST = 200  # Text nested deeper is not read; it is compared and reduced as bytes.
HASHED = ("signals", "vector")
UNPAIRED = re.compile("[\ud800-\udfff]")
ID = re.compile(rb'\{"id":("(?:[^"\\]|\\.)*"|[^,}]*)', re.S)
BEYOND_ASCII = re.compile(rb"[^\x00-\x7f]|\\u")


class Array(list):
    pass


class Object(list):
    pass


def read(text):
    """The node of a JSON text, or None if it is none. Lenient: names may come twice, and what is
    no word or number is kept as it is."""
    try:
        node, end = read_value(text, TOKEN.match(text), 0)
    except (AttributeError, ValueError):
        return None
    return None if text[end:].strip(b" \t\r\n") else node


def read_value(text, token, depth):
    string, mark, word = token.groups()
    if not mark:
        return string or word, token.end()
    if mark not in b"{[" or depth == DEEPEST:
        raise ValueError
    node, closed = (Object(), b"}") if mark == b"{" else (Array(), b"]")
    token = TOKEN.match(text, token.end())
    if token[2] == closed:
        return node, token.end()
    while True:
        name = token[1]
        if mark == b"{":
            token = TOKEN.match(text, token.end())
            if not name or token[2] != b":":
                raise ValueError
            token = TOKEN.match(text, token.end())
        value, end = read_value(text, token, depth + 1)
        node.append((name, value) if mark == b"{" else value)
        token = TOKEN.match(text, end)
        if token[2] == closed:
            return node, token.end()
        if token[2] != b",":
            raise ValueError
        token = TOKEN.match(text, token.end())


def write(node):
    """The text of a node, without white space."""
    if isinstance(node, Object):
        return b"{" + b",".join(name + b":" + write(value) for name, value in node) + b"}"
    if isinstance(node, Array):
        return b"[" + b",".join(map(write, node)) + b"]"
    return node


def decode(raw):
    """The value of a string."""
    try:
        return json.loads(raw.decode("utf-8", "surrogateescape"), strict=False)
    except ValueError:
        return raw.decode("utf-8", "backslashreplace")


def members(node):
    """Decoded names and nodes of an object; the last of equal names."""
    return {decode(name): value for name, value in node} if isinstance(node, Object) else {}


def kind(node):
    if isinstance(node, list):
        return "object" if isinstance(node, Object) else "array"
    if node[:1] == b'"':
        return "string"
    return "word" if node in (b"null", b"true", b"false") else "number"


def same_parts(a, b):
    """Have two arrays or objects the same elements or members, in another order?"""
    texts = [sorted(write(type(node)([part])) for part in node) for node in (a, b)]
    return texts[0] == texts[1]


def classify(a, b):
    """The class of the difference between two values: number, Unicode, JSON, order or other."""
    if a is None or b is None:
        return "other"
    kinds = {kind(a), kind(b)}
    if kinds <= {"number", "string"} and "number" in kinds:
        return "number"
    if kinds == {"number", "word"}:  # null for what is too large
        return "number" if b"null" in (a, b) else "other"
    if len(kinds) > 1 or kinds == {"word"}:
        return "other"
    if kinds == {"string"}:
        if decode(a) == decode(b):
            return "JSON"
        return "Unicode" if BEYOND_ASCII.search(a + b) else "other"
    if same_parts(a, b):
        return "order"
    if kinds == {"array"}:
        pairs = list(zip(a, b))
    else:
        names = [[decode(name) for name, _ in node] for node in (a, b)]
        if sorted(names[0]) != sorted(names[1]):
            text = "".join(names[0] + names[1])
            return "JSON" if text.isascii() or len(set(names[0])) < len(names[0]) else "Unicode"
        others = members(b)
        pairs = [(value, others[decode(name)]) for name, value in a]
    for x, y in pairs:
        if write(x) != write(y):
            return classify(x, y)
    if len(a) != len(b):
        return "other"
    return "JSON"  # the same, spelled apart


def twice(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise KeyError
    return dict(pairs)


def overflow(text):
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise OverflowError
    return value


def not_json(word):
    raise ValueError(word)


def reject_reason(record):
    """Class and words for what may keep a reader from taking RECORD."""
    try:
        text = record.decode("utf-8")
    except UnicodeDecodeError:
        return "Unicode", "invalid UTF-8"
    if text.startswith("\ufeff"):
        return "JSON", "byte order mark"
    try:
        value = json.loads(text, object_pairs_hook=twice, parse_float=overflow, parse_int=overflow,
                           parse_constant=not_json)
    except KeyError:
        return "JSON", "name twice"
    except OverflowError:
        return "number", "out of range"
    except RecursionError:
        return "JSON", "nesting"
    except ValueError:
        words = re.sub(rb'"(?:[^"\\]|\\.)*"', b"", record, flags=re.S)
        bad = re.search(rb"NaN|Infinity|[+.]\d|\d\.(?!\d)|(?<![\d.eE+-])-?0\d|0x|\d_|-(?!\d)",
                        words)
        return ("number", "no number") if bad else ("JSON", "no JSON")
    if UNPAIRED.search(json.dumps(value, ensure_ascii=False)):
        return "Unicode", "unpaired surrogate"
    depth = deepest = 0
    for mark in re.findall(rb'"(?:[^"\\]|\\.)*"|[][{}]', record, re.S):
        depth += (mark in b"{[") - (mark in b"}]")
        deepest = max(deepest, depth)
    return ("JSON", "nesting") if deepest > 60 else ("JSON", "record")


def record_class(record):
    """The class of a difference by the record alone, one that has been reduced."""
    reason, words = reject_reason(record)
    if words != "record":
        return reason
    if BEYOND_ASCII.search(record):
        return "Unicode"
    if b"\\" in record:
        return "JSON"
    node, simple = read(record), True
    while isinstance(node, list) and len(node) == 1:
        node = node[0][1] if isinstance(node, Object) else node[0]
    if isinstance(node, list):
        return "order" if node else "other"
    if node is not None and kind(node) == "number":
        return "number"
    return "other"


class Difference:
    """KLASS is None where only the record can tell it."""

    def __init__(self, klass, signal, a, b):
        self.klass, self.signal, self.a, self.b = klass, signal, a, b
        self.key = klass, signal


def shown(node):
    return "(nothing)" if node is None else write(node).decode("utf-8", "backslashreplace")


def by_name(member, node):
    """Of a member of the output: texts by the names of signals, or by slots."""
    if isinstance(node, Array):
        return {f"slot {i}": value for i, value in enumerate(node)}
    return members(node)


def signal_differences(a, b):
    """By signal. What is a value in one output and a state in the other is one difference."""
    tables = []
    for side in (a, b):
        plain = {**members(side.get("states")), **members(side.get("values"))}
        states = set(members(side.get("states")))
        tables.append((plain, states))
    (plain_a, states_a), (plain_b, states_b) = tables
    found = {}
    for name in dict.fromkeys([*plain_a, *plain_b]):
        x, y = plain_a.get(name), plain_b.get(name)
        if None in (x, y) or write(x) != write(y) or (name in states_a) != (name in states_b):
            known = name not in states_a and name not in states_b
            found[name] = Difference(classify(x, y) if known else "other", name, shown(x), shown(y))
    named = {"values", "states"} <= set(a) & set(b)
    for member in HASHED:
        if found and member == "vector" or member not in a or member not in b:
            continue
        hashes_a, hashes_b = by_name(member, a[member]), by_name(member, b[member])
        for name in dict.fromkeys([*hashes_a, *hashes_b]):
            x, y = hashes_a.get(name), hashes_b.get(name)
            if name not in found and (None in (x, y) or write(x) != write(y)):
                found[name] = Difference("other" if named else None, name, shown(x), shown(y))
        if found:
            break
    return list(found.values())


def line_differences(line_a, line_b):
    """All differences of two lines of output. What follows from signals, as ids and groups do,
    is reported only where no signal differs."""
    nodes = read(line_a), read(line_b)
    if not all(isinstance(node, Object) for node in nodes):
        return [Difference(None, "(line)", line_a.decode("utf-8", "backslashreplace"),
                           line_b.decode("utf-8", "backslashreplace"))]
    a, b = map(members, nodes)
    found = signal_differences(a, b)
    for name in dict.fromkeys([*a, *b]):
        x, y = a.get(name), b.get(name)
        if found and name != "id" or None not in (x, y) and write(x) == write(y):
            continue
        inner_a, inner_b = members(x), members(y)
        for inner in dict.fromkeys([*inner_a, *inner_b]):
            u, v = inner_a.get(inner), inner_b.get(inner)
            if None in (u, v) or write(u) != write(v):
                klass = classify(u, v) if name in ("facts", "carry") else "other"
                found.append(Difference(klass, f"({name}) {inner}", shown(u), shown(v)))
        if not inner_a and not inner_b:
            klass = classify(x, y) if name == "id" else "other"
            found.append(Difference(klass, f"({name})", shown(x), shown(y)))
    if not found:
        klass = "order" if same_parts(*nodes) else "JSON"
        found.append(Difference(klass, "(line)", shown(nodes[0]), shown(nodes[1])))
    return found


def clip(text, length=160):
    if isinstance(text, bytes):
        text = text.decode("utf-8", "backslashreplace")
    text = "".join(c if c.isprintable() else "\\x%02x" % ord(c) for c in text.rstrip("\r\n"))
    return text if len(text) <= length else text[: length - 3] + "..."


def first_difference(path_a, path_b):
    """Number and text of the first line in which two files differ, or None."""
    with open(path_a, "rb") as a, open(path_b, "rb") as b:
        number = 0
        while True:
            number += 1
            x, y = a.readline(), b.readline()
            if x != y:
                return number, x or "(end)", y or "(end)"
            if not x:
                return None


def keyed_lines(path):
    """Where the lines of an output begin, by id and how often that id has come before."""
    places, seen, offset = {}, {}, 0
    with open(path, "rb") as file:
        for line in file:
            found = ID.match(line)
            identity = found[1] if found else None
            seen[identity] = seen.get(identity, 0) + 1
            places[identity, seen[identity]] = offset
            offset += len(line)
    return places


def pair_up(a, b):
    """Which keys belong together, and those which have no other. Where as many are left on both
    sides, each after the same pair, they differ in their ids only."""
    pairs = [(key, key) for key in a if key in b]
    left = []
    for mine, other in ((a, b), (b, a)):
        previous, alone = None, []
        for key in mine:
            previous = key if key in other else previous
            if key not in other:
                alone.append((previous, key))
        left.append(alone)
    if left[0] and [previous for previous, _ in left[0]] == [previous for previous, _ in left[1]]:
        return pairs + [(x, y) for (_, x), (_, y) in zip(*left)], [], []
    return pairs, [key for _, key in left[0]], [key for _, key in left[1]]


def line_at(file, offset):
    file.seek(offset)
    return file.readline().rstrip(b"\n")


def compare_output(a, b, tell):
    """Hand each difference of two outputs to TELL, with the record's id; how many lines they have."""
    places_a, places_b = keyed_lines(a), keyed_lines(b)
    with open(a, "rb") as file_a, open(b, "rb") as file_b:
        if (file_a.peek(1)[:1] or b"{") != b"{" or (file_b.peek(1)[:1] or b"{") != b"{":
            where = first_difference(a, b)
            if where:
                tell(Difference(None, "(bytes)", clip(where[1], 80), clip(where[2], 80)), None)
            return len(places_a), len(places_b)
        pairs, only_a, only_b = pair_up(places_a, places_b)
        for key, other in pairs:
            x, y = line_at(file_a, places_a[key]), line_at(file_b, places_b[other])
            for difference in line_differences(x, y) if x != y else ():
                tell(difference, key[0])
        for key in only_a:
            tell(Difference(None, "(only in A)", "(a line)", "(nothing)"), key[0])
        for key in only_b:
            tell(Difference(None, "(only in B)", "(nothing)", "(a line)"), key[0])
    common = [key for key in places_a if key in places_b]
    moved = [(x, y) for x, y in zip(common, (key for key in places_b if key in places_a)) if x != y]
    if moved:
        (x, _), (y, _) = moved[0]
        tell(Difference("order", "(lines)", clip(x or b"null"), clip(y or b"null")), None)
    return len(places_a), len(places_b)


def compare_outcomes(a, b, messages, tell):
    """Hand all differences of two outcomes to TELL."""
    reported = []

    def note(difference, identity):
        reported.append(difference)
        tell(difference, identity)

    lines = compare_output(a.output, b.output, note)
    lost = any(difference.signal.startswith("(only") for difference in reported)
    for what in ("rejects",) + ("messages",) * messages:
        where = None if lost and what == "rejects" else first_difference(getattr(a, what),
                getattr(b, what))
        if where:
            note(Difference("JSON" if what == "rejects" else "other", f"({what})", clip(where[1]),
                            clip(where[2])), None)
    # Where one has lines that the other has not, 0 against 1 says nothing more.
    if a.status != b.status and not (lost and {a.status, b.status} == {0, 1}):
        tell(Difference("other", "(status)", str(a.status), str(b.status)), None)
    return lines
