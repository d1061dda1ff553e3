"""Strict JSON: bytes of one record to a value, and a value to its canonical text.

Values are None, True, False, float, str, Array (a list) and Object. RFC 8259; whorl.1 INPUT and
DIAGNOSTICS; whorl-catalog.5 CANONICAL TEXT.
"""
import functools
import re

MAX_BYTES = 4194304  # whorl.1 --max-record
MAX_DEPTH = 64  # whorl.1 --max-depth
MAX_VALUES = 131072  # whorl.1 --max-values
LIMITS = (MAX_BYTES, MAX_DEPTH, MAX_VALUES)

SPACE = re.compile(rb"[ \t\n\r]*")
PLAIN = re.compile(rb'"[^"\\\x00-\x1f]*"')
NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
SIMPLE = {b'"': '"', b"\\": "\\", b"/": "/", b"b": "\b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t"}
LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
NUMERIC = b"0123456789+-."
WORDS = {ord("t"): (b"true", True), ord("f"): (b"false", False), ord("n"): (b"null", None)}

# whorl.1 DIAGNOSTICS, "The texts are".
ENDS = "the record ends here, inside a value: expected one whole JSON object per line"
NO_VALUE = "expected a JSON value"
NO_NAME = "expected a member name in double quotes"
NO_COLON = "expected ':' after the member name"
NO_COMMA_MEMBER = "expected ',' or '}' after the member"
NO_COMMA_ELEMENT = "expected ',' or ']' after the element"
BAD_WORD = "unknown word: expected true, false, null, or a string in double quotes"
BAD_NUMBER = "malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero"
BAD_ESCAPE = "unknown escape: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
BAD_CONTROL = "control byte in a string: expected it as an escape, \\u00XX"
BAD_UTF8 = "invalid UTF-8: expected text in UTF-8 only"
TRAILING = "text after the record: expected one JSON object per line"
OUT_OF_RANGE = "number out of range: expected at most 1.7976931348623157e308"
REPEATED = "this object already has a member of this name: expected each name once"
TOO_DEEP = "nested too deep: see --max-depth"
TOO_LONG = "record too long: see --max-record"
TOO_MANY = "too many values in the record: see --max-values"
NO_OBJECT = "the record is not a JSON object: expected {\"name\": value, ...}"


class Fault(Exception):
    """What is wrong with a text, the offset of the byte that shows it, and the names and indexes that
    lead to the value or member that this byte is in, as the text writes them."""

    def __init__(self, offset, message, path=None):
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.path = path


class Array(list):
    """Elements; spans are the places of their texts in the record, where it was read from one."""

    spans = ()


class Object:
    """Members in the order of the record, as (name, value), and the spans of the values."""

    __slots__ = ("members", "spans", "_last")

    def __init__(self, members, spans=()):
        self.members = members
        self.spans = spans
        self._last = None

    def find(self, name):
        """The number of the last member of this name, or None (catalog.5 Names that read alike)."""
        if self._last is None:
            self._last = {member[0]: i for i, member in enumerate(self.members)}
        return self._last.get(name)

    def get(self, name, default=None):
        i = self.find(name)
        return default if i is None else self.members[i][1]


class Parser:
    """One pass over a text from left to right."""

    def __init__(self, data, max_depth=MAX_DEPTH, max_values=MAX_VALUES, wanted=None):
        self.data = data
        self.end = len(data)
        self.depth = 0
        self.values = 0
        self.max_depth = max_depth
        self.max_values = max_values
        self.repeated = None  # a Fault
        self.path = []  # of what is open: bytes, or None for an object that has no name yet
        self.wanted, self.found = wanted, None  # the offset of a value, and the path there

    def skip(self, at):
        return SPACE.match(self.data, at).end()

    def value(self, at):
        """The value that begins at this byte, no white space before it; and the byte after it."""
        data = self.data
        if at == self.wanted:
            self.found = self.path[:]
        if at >= self.end:
            raise Fault(self.end, ENDS)
        byte = data[at]
        if byte not in b'"{[' + LETTERS + NUMERIC:
            raise Fault(at, BAD_UTF8 if self.ill_formed(at) else NO_VALUE)
        # "the value that is one too many": it counts where it begins.
        self.values += 1
        if self.values > self.max_values:
            raise Fault(at, TOO_MANY)
        if byte == 0x22:
            text, at = self.string(at)
            return without_surrogates(text), at
        if byte == 0x7B:
            return self.object(at)
        if byte == 0x5B:
            return self.array(at)
        return self.word(at) if byte in LETTERS else self.number(at)

    def ill_formed(self, at):
        """Is there, outside of strings, a byte that is not part of well-formed UTF-8?"""
        if self.data[at] < 0x80:
            return False
        try:
            self.data[at:at + 4].decode()
        except UnicodeDecodeError as error:
            return error.start == 0
        return False

    def word(self, at):
        word, value = WORDS.get(self.data[at], (b" ", None))
        for i, byte in enumerate(word):
            if at + i >= self.end:
                raise Fault(self.end, ENDS)
            if self.data[at + i] != byte:
                raise Fault(at + i, BAD_UTF8 if self.ill_formed(at + i) else BAD_WORD)
        return value, self.end_of_word(at + len(word), BAD_WORD)

    def end_of_word(self, at, message):
        """Right after a word or number nothing may follow that could be more of it."""
        if at < self.end and self.data[at] in LETTERS + NUMERIC:
            raise Fault(at, message)
        return at

    def number(self, at):
        match = NUMBER.match(self.data, at)
        if match is None:  # a sign or point without a digit
            at += self.data[at] == 0x2D
            if at >= self.end:
                raise Fault(self.end, ENDS)
            raise Fault(at, BAD_UTF8 if self.ill_formed(at) else BAD_NUMBER)
        after = match.end()
        rest = self.data[after:after + 3]
        text = match.group()
        # Where the text could go on as a number but does not, the number is malformed there.
        bad = None
        if rest[:1] == b"." and not re.search(rb"[.eE]", text):
            bad = 1
        elif rest[:1] in (b"e", b"E") and not re.search(rb"[eE]", text):
            bad = 2 if rest[1:2] in (b"+", b"-") else 1
        if bad is not None:
            bad += after
            if bad >= self.end:
                raise Fault(self.end, ENDS)
            raise Fault(bad, BAD_UTF8 if self.ill_formed(bad) else BAD_NUMBER)
        self.end_of_word(after, BAD_NUMBER)
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise Fault(at, OUT_OF_RANGE)
        return value + 0.0 if value else 0.0, after

    def string(self, at):
        """The text of a string, unpaired surrogates as they are."""
        match = PLAIN.match(self.data, at)
        if match:
            try:
                return match.group()[1:-1].decode(), match.end()
            except UnicodeDecodeError as error:
                raise Fault(at + 1 + error.start, BAD_UTF8) from None
        return self.string_slowly(at + 1)

    def string_slowly(self, at):
        data = self.data
        units = []
        while True:
            if at >= self.end:
                raise Fault(self.end, ENDS)
            byte = data[at]
            if byte == 0x22:
                break
            if byte < 0x20:
                raise Fault(at, BAD_CONTROL)
            if byte == 0x5C:
                text, at = self.escape(at)
                units.append(text)
                continue
            run = re.compile(rb'[^"\\\x00-\x1f]+').match(data, at)
            try:
                units.append(run.group().decode())
            except UnicodeDecodeError as error:
                raise Fault(at + error.start, BAD_UTF8) from None
            at = run.end()
        # Pairs of surrogate escapes become one code point each.
        text = "".join(units).encode("utf-16-le", "surrogatepass")
        return text.decode("utf-16-le", "surrogatepass"), at + 1

    def escape(self, at):
        data = self.data
        letter = data[at + 1:at + 2]
        if letter in SIMPLE and letter:
            return SIMPLE[letter], at + 2
        if letter == b"u":
            digits = data[at + 2:at + 6]
            if re.fullmatch(rb"[0-9A-Fa-f]{4}", digits):
                return chr(int(digits, 16)), at + 6
            if re.fullmatch(rb"[0-9A-Fa-f]{0,3}", digits) and at + 2 + len(digits) >= self.end:
                raise Fault(self.end, ENDS)
        elif not letter:
            raise Fault(self.end, ENDS)
        raise Fault(at, BAD_ESCAPE)

    def deeper(self, at):
        self.depth += 1
        if self.depth > self.max_depth:
            raise Fault(at, TOO_DEEP)

    def array(self, at):
        self.deeper(at)
        self.path.append(b"0")
        elements, spans = Array(), []
        at = self.skip(at + 1)
        if self.data[at:at + 1] == b"]":
            at += 1
        else:
            while True:
                start = at
                self.path[-1] = b"%d" % len(elements)
                element, at = self.value(at)
                elements.append(element)
                spans.append((start, at))
                at, more = self.comma(at, 0x5D, NO_COMMA_ELEMENT)
                if not more:
                    break
        elements.spans = spans
        self.path.pop()
        self.depth -= 1
        return elements, at

    def object(self, at):
        self.deeper(at)
        self.path.append(None)
        members, spans, seen = [], [], set()
        at = self.skip(at + 1)
        if self.data[at:at + 1] == b"}":
            at += 1
        else:
            while True:
                if at >= self.end:
                    raise Fault(self.end, ENDS)
                if self.data[at] != 0x22:
                    raise Fault(at, BAD_UTF8 if self.ill_formed(at) else NO_NAME)
                where = at
                try:
                    name, at = self.string(at)
                except Fault as fault:
                    self.path[-1] = self.data[where + 1:fault.offset]
                    raise
                self.path[-1] = self.data[where + 1:at - 1]
                # whorl.1 INPUT: compared after unescaping, unpaired surrogates as they are.
                if name in seen and self.repeated is None:
                    self.repeated = Fault(where, REPEATED, self.path[:])
                seen.add(name)
                at = self.skip(at)
                if at >= self.end:
                    raise Fault(self.end, ENDS)
                if self.data[at] != 0x3A:
                    raise Fault(at, BAD_UTF8 if self.ill_formed(at) else NO_COLON)
                start = self.skip(at + 1)
                value, at = self.value(start)
                members.append((without_surrogates(name), value))
                spans.append((start, at))
                at, more = self.comma(at, 0x7D, NO_COMMA_MEMBER)
                if not more:
                    break
        self.path.pop()
        self.depth -= 1
        return Object(members, spans), at

    def comma(self, at, closing, message):
        at = self.skip(at)
        if at >= self.end:
            raise Fault(self.end, ENDS)
        if self.data[at] == closing:
            return at + 1, False
        if self.data[at] != 0x2C:
            raise Fault(at, BAD_UTF8 if self.ill_formed(at) else message)
        return self.skip(at + 1), True


def without_surrogates(text):
    """An unpaired surrogate reads as U+FFFD (whorl.1 INPUT)."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def parse(data, max_depth=MAX_DEPTH, max_values=MAX_VALUES):
    """A whole JSON text. Faults come in the order of whorl.1 DIAGNOSTICS, repeated names last."""
    parser = Parser(data, max_depth, max_values)
    start = parser.skip(0)
    try:
        value, at = parser.value(start)
    except Fault as fault:
        fault.path = parser.path
        raise
    at = parser.skip(at)
    if at != len(data):
        raise Fault(at, BAD_UTF8 if parser.ill_formed(at) else TRAILING)
    return value, start, parser.repeated


def parse_record(data, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH, max_values=MAX_VALUES):
    """One record: an Object, or a Fault."""
    if len(data) > max_bytes:
        raise Fault(max_bytes, TOO_LONG)
    value, start, repeated = parse(data, max_depth, max_values)
    if not isinstance(value, Object):
        raise Fault(start, NO_OBJECT)
    if repeated is not None:
        raise repeated
    return value


def path_at(data, offset):
    """The path of the value that begins at this offset of a record."""
    parser = Parser(data, len(data), len(data), offset)
    parser.value(parser.skip(0))
    return parser.found


def parse_json(data, max_values):
    """A JSON text of a catalog, by the rules and default limits of a record."""
    if len(data) > MAX_BYTES:
        raise Fault(MAX_BYTES, TOO_LONG)
    value, _, repeated = parse(data, max_values=max_values)
    if repeated is not None:
        raise repeated
    return value


# whorl-vector.5 CANONICAL TEXT

ESCAPED = re.compile('["\\\\\x00-\x1f]')
SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def quoted(text):
    return '"' + ESCAPED.sub(lambda m: SHORT.get(m[0]) or "\\u%04x" % ord(m[0]), text) + '"'


def utf16_order(name):
    """A sort key: names as sequences of UTF-16 code units (RFC 8785 section 3.2.3)."""
    return name.encode("utf-16-be")


def number_from_digits(negative, digits, n):
    """whorl-catalog.5 Text of numbers: the number 0.digits times 10^n."""
    k = len(digits)
    if k <= n <= 21:
        text = digits + "0" * (n - k)
    elif 0 < n < k:
        text = digits[:n] + "." + digits[n:]
    elif -6 < n <= 0:
        text = "0." + "0" * -n + digits
    else:
        text = digits if k == 1 else digits[0] + "." + digits[1:]
        text += "e" + ("+" if n - 1 >= 0 else "-") + str(abs(n - 1))
    return "-" + text if negative else text


@functools.lru_cache(1 << 16)
def number_text(number):
    """The shortest decimal that reads back; repr() finds it, the closest and even at a tie."""
    if number == 0:
        return "0"
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = whole + part
    n = len(whole) + int(exponent or 0)
    n -= len(digits) - len(digits.lstrip("0"))
    return number_from_digits(number < 0, digits.strip("0"), n)


def canonical(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    members = sorted(value.members, key=lambda member: utf16_order(member[0]))
    return "{" + ",".join(quoted(name) + ":" + canonical(item) for name, item in members) + "}"
