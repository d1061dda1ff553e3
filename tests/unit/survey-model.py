#!/usr/bin/env python3
"""survey-model: what the modules of src/survey must give, by other means: decimals of 60 digits and
the formulas as they are published. test-distinct.c has what it prints.

    survey-model.py distinct"""
import sys
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 60
LN2 = Decimal(2).ln()
MASK = (1 << 64) - 1


def splitmix64(seed):
    """The hashes of both tests: SplitMix64 (Steele, Lea and Flood, 2014)."""
    state = seed
    while True:
        state = state + 0x9E3779B97F4A7C15 & MASK
        x = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & MASK
        x = (x ^ x >> 27) * 0x94D049BB133111EB & MASK
        yield x ^ x >> 31


def sigma(x):
    """The function of the registers that are 0, by Ertl 2017."""
    total, factor, before = x, Decimal(1), None
    while total != before:
        x, before = x * x, total
        total, factor = total + x * factor, factor * 2
    return total


def tau(x):
    """That of the registers of the highest value."""
    if x in (0, 1):
        return Decimal(0)
    total, factor, before = 1 - x, Decimal(1), None
    while total != before:
        x, before, factor = x.sqrt(), total, factor / 2
        total -= (1 - x) ** 2 * factor
    return total / 3


def estimate(registers):
    """The improved raw estimator of Ertl 2017, with p = 10 and q = 54."""
    m, q = 1024, 54
    counts = [0] * (q + 2)
    for r in registers:
        counts[r] += 1
    if counts[0] == m:
        return 0
    z = m * tau(1 - Decimal(counts[q + 1]) / m)
    for k in range(q, 0, -1):
        z = (z + counts[k]) / 2
    z += m * sigma(Decimal(counts[0]) / m)
    return int((m * m / (2 * LN2) / z).quantize(Decimal(1), ROUND_HALF_UP))


def register(registers, value):
    index, rest = value >> 54, value & (1 << 54) - 1
    registers[index] = max(registers[index], 55 - rest.bit_length())


def distinct():
    for seed in 1, 2, 3:
        registers, hashes = [0] * 1024, splitmix64(seed)
        for n in range(1, 1000001):
            register(registers, next(hashes))
            if n in (1, 2, 3, 10, 100, 500, 1000, 2500, 10000, 100000, 1000000):
                print(f'    {{{seed}, {n}, {estimate(registers)}}},')
    for count, rank in (1023, 1), (1024, 1), (1024, 2), (1, 55), (512, 30), (1024, 30):
        print(f'    {{{count}, {rank}, {estimate([rank] * count + [0] * (1024 - count))}}},')


if __name__ == '__main__':
    {'distinct': distinct}[sys.argv[1]]()
