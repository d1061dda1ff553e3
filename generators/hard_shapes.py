"""The values that generators/hard-records puts into records for their JSON, their order and their states."""
from hard_values import PLAIN, Object, Raw, number, unicode_text


def nested(dice, depth, shape=None):
    """Arrays, objects or both, one in the other, DEPTH deep; written directly, since it is as
    deep as no walk over values should be."""
    opened, closed = [], []
    shape = dice.pick(["[", "{", "mixed"]) if shape is None else shape
    for _ in range(depth):
        if shape == "[" or shape == "mixed" and dice.chance(0.5):
            opened.append(b"[")
            closed.append(b"]")
        else:
            opened.append(b'{"a":')
            closed.append(b"}")
    if opened and opened[-1] != b"[":
        opened.append(b"0")
    return Raw(b"".join(opened + closed[::-1]))


def plain_text(dice):
    return "".join(dice.some(0, 8, lambda d: d.pick(PLAIN)))


def anything(dice, depth=0):
    kind = dice.below(10 if depth < 4 else 7)
    if kind < 3:
        return dice.pick([None, True, False, "", Object(), []])
    if kind < 5:
        return number(dice) if dice.chance(0.5) else Raw(b"%d" % dice.below(100))
    if kind < 7:
        return unicode_text(dice) if dice.chance(0.3) else plain_text(dice)
    if kind == 7:
        names = dict.fromkeys(dice.some(0, 4, any_name))
        return Object((name, anything(dice, depth + 1)) for name in names)
    return dice.some(0, 4, lambda d: anything(d, depth + 1))


NAMES = ["", "a", "b", "A", "aa", "__proto__", "constructor", "toString", "length",
         "hasOwnProperty", "a.b", "a/b", "a~b",
         "0", "1", "9", "10", "01", "-1", "1e3", "\u00e9", "e\u0301", "\u212a", "k", "\U00010000",
         "\U0001f600", "\ue000", "\uff5e",
         "\uffff", "\ufffd", "\u00df", "ss", "\x00", "\x7f", "\"", "\\", "\n", " ", "\u2028",
         "error", "value", "name", "true",
         "null", "\u0000a", "\ud7ff", "\ufb33", "\u20ac", "\r", "1\u0301"]


def any_name(dice):
    return dice.pick(NAMES) if dice.chance(0.8) else unicode_text(dice)


def json_value(dice):
    kind = dice.below(12)
    if kind == 0:
        return nested(dice, dice.pick([2, 10, 30, 60]))
    if kind == 1:
        return "".join(dice.some(1, 4, plain_text)) * dice.pick([1, 1, 1, 100, 1000])
    if kind == 2:  # every control character, and characters beside them
        return "".join(chr(c) for c in range(dice.between(1, 128))) + dice.pick(["", "\u2028\u2029",
                "</script>", "\x7f"])
    if kind == 3:
        return dice.pick([None, True, False, "", [], Object(), [[]], [Object()], Object([("", "")]),
                          [None], [""]])
    if kind == 4:
        value = dice.some(1, 3, plain_text)
        for _ in range(dice.below(5)):
            value = [value]
        return value
    return anything(dice)


def names_in_order(dice):
    names = list(dict.fromkeys(dice.some(2, 10, any_name)))
    return Object((name, dice.pick([True, True, False, Raw(b"1"),
                                    None])) for name in dice.shuffled(names))


def order_value(dice):
    kind = dice.below(8)
    if kind < 3:
        return names_in_order(dice)
    if kind == 3:  # equal values, spelled apart
        same = [Raw(b"1"), Raw(b"1.0"), Raw(b"10e-1"), Raw(b"-0"), Raw(b"0"), "a",
                Raw(b'"\\u0061"'),
                Raw(b'{"a":1,"b":2}'), Raw(b'{"b":2.0,"\\u0061":1}'), Raw(b"[ ]"), [], "\u00e9",
                "e\u0301"]
        return dice.some(2, 9, lambda d: d.pick(same))
    if kind == 4:  # names that read alike once unpaired surrogates are U+FFFD
        pairs = Object((name, Raw(b"%d" % i)) for i, name in enumerate(["\ud800", "\ud801",
                "\ufffd", "a", "\udfff"]))
        return Object(dice.shuffled(pairs)[: dice.between(2, 5)])
    if kind == 5:  # text against quoted text, bytes against UTF-16 units and locales
        texts = ["a", "a!", "a ", "a\"", "a\\", "A", "b", "B", "\u00e9", "e", "z", "\U00010000",
                 "\uffff", "", "10", "9", "\x00", "a\x01",
                 "\u0130", "i", "I", "\u00e4", "_", "~", "a-b", "ab", "a\u0301"]
        return dice.some(2, 12, lambda d: d.pick(texts))
    if kind == 6:
        kinds = [None, False, True, Raw(b"10"), Raw(b"9"), Raw(b"-1e3"), "10", "9", [], [Raw(b"2")],
                 [Raw(b"10")], Object(),
                 Object([("a", Raw(b"1"))]), Object([("b", Raw(b"0")), ("a", Raw(b"1"))]), "",
                 "true", "null"]
        return dice.some(2, 12, lambda d: d.pick(kinds))
    return dice.some(2, 6, names_in_order)


def error_text(dice):
    word = dice.pick(["TypeError", "_x9", "", "9x", "x" * 63, "x" * 64, "x" * 65, "Not Found",
                      "E\u00e9", "a-b", "NotSupportedError"])
    return word + dice.pick(["", ":", ": no", " : no", "\x00", "\n", "\uff1a", ";"])


def marker(dice):
    """An error marker, or what looks like one."""
    inner = dice.pick([None, True, Raw(b"7"), [], "", "TypeError: x"])
    value = dice.pick([error_text, error_text, lambda d: inner,
                       lambda d: Object([("name", error_text(d))]),
                       lambda d: Object([("message", error_text(d)),
                                         ("name", d.pick([error_text(d), Raw(b"1"), None]))]),
                       lambda d: Object([("message", error_text(d))]), lambda d: Object()])(dice)
    members = Object([("error", value)])
    if dice.chance(0.25):
        members.append(dice.pick([("duration", Raw(b"1")), ("value", Raw(b"1")), ("stack", ""),
                                  ("", None), ("Error", "X")]))
    return Object(dice.shuffled(members))


def states_value(dice):
    kind = dice.below(8)
    if kind < 3:
        return marker(dice)
    if kind == 3:
        return Object([(dice.pick(["value", "duration", "valve", "name"]),
                        dice.pick([None, marker(dice), Raw(b"1"), "x"]))])
    if kind == 4:
        return [dice.pick([None, marker(dice), Raw(b"1"), "x"]) for _ in range(dice.below(3))]
    if kind == 5:
        return dice.pick([None, True, False, "", Raw(b"0"), Raw(b"1"), Raw(b"-1"), "yes", "NO",
                          "oN", "\uff4fn", "tRue", "0", " 1",
                          "other", "granted", "Granted", "audioTimeout", [], Object(), Raw(b"1.0"),
                          Raw(b"10e-1"), [None]])
    if kind == 6:
        return Object([("name", dice.pick([None, "n", marker(dice)])),
                       ("value", anything(dice, 3))])
    return anything(dice, 3)
