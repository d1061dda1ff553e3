#!/usr/bin/env python3
"""survey-model: what the modules of src/survey must give, by other means: decimals of 60 digits and
the formulas as they are published. test-distinct.c and test-frequent.c have what it prints.

    survey-model.py distinct | frequent"""
import sys
from collections import Counter
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, getcontext

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


def zipf(seed, levels):
    """Values below 2^levels, value v about as often as 1 / v; with one level always 1."""
    for x in splitmix64(seed):
        level = x % levels
        yield 1 << level | x >> 32 & (1 << level) - 1


def space_saving(hashes):
    """Counters [hash, count, error], by Metwally, Agrawal and El Abbadi 2005."""
    counters, start = [], 0
    for h in hashes:
        found = [c for c in counters if c[0] == h]
        if found:
            found[0][1] += 1
        elif len(counters) < 64:
            counters.append([h, 1, 0])
        else:
            least = min(c[1] for c in counters)
            at = next(i % 64 for i in range(start, start + 64) if counters[i % 64][1] == least)
            counters[at] = [h, least + 1, least]
            start = at + 1
    return counters


def entropy(counts, rounding):
    total = sum(counts)
    bits = sum(c * (Decimal(total).ln() - Decimal(c).ln()) for c in counts) / total / LN2
    return int((bits * 1000).quantize(Decimal(1), rounding))


def frequent():
    for seed, levels, n in ((1, 1, 1000), (1, 2, 1000), (2, 3, 1000), (3, 6, 1000), (4, 6, 20000),
                            (5, 7, 1000), (6, 7, 20000), (7, 10, 20000), (8, 16, 20000)):
        stream = zipf(seed, levels)
        hashes = [next(splitmix64(next(stream))) for _ in range(n)]
        counters, exact = space_saving(hashes), len(set(hashes)) <= 64
        check = sum(h * (31 * count + error) for h, count, error in counters) & MASK
        print(f'    {{{seed}, {levels}, {n}, {str(exact).lower()}, {len(counters)}, '
              f'{max(c[1] - c[2] for c in counters)}, {max(c[1] for c in counters)},\n     '
              f'{entropy([c[1] for c in counters], ROUND_HALF_UP if exact else ROUND_FLOOR)}, '
              f'{entropy(Counter(hashes).values(), ROUND_HALF_UP)}, {check}u}},')


if __name__ == '__main__':
    {'distinct': distinct, 'frequent': frequent}[sys.argv[1]]()
