"""Numbers by exact arithmetic: whorl-catalog.5 Numbers."""
import math
import re
from fractions import Fraction

import numpy

HALF = Fraction(1, 2)
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def parse(text):
    """A JSON number in range as a double that is never -0, or None."""
    if not JSON_NUMBER.fullmatch(text):
        return None
    number = float(text)
    return None if math.isinf(number) else number + 0.0


def to_multiple(number, unit):
    """To the nearest multiple of unit, exactly, ties toward +infinity; then the nearest double."""
    multiple = math.floor(Fraction(number) / unit + HALF) * unit
    try:
        return float(multiple) + 0.0
    except OverflowError:
        return number


def magnitude(number):
    """The e of the largest power of ten that is not above the number without its sign."""
    exact = abs(Fraction(number))
    e = math.floor(math.log10(abs(number)))
    while Fraction(10) ** e > exact:
        e -= 1
    while Fraction(10) ** (e + 1) <= exact:
        e += 1
    return e


def to_digits(number, n):
    if number == 0:
        return number
    return to_multiple(number, Fraction(10) ** (magnitude(number) - n + 1))


def to_float32(number):
    with numpy.errstate(over="ignore", under="ignore"):
        single = numpy.float32(number)
    if numpy.isinf(single):
        return number
    if single == 0:
        return 0.0
    exact = Fraction(abs(float(single)))
    wanted = abs(single)
    e = magnitude(float(single))
    # The fewest digits first; the two decimals of k digits around the single are the only
    # ones that can be the closest that reads back.
    for k in range(1, 20):
        unit = Fraction(10) ** (e - k + 1)
        below = math.floor(exact / unit)
        found = [m for m in (below, below + 1) if reads_as(m * unit, wanted)]
        if found:
            best = min(found, key=lambda m: (abs(m * unit - exact), m % 2))
            return math.copysign(float(best * unit), number)
    raise AssertionError


def reads_as(decimal, single):
    """Is single the nearest float32 of this exact number, ties to even?"""
    bits = int(single.view(numpy.uint32))
    if decimal == 0:
        return False
    def value(pattern):
        if pattern == 0x7F800000:
            return Fraction(2) ** 128
        return Fraction(float(numpy.uint32(pattern).view(numpy.float32)))
    low = (value(bits - 1) + value(bits)) / 2
    high = (value(bits) + value(bits + 1)) / 2
    if bits % 2 == 0:
        return low <= decimal <= high
    return low < decimal < high


def log2(number):
    return float(math.frexp(number)[1] - 1) + 0.0 if number > 0 else number


def decimal_parts(text):
    """A JSON number as (integer mantissa, power of ten), exact whatever the exponent."""
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, part = mantissa.partition(".")
    m, e = int(whole + part), int(exponent or 0) - len(part)
    while m and m % 10 == 0:
        m, e = m // 10, e + 1
    return m, (e if m else 0)


def exact_integer(text, low, high):
    """The integer that the text of a number says, to the last digit, if within range; or None."""
    m, e = decimal_parts(text)
    if e < 0 or e > 40:
        return None
    value = m * 10 ** e
    return value if low <= value <= high else None
