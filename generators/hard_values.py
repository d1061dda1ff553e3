"""The numbers and texts that generators/hard-records puts into records.

A value is None, True, False, a str (which may hold unpaired surrogates), a list, an Object, or
Raw bytes that are written as they are. Nothing here uses Python's Unicode tables or sorts by a
locale, so every version of Python 3 makes the same records."""
import random
import struct
from decimal import Context, Decimal

EXACT = Context(prec=1200)


class Raw(bytes):
    """Text, JSON or not, that is written byte for byte."""


class Object(list):
    """Members as pairs of a name and a value, in order; a name may occur twice."""


class Dice:
    """Chance by random() alone: the only method of which Python promises the same numbers in
    later versions."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, share):
        return self.random() < share

    def pick(self, what):
        return what[self.below(len(what))]

    def some(self, low, high, make):
        return [make(self) for _ in range(self.between(low, high))]

    def shuffled(self, what):
        left, new = list(what), []
        while left:
            new.append(left.pop(self.below(len(left))))
        return new


# Numbers --------------------------------------------------------------------------------------

NUMBERS = """0 -0 -0.0 -0e5 0e99999 0.0 1 1.0 1e0 10e-1 0.1e1 100E-2 1e5 1E5 1e+5 1e05 1E+0005 100000
1e15 1e16 1e17 1e20 1e21 1E+21 1e22 1e23 999999999999999900000 999999999999999934463 123456789012345680000
1000000000000000000000 0.1e22 0.001 0.0001 0.00001 0.000001 0.0000001 1e-6 1e-7 9.99e-7 1.5e-7 1e-10
5e-324 4.9e-324 2.4703282292062327e-324 2.4703282292062328e-324 3e-324 1e-323 2.2250738585072014e-308
2.2250738585072011e-308 1e-400 -1e-400 1e-99999999999999999999 1.7976931348623157e308 17976931348623157e292
1.7976931348623158e308 -1.7976931348623157E+308 9007199254740991 9007199254740992 9007199254740993
9007199254740994 9007199254740995 -9007199254740993 9007199254740993.0 9007199254740993.0000000000000001
9223372036854775807 9223372036854775808 -9223372036854775808 18446744073709551615 18446744073709551616
2147483647 2147483648 4294967295 4294967296 123456789012345678 0.1 0.2 0.3 0.30000000000000004
0.7999999999999999 1.7999999523162842 0.10000000149011612 0.30000001192092896 16777216 16777217 33554431.5
5.9604644775390625e-8 5.960464477539063e-8 1.1102230246251565e-16 9.313225746154785e-10
124.04347527516074 35.73833402246237 35.749968223273754 0.5 1.5 2.5 -0.5 -1.5 -2.5 0.125 -0.125 0.375 -0.375
0.285 1.005 1.115 2.675 -2.675 0.045 0.025 -0.025 0.05 0.075 1.4999999999999998 0.49999999999999994
4503599627370495.5 4503599627370496.5 -4503599627370497.5 3.9999999999999996 4 4.000000000000001 8 7.999 12 -3
3.4028234663852886e38 3.4028235677973366e38 1.401298464324817e-45 7.006492321624085e-46 1.17549435e-38
8640000000000000 1e-15 5e-16 2097152 1572864 524288 -524288 1.0000000000000002 0.9999999999999999
72057594037927945 7205759403792793.5 2.0e0 1.10 17 1e2 6.62607015e-34 8.41e21 2.0919495182368195e19
1.00000000000000011102230246251565404236316680908203125
1.00000000000000011102230246251565404236316680908203124
1.00000000000000011102230246251565404236316680908203126""".split()

OVERFLOWS = ["1e400", "-1e309", "1.7976931348623159e308", "1e99999999999999999999", "9" * 309,
             "2e308", "1e+1111", "0.1e310", "1797693134862315808e290"]

# Not numbers of JSON, though some readers take them.
NOT_NUMBERS = ["01", "-01", "+1", ".5", "5.", "1.e5", "1e", "1e+", "-", "--1", "0x10", "1_000",
               "NaN",
               "Infinity", "-Infinity", "-NaN", "1e5.5", "1,5", "1f", "1n", "0b1", "1e5e5",
               "\uff11", "1 2"]


def doubles(dice):
    """A finite double of one of the kinds that are hard to read, write or round."""
    kind = dice.below(6)
    while True:
        bits = int(dice.random() * 2**32) << 32 | int(dice.random() * 2**32)
        if kind == 1:  # a power of two or its neighbour: uneven gaps
            bits = (dice.below(2046) << 52) + dice.between(-1, 1) & 2**63 - 1
        if kind == 2:  # a float32
            value = struct.unpack("<f", struct.pack("<I", bits & 0xFFFFFFFF))[0]
        elif kind == 3:  # few binary digits after the point: ties when rounded
            value = (dice.below(20001) - 10000) / 2 ** dice.between(1, 12)
        elif kind == 4:  # a power of ten or its neighbour
            value = float(f"1e{dice.between(-320, 308)}")
            value *= 1 + dice.between(-1, 1) * 2**-52
        elif kind == 5:  # a decimal of browsers: times, sizes, ratios
            value = dice.below(10**9) / 10 ** dice.between(0, 9)
        else:
            value = struct.unpack("<d", struct.pack("<Q", bits))[0]
        if value == value and abs(value) != float("inf"):
            return value


def halfway(dice):
    """The decimal half way between two doubles to its last digit, or a little beside it."""
    low = abs(doubles(dice)) or 1.0
    bits = struct.unpack("<Q", struct.pack("<d", low))[0]
    high = struct.unpack("<d", struct.pack("<Q", bits + 1))[0]
    if high == float("inf"):
        low, high = 1.0, 1.0000000000000002
    middle = EXACT.divide(EXACT.add(Decimal(low), Decimal(high)), Decimal(2))
    sign, digits, exponent = middle.as_tuple()
    text = "".join(map(str, digits))
    kind = dice.below(3)
    if kind == 1:
        text, exponent = text + "0" * 30 + "1", exponent - 31
    elif kind == 2:
        text, exponent = text[:-1] + str(max(0, int(text[-1]) - 1)) + "9" * 20, exponent - 20
    return dice.chance(0.5), text, exponent


def spelled_number(dice, negative, digits, exponent):
    """DIGITS times ten to EXPONENT, in one of the many ways to write it."""
    digits = digits.lstrip("0") or "0"
    style = dice.below(4)
    if style == 0 and -40 < exponent < 40:  # no exponent
        if exponent >= 0:
            text = digits + "0" * (exponent if digits != "0" else 0)
        else:
            digits = digits.rjust(1 - exponent, "0")
            text = digits[:exponent] + "." + digits[exponent:]
        if dice.chance(0.2):
            text += ("" if "." in text else ".") + "0" * dice.between(1, 5)
        return ("-" if negative else "") + text
    if style == 1 and len(digits) > 1:  # a point somewhere
        at = dice.between(1, len(digits) - 1)
        text, exponent = digits[:at] + "." + digits[at:], exponent + len(digits) - at
    elif style == 2:  # a point before
        zeros = dice.below(4)
        text, exponent = "0." + "0" * zeros + digits, exponent + len(digits) + zeros
    else:
        text = digits
    if "." in text and dice.chance(0.3):
        text += "0" * dice.between(1, 20)
    sign = "-" if exponent < 0 else dice.pick(["", "+"])
    mark = dice.pick("eE") + sign + "0" * dice.pick([0, 0, 0, 1, 2, 12])
    return ("-" if negative else "") + text + mark + str(abs(exponent))


def literal(dice):
    """The text of a number that JSON allows and a double holds."""
    kind = dice.below(6)
    if kind < 2:
        return dice.pick(NUMBERS)
    if kind == 2:
        return spelled_number(dice, *halfway(dice))
    if kind == 3:
        length = dice.pick([16, 17, 18, 19, 20, 21, 22, 25, 40, 300])
        text = "".join(dice.pick("0123456789") for _ in range(length))
        return spelled_number(dice, dice.chance(0.3), text,
                              dice.pick([0, 0, -5, -length, -length - 8]))
    sign, digits, exponent = Decimal(repr(doubles(dice))).as_tuple()
    text = "".join(map(str, digits))
    if kind == 4:
        return repr(doubles(dice))
    return spelled_number(dice, sign, text, exponent)


def number(dice):
    if dice.chance(0.02):
        return Raw(dice.pick(OVERFLOWS + NOT_NUMBERS).encode())
    return Raw(literal(dice).encode())


def number_text(dice):
    """A string that is a number, or nearly."""
    text = dice.pick(NOT_NUMBERS + OVERFLOWS) if dice.chance(0.3) else literal(dice)
    around = ["", "", " ", "\u00a0", "\t\n", "\u2003", "\ufeff", "\u200b", "\x1c", "\x00"]
    return dice.pick(around) + text + dice.pick(around)


def numbers(dice):
    kind = dice.below(8)
    if kind == 0:
        return dice.some(0, 6, number)
    if kind == 1:
        return number_text(dice)
    if kind == 2:
        return Object((name, number(dice)) for name in "abc"[: dice.between(1, 3)])
    if kind == 3:
        return [Raw(n.encode()) for n in dice.shuffled(["1", "1.0", "1e0", "10", "9", "-0", "0",
                                                        "-1"])]
    return number(dice)


# Unicode --------------------------------------------------------------------------------------

def points(text):
    """Code points written as U+ without U+, a range as A-B."""
    found = []
    for word in text.split():
        low, _, high = word.partition("-")
        found += map(chr, range(int(low, 16), int(high or low, 16) + 1))
    return found


def sequences(text):
    """Sequences of such code points, one between two commas."""
    return ["".join(points(sequence)) for sequence in text.split(",")]


MARKS = points("""0300-0304 0307 0308 030A 0323 0327 0328 0331 0334 0338 0344 0345 034F 0360 05B0 05B4 05BC
05BF 064B 0651 0670 0670 093C 094D 0E38 0F71-0F75 0F80 1DCE 20D0 20DD 302A 3099 309A FE20 1D165 1D16D""")
# Marks that older tables do not know, so do not put in order: of 13.0, 14.0 and 15.0.
NEW_MARKS = points("""1ABF 1AC0 08D3 0898-089F 1AC1-1ACE 1DFA 10F82-10F85 1E2AE 10EFD-10EFF 11F41 11F42
1E4EC-1E4EF""")
# Assigned after 15.0, or never: marks, letters that later tables compose, fold or decompose.
UNASSIGNED = points("""0378 0897 1ACF-1AD1 10D69-10D6D 10EFC 113CE 113D0 1611E-16129 105C9 105D2 105E4 16121-16128
113C5 11383 11385 1C89 1C8A A7CB-A7CD A7DA-A7DC 10D50-10D55 10D70 16EA0 16EBB 1CCD6 1CCF0 10D40 11BF0 2FFC 31EF
2065 FFF0 E0000 E0FFF 10FFFE FDD0 FFFE FFFF EFFFF 2EBF0 323B0""")
LETTERS = points("""0041 0061 0065 006F 0055 03B1 03B7 03C9 0391 0410 0418 0438 0627 0915 0928 0930 3042 304B 30AB
AC00 AC01 D7A3 1100 1161 11A7 11A8 1F00 1F08 05D9 05F2 0F40 1025 1B05 11099 1109B 110A5 11131 11132 11347 114B9
115B8 11935 0C46 0CC6 0D46 0DD9 0B47 09C7 1D157 1D1B9 4E00""")
# Pairs that compose with the letters of Brahmi scripts above, and code points with singular,
# excluded or long decompositions.
SINGULAR = points("""00C5 00E9 0340 0341 0343 0344 0374 037E 0387 0958 095F 09DC 09DF 0B5C 0E33 0F43 0F73 0F75 0F77
0F81 1E9B 1F71 1FB4 1FBE 1FC1 1FEF 1FFD 2000 2001 2126 212A 212B 2329 2ADC F900 FA10 FACF FB1D FB1F FB2A-FB4F
FB2C 1D15E-1D164 1D1BB 2F800 2FA1D 1109A 110AB 1112E 1134B 114BC 115BA 11938""")
COMPAT = points("""00A0 00A8 00AA 00B2 00B5 00BC 0132 0133 013F 0149 017F 01C4-01CC 01F1 02D8 037A 03D2 03D3 03F4
1D2C 1E9A 2002 2011 2017 2024-2026 2033 2047 2057 20A8 2100 2103 2116 2121 215F 2160 2460 24D0 2A0C 2A74 3000 3131
3164 3200 320E 32FF 3300 33FF A69C A770 AB5C FB00-FB06 FB13 FB4F FC5E FDFA FDFB FDFC FE10 FE30 FE49 FE70 FE76 FE7F
FF01 FF10 FF21 FF76 FF9E FF9F FFA0 FFBE FFE3 10781 10783 1D400 1D455 1D6A8 1D7CE 1E030 1E06D 1EE00 1F100 1F12A 1F130
1FBF0 2F800""")
# What normalization makes syntax: quotes, backslashes, brackets, spaces.
SYNTAX = points("FF02 FF07 FF3C FF5B FF5D FF3B FF0C FF1A FE5F FE50 FE55 FE68 2033 FF0F 00A0 FE13 FF40 201C 275D")
FOLDS = points("""0049 0069 0130 0131 004B 212A 0053 017F 00DF 1E9E FB00-FB06 FB13-FB17 0149 01F0 0390 03B0 1FD3 1FE3
0345 1F80 1F88 1FB3 1FB4 1FBC 1FC2 1FFC 03A3 03C2 03C3 01C4-01C6 1E96-1E9B 1E9C 00B5 03BC 2126 03C9 1C80-1C88 A64A
10A0 2D00 10D0 1C90 13A0 AB70 13F8 10400 10428 118A0 16E40 1E900 2C2F 2C5F A7C0 A7D0 A7D6 A7D8 10570 A7AE 023A 2C65
0587 1F50 1F52 1FB6 1FB7""")
SPACES = points("""0009-000D 0020 0085 00A0 1680 2000-200A 2028 2029 202F 205F 3000 001C-001F 180E 200B 2060 FEFF 00AD
200C 200D 115F 3164 2800""")
CONTROLS = points("""0000-001F 007F 0080 0085 009F 00AD 0600 061C 06DD 070F 08E2 180E 200B-200F 202A-202E 2060-2064 2066
206F FEFF FFF9 110BD 110CD 13430 1343F 1BCA0 1D173 E0001 E0041 E007F 2028 2029 034F 115F FE0F E0100""")
DIGITS = points("""0030 0039 00B2 00BD 0660 0669 06F0 0966 09E6 0BE6 0BF0 0E50 0F20 0F2A 1040 17E0 1369 1810 1946 19D0
19DA 1A80 2070 2080 2460 3007 4E00 A620 A8D0 A9D0 AA50 ABF0 FF10 FF19 104A0 10D30 11066 110F0 111D0 11450 11730 11950
11DA0 11F50 16A60 16AC0 1D7CE 1D7D8 1D7FF 1E140 1E2F0 1E4F0 1E950 1F100 1FBF0 11C5A 10D40 1CCF0""")
PLAIN = list("abcXYZ019 -_./\"\\'<>&\x7f\n\t")

SEQUENCES = sequences("""0041 030A, 0061 0323 0301, 0061 0301 0323, 00E1 0323, 1EA1 0301, AC00 11A7, 1100 1161 11A7,
AC00 11A8, AC01 11A8, 1100 1161 11A8, 1100 1161 0300 11A8, AC00 11A7 11A8, 1112 1175 11C2, 1112 1175 11C3, 1113 1161,
1100 1176, 115F 1161, 1100 1160, A960 1161, D7B0, FB1D, 05D9 05B4, 05F2 05B7, 0061 0345 0301, 03B1 0345 0301,
03B1 0301 0345, 1FB4, 03B1 0313 0301 0345, 0391 0345, 0915 093C, 0958, 0F71 0F72 0F74, 0F73 0F74, 0344, 0308 0301, 2ADC,
2ADD 0338, 212B, 1F468 200D 1F469 200D 1F467, 1F44D 1F3FD, 1F1E9 1F1EA, 0031 FE0F 20E3, 2764 FE0F 200D 1F525,
1F3F4 E0067 E0062 E0065 E006E E0067 E007F, 0061 200D 0301, 0061 034F 0301, 09C7 09BE, 09C7 0300 09BE, 0DD9 0DCF 0DCA,
0CC6 0CC2 0CD5, 11099 110BA, 11131 11127, 11347 11357, 114B9 114BA, 115B8 115AF, 11935 11930, 0B47 0B56, 1025 102E,
1B05 1B35, 30AB 3099, 30AB FF9E, FF76 FF9E, FF76 3099, 0061 20D0 0301, 0061 0334 0327 0363 0301, 03B1 0363 0345 0301, 0061 1E4EE 0301, 0061 1DFA 0301, 0061 0898 0323, 105D2 0307,
0061 0378 0301, 0061 0897 0323, 0061 1ACF 0301, 11383 113C2, 113C5 113C2, 006E 0303 0378 006E 0303, 0049 0307, 0130, 0069 0307,
03A3, 0391 03A3, 0391 03A3 0020, 039F 03A3 0301, 0053 0053, 1E9E, 004A 030C, 01F0 0323, 0390, 1FD3, 03B9 0308 0301,
02BC 006E, 0149, FB05, FB06, FF02 002C FF02, FF3C 0075 FF10 FF10, 2100, FDFA, 1D15E, 1D160 0300, 0CF3, 1E030, 10781""")


def surrogates(dice):
    """Halves of pairs, paired or not; written as escapes where they are not."""
    return dice.pick(["\ud800", "\udc00", "\udc00\ud800", "\ud800A", "\ud800\ud800\udc00", "\udfff",
                      "\udbff",
                      "\ud83d", "\ude00", "\ud83d\ude00", "\ud800\uffff", "e\ud8340\u0301"])


def long_run(dice):
    """More marks than a stream-safe text has, in an order that is costly to put right."""
    marks = dice.pick([["\u0323", "\u0301"], ["\u0345", "\u0301", "\u0323", "\u0334"], MARKS,
                       NEW_MARKS, ["\u0301"],
                       ["\u1161", "\u11a8"], ["\u3099"], UNASSIGNED])
    length = dice.pick([29, 30, 31, 32, 33, 64, 200, 1000, 3000])
    if dice.chance(0.5):
        run = "".join(marks[i * len(marks) // length] for i in range(length))
    else:
        run = "".join(dice.pick(marks) for _ in range(length))
    return dice.pick(["", "a", "\u03b1", "\uac00"]) + run


def syllables(dice):
    parts = points("1100 1112 1113 115F 1161 1175 1176 1160 11A7 11A8 11C2 11C3 AC00 AC01 AC1C D7A3 D788 0301")
    return "".join(dice.some(2, 6, lambda d: d.pick(parts)))


def unicode_text(dice):
    kind = dice.below(12)
    if kind == 0:
        return long_run(dice) if dice.chance(0.4) else syllables(dice)
    if kind == 1:
        return syllables(dice)
    if kind == 2:
        return surrogates(dice) + dice.pick(["", "a", "\u0301"])
    if kind < 6:
        return "".join(dice.some(1, 3, lambda d: d.pick(SEQUENCES)))
    pools = [MARKS, MARKS, NEW_MARKS, UNASSIGNED, LETTERS, LETTERS, SINGULAR, COMPAT, SYNTAX, FOLDS,
             SPACES, CONTROLS,
             DIGITS, PLAIN]
    if kind < 9:
        pools = [dice.pick(pools), dice.pick(pools)]
    text = "".join(dice.some(1, 10, lambda d: d.pick(d.pick(pools))))
    if dice.chance(0.1):  # any code point at all
        text += chr(dice.below(0x110000))
    if dice.chance(0.2):
        text = dice.pick(SPACES) + text + dice.pick(SPACES)
    return text


# Ill-formed UTF-8: overlong, surrogates, beyond U+10FFFF, cut off, alone.
ILL_FORMED = [b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xe0\x9f\xbf", b"\xf0\x80\x80\x80",
              b"\xf0\x8f\xbf\xbf",
              b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf4\x90\x80\x80",
              b"\xf5\x80\x80\x80",
              b"\xff", b"\xfe", b"\x80", b"\xbf", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"a\x80",
              b"\xe9", b"\xc3("]


def unicode_value(dice):
    kind = dice.below(10)
    if kind == 0:
        return dice.some(1, 4, unicode_text)
    if kind == 1:
        return Object((unicode_text(dice) + str(i),
                       unicode_text(dice)) for i in range(dice.between(1, 3)))
    if dice.chance(0.02):
        return Raw(b'"' + dice.pick([b"", b"ab"]) + dice.pick(ILL_FORMED) + b'"')
    return unicode_text(dice)
