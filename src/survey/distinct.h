/*
 * distinct: an estimate of how many different values there are, from their hashes, in 1 KiB.
 *
 * It is HyperLogLog (Flajolet, Fusy, Gandouet and Meunier, 2007) with 1,024 registers and hashes
 * of 64 bits. The standard error is 1.04 / sqrt(1024), 3.25 %; up to some hundred values it is
 * 1 / sqrt(2 * 1024), 2.2 %: ten values are nearly always counted as ten. The order of the hashes
 * does not matter, nor how often each is added.
 *
 * The estimator is the improved raw one of Ertl, "New cardinality estimation algorithms for
 * HyperLogLog sketches" (2017, arXiv:1702.01284). The one of 2007 changes to another
 * formula, linear counting, below 2,560 values, and is too large by several percent around there;
 * the known corrections of that are tables of measurements. Ertl's is one formula without a bias
 * for all sizes, and simple to compute in integers:
 *
 *     n = 2^20 / (2 ln 2) / (1024 s(z / 1024) + the sum of 2^-r over the registers r > 0)
 *     s(x) = x + the sum of x^(2^k) * 2^(k-1), k = 1, 2, ...
 *
 * where z is the number of registers that are 0. The unit of the divisor is 2^-43: powers of x
 * are 64-bit fractions, rounded down, and so is each term. A register above 43 counts as 43, and
 * Ertl's term for registers of the highest value is left out: neither matters for less than
 * 10^12 values. The quotient is rounded to the nearest integer, a half up. distinct.c has the
 * constant. So the result is the same on every machine.
 */
#ifndef WHORL_SURVEY_DISTINCT_H
#define WHORL_SURVEY_DISTINCT_H

#include <stdint.h>

#define DISTINCT_INDEX_BITS 10
#define DISTINCT_REGISTERS  (1 << DISTINCT_INDEX_BITS)

/* The number of a register is the top 10 bits of a hash. It holds the largest rank of the hashes
 * that have that number: 1 + how many 0 bits the other 54 begin with, from 1 to 55; or 0 for no
 * hash. All registers are 0 if nothing was added. */
struct distinct {
    unsigned char registers[DISTINCT_REGISTERS];
};

/* Add a value by its HASH, of which all bits must be as if random. */
static inline void distinct_add(struct distinct *distinct, uint64_t hash)
{
    /* The bit that is set below those 54 ends the zeros where all of them are 0. */
    uint64_t rest = hash << DISTINCT_INDEX_BITS | (uint64_t)1 << (DISTINCT_INDEX_BITS - 1);
    unsigned char rank = (unsigned char)(__builtin_clzll(rest) + 1);
    unsigned char *at = distinct->registers + (hash >> (64 - DISTINCT_INDEX_BITS));

    if (*at < rank)
        *at = rank;
}

/* Add to DISTINCT all that was added to OTHER. */
void distinct_merge(struct distinct *distinct, const struct distinct *other);

/* About how many different hashes were added; 0 if none was. */
uint64_t distinct_estimate(const struct distinct *distinct);

#endif
