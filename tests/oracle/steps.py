"""Normalizers: their grammar, canonical spelling and the general steps (whorl-catalog.5)."""
import math
import re
from fractions import Fraction

import numbers_exact
import steps_browser as browser
import steps_locale as locale
import steps_media as media
import steps_net as net
import text as unicode_text
from jsontext import Array, Fault, Object, Parser, canonical, utf16_order

UNDEFINED = ("undefined",)
EXCLUDED = ("excluded",)

ARGUMENTS = 4096  # of a step


class BadPipeline(Exception):
    pass


class Argument:
    """kind is json, number or word; text as written; value what it means, of so many values."""

    def __init__(self, kind, text, value, values=1):
        self.kind = kind
        self.text = text
        self.value = value
        self.values = values

    def spelled(self):
        return canonical(self.value) if self.kind == "json" else self.text


# Grammar

class Reader:
    NAME = re.compile("[A-Za-z0-9._-]+")
    BARE = re.compile("[A-Za-z0-9._+-]+")

    def __init__(self, text):
        self.text = text
        self.at = 0

    def peek(self):
        return self.text[self.at:self.at + 1]

    def spaces(self):
        start = self.at
        while self.peek() == " ":
            self.at += 1
        return self.at > start

    def pipeline(self, depth):
        """The steps up to the end of the text, or in each up to its ')'."""
        steps = []
        self.spaces()
        apart = True
        while self.at < len(self.text) and not (depth and self.peek() == ")"):
            if not apart:
                raise BadPipeline("no space between steps")
            steps.append(self.step(depth))
            apart = self.spaces()
        return steps

    def step(self, depth):
        match = self.NAME.match(self.text, self.at)
        if not match:
            raise BadPipeline("expected a step")
        name = match[0]
        self.at = match.end()
        if name not in STEPS:
            raise BadPipeline("no such step: " + name)
        if name == "each":
            return self.each(depth)
        arguments = []
        if self.peek() == "(":
            self.at += 1
            arguments = self.arguments()
        return Step(name, arguments)

    def each(self, depth):
        if self.peek() != "(":
            raise BadPipeline("each takes steps")
        if depth >= 4:  # an each is inside at most three others
            raise BadPipeline("each is nested too deep")
        self.at += 1
        steps = self.pipeline(depth + 1)
        if self.peek() != ")" or not steps:
            raise BadPipeline("each takes steps")
        self.at += 1
        return Each(steps)

    def arguments(self):
        found = []
        while True:
            self.spaces()
            if len(found) == ARGUMENTS:
                raise BadPipeline("too many arguments")
            found.append(self.argument())
            self.spaces()
            mark = self.peek()
            self.at += 1
            if mark == ")":
                return found
            if mark != ",":
                raise BadPipeline("expected , or )")

    def argument(self):
        if self.peek() and self.peek() in '"[{':
            data = self.text[self.at:].encode()
            parser = Parser(data)
            try:
                value, end = parser.value(0)
            except Fault as fault:
                raise BadPipeline(fault.message) from None
            if parser.repeated is not None:
                raise BadPipeline("a name twice")
            text = data[:end].decode()
            self.at += len(text)
            return Argument("json", text, value, parser.values)
        match = self.BARE.match(self.text, self.at)
        if not match:
            raise BadPipeline("expected an argument")
        self.at = match.end()
        text = match[0]
        if numbers_exact.JSON_NUMBER.fullmatch(text):
            number = numbers_exact.parse(text)
            if number is None:
                raise BadPipeline("number out of range")
            return Argument("number", text, number)
        if not self.NAME.fullmatch(text):
            raise BadPipeline("not a word")
        return Argument("word", text, {"true": True, "false": False, "null": None}.get(text, text))


def parse_pipeline(text):
    steps = Reader(text).pipeline(0)
    if any(step.name == "retired" for step in steps) and len(steps) > 1:
        raise BadPipeline("retired is a whole pipeline")
    return steps


def spelled(steps):
    return " ".join(step.spelled() for step in steps)


def items(steps):
    """Steps, their arguments and the values in them."""
    return sum(1 + (items(step.steps) if isinstance(step, Each)
                    else sum(argument.values for argument in step.arguments)) for step in steps)


def tables_of(steps):
    found = set()
    for step in steps:
        found |= tables_of(step.steps) if isinstance(step, Each) else {TABLES.get(step.name)}
    return found - {None}


# Running: a value, or ("undefined",), ("error", class) or ("excluded",)

def is_state(result):
    return isinstance(result, tuple)


def run(steps, value):
    for step in steps:
        value = step.run(value)
        if is_state(value):
            break
    return value


def type_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


class Step:
    def __init__(self, name, arguments):
        types, check, function = STEPS[name]
        if check is None and arguments:
            raise BadPipeline(name + " takes no arguments")
        self.name = name
        self.arguments = arguments
        self.types = types.split()
        self.function = function
        self.extra = check(arguments) if check else ()

    def spelled(self):
        if not self.arguments:
            return self.name
        return self.name + "(" + ",".join(a.spelled() for a in self.arguments) + ")"

    def run(self, value):
        if self.types != ["any"] and type_of(value) not in self.types:
            return value
        return self.function(value, *self.extra)


class Each:
    name = "each"

    def __init__(self, steps):
        if any(step.name == "retired" for step in steps):
            raise BadPipeline("retired is not allowed in each")
        self.steps = steps

    def spelled(self):
        return "each(" + spelled(self.steps) + ")"

    def run(self, value):
        if not isinstance(value, list):
            return value
        results = (run(self.steps, element) for element in value)
        return Array(result for result in results if not is_state(result))


# Arguments

def whole_numbers(*limits):
    """So many whole numbers, each within its limits."""
    def check(arguments):
        if len(arguments) != len(limits):
            raise BadPipeline("wrong number of arguments")
        for argument, (low, high) in zip(arguments, limits):
            if argument.kind != "number" or not low <= argument.value <= high \
                    or argument.value != int(argument.value):
                raise BadPipeline("not a whole number in range")
        return tuple(int(argument.value) for argument in arguments)
    return check


def unit(arguments):
    """step(n): the decimal as written, of at most 17 digits without zeros at either end."""
    if len(arguments) != 1 or arguments[0].kind != "number":
        raise BadPipeline("step takes a number")
    m, e = numbers_exact.decimal_parts(arguments[0].text)
    if m <= 0 or len(str(m)) > 17 or e < -400 or e > 400:
        raise BadPipeline("not a unit")
    exact = m * Fraction(10) ** e
    if exact < Fraction(1, 10 ** 300):
        raise BadPipeline("unit too small")
    return (exact,)


def edges(arguments):
    values = [a.value for a in arguments]
    if not values or any(a.kind != "number" for a in arguments):
        raise BadPipeline("bucket takes numbers")
    if any(b <= a for a, b in zip(values, values[1:])):
        raise BadPipeline("edges ascend")
    return (values,)


def members(arguments):
    """pick: names or indexes, each once."""
    names = []
    for a in arguments:
        if isinstance(a.value, (list, Object)):
            raise BadPipeline("pick takes names or indexes")
        names.append(a.value if isinstance(a.value, str) else a.text)
    if not names or len(set(names)) < len(names):
        raise BadPipeline("each once")
    quoted = [a.kind == "json" for a in arguments]
    return (list(zip(names, quoted)),)


def values_given(arguments):
    if not arguments:
        raise BadPipeline("needs values")
    return ({canonical(a.value) for a in arguments},)


def separator(arguments):
    """split: one text."""
    if len(arguments) != 1 or isinstance(arguments[0].value, (list, Object)):
        raise BadPipeline("split takes a text")
    a = arguments[0]
    found = a.value if isinstance(a.value, str) else a.text
    if not found:
        raise BadPipeline("split takes a text that is not empty")
    return (found,)


def class_and_values(arguments):
    if len(arguments) < 2 or not isinstance(arguments[0].value, str) or \
            not re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,63}", arguments[0].value):
        raise BadPipeline("needs a class and values")
    return (arguments[0].value, *values_given(arguments[1:]))


# Steps

def num(text):
    number = numbers_exact.parse(unicode_text.trim(text))
    return text if number is None else number


def percent(text):
    """RFC 3986 section 2.1."""
    decoded = re.sub(b"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), text.encode())
    try:
        return decoded.decode()
    except UnicodeDecodeError:
        return text


def split(text, at):
    parts = text.split(at)
    return Array(parts) if len(parts) <= 65536 else text


def bucket(number, edge_values):
    return max([edge for edge in edge_values if edge <= number], default=edge_values[0])


def sort_key(value):
    if value is None or isinstance(value, bool):
        return (0, [None, False, True].index(value))
    if isinstance(value, float):
        return (1, value)
    if isinstance(value, str):
        return (2, value.encode())
    return (3 if isinstance(value, list) else 4, canonical(value).encode())


def sort_num(array):
    if not all(isinstance(value, float) for value in array):
        return array
    return Array(sorted(array))


def uniq(array):
    out, before = Array(), None
    for value in array:
        key = canonical(value)
        if key != before:
            out.append(value)
        before = key
    return out


def length(value):
    return float(len(value.members if isinstance(value, Object) else value))


def names_sorted(names):
    return Array(sorted(names, key=utf16_order))


def pick(value, arguments):
    if isinstance(value, Object):
        found = []
        for name, _ in arguments:
            # Of names that read alike pick finds the last.
            i = value.find(name)
            found += [] if i is None else [value.members[i]]
        if len(arguments) == 1:
            return found[0][1] if found else UNDEFINED
        return Object(found) if found else UNDEFINED
    found = Array()
    for name, quoted in arguments:
        if not quoted and re.fullmatch("0|[1-9][0-9]{0,8}", name) and int(name) < len(value):
            found.append(value[int(name)])
    if not found:
        return UNDEFINED
    return found[0] if len(arguments) == 1 else found


def undefined_if(value, given):
    return UNDEFINED if canonical(value) in given else value


def error_if(value, name, given):
    return ("error", name) if canonical(value) in given else value


def enum(value, given):
    return value if canonical(value) in given else "other"


def boolean(value):
    if isinstance(value, float):
        return {1.0: True, 0.0: False}.get(value, value)
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    return words.get(unicode_text.ascii_lower(value), value)


# name: the types it takes, the check of its arguments or None, what it does
STEPS = {
    "nfc": ("string", None, unicode_text.nfc),
    "nfkc": ("string", None, unicode_text.nfkc),
    "trim": ("string", None, unicode_text.trim),
    "squeeze": ("string", None, unicode_text.squeeze),
    "lower": ("string", None, unicode_text.lower),
    "fold": ("string", None, unicode_text.fold),
    "digits": ("string", None, unicode_text.digits),
    "strip-control": ("string", None, unicode_text.strip_control),
    "percent": ("string", None, percent),
    "split": ("string", separator, split),
    "num": ("string", None, num),
    "int": ("number", None, lambda x: float(math.trunc(x)) + 0.0),
    "round": ("number", whole_numbers((0, 15)),
              lambda x, dp: numbers_exact.to_multiple(x, Fraction(1, 10 ** dp))),
    "sig": ("number", whole_numbers((1, 17)), numbers_exact.to_digits),
    "step": ("number", unit, numbers_exact.to_multiple),
    "f32": ("number", None, numbers_exact.to_float32),
    "bucket": ("number", edges, bucket),
    "log2": ("number", None, numbers_exact.log2),
    "sort": ("array", None, lambda a: Array(sorted(a, key=sort_key))),
    "sort-num": ("array", None, sort_num),
    "uniq": ("array", None, uniq),
    "each": ("array", None, None),
    "first": ("array", None, lambda a: a[0] if a else UNDEFINED),
    "len": ("string array object", None, length),
    "keys": ("object", None, lambda o: names_sorted(name for name, _ in o.members)),
    "true-keys": ("object", None, lambda o: names_sorted(n for n, v in o.members if v is True)),
    "values": ("object", None,
               lambda o: Array(v for _, v in sorted(o.members, key=lambda m: utf16_order(m[0])))),
    "pick": ("array object", members, pick),
    "undefined-if": ("any", values_given, undefined_if),
    "error-if": ("any", class_and_values, error_if),
    "bool": ("string number", None, boolean),
    "enum": ("any", values_given, enum),
    "retired": ("any", None, lambda _: EXCLUDED),
    "language": ("string", None, locale.language),
    "languages": ("array", None, locale.languages),
    "accept-language": ("string", None, locale.accept_language),
    "timezone": ("string", None, locale.timezone),
    "ua": ("string", None, browser.ua),
    "ua-family": ("string", None, browser.ua_name("browser")),
    "ua-major": ("string", None, browser.ua_version("browser")),
    "ua-os": ("string", None, browser.ua_name("os")),
    "ua-os-major": ("string", None, browser.ua_version("os")),
    "ua-engine": ("string", None, browser.ua_name("engine")),
    "ua-mobile": ("string", None, browser.ua_mobile),
    "version": ("string", whole_numbers((1, 9)), browser.version),
    "brands": ("string array", None, browser.brands),
    "platform": ("string", None, browser.platform),
    "renderer": ("string", None, browser.renderer),
    "gpu-class": ("string", None, browser.gpu_class),
    "color": ("string", None, media.color),
    "mime": ("string", None, media.mime),
    "data-url": ("string", None, media.data_url),
    "ip": ("string", whole_numbers((0, 32), (0, 128)), net.ip),
    "ja3-sort": ("string", None, net.ja3_sort),
    "ja4": ("string", None, net.ja4),
}

# DIGEST, item 4: the table that a step reads.
TABLES = {"language": "language", "languages": "language", "accept-language": "language",
          "timezone": "timezone", "platform": "platform", "gpu-class": "gpu"}
TABLES.update(dict.fromkeys(["ua-family", "ua-major", "ua-os", "ua-os-major", "ua-engine",
                             "ua-mobile"], "ua"))
