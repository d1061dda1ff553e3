/*
 * log2: logarithms to base 2 of integers, in integers, so that they have the same bits on every
 * machine.
 *
 * They have a fixed point: the unit is 2^-32 of a bit. Digits are found one by one, by squaring
 * (Knuth, The Art of Computer Programming, volume 1, section 1.2.2).
 * To find the same ones elsewhere:
 *
 *   1. e is the number of the highest bit of x, from 0, and m = x * 2^(63 - e). So m has 64 bits,
 *      of which the highest is 1; m / 2^63 is from 1 to 2.
 *   2. The result begins with e. Then 32 times: s is the square of m, which has 127 or 128 bits.
 *      If it has 128, the next bit of the result is 1, and m becomes s / 2^64. Else the bit is 0,
 *      and m becomes s / 2^63. Both are rounded down.
 */
#ifndef WHORL_BASE_LOG2_H
#define WHORL_BASE_LOG2_H

#include <stdint.h>

#define LOG2_ONE ((uint64_t)1 << 32) /* one bit, in the unit of this module */

/* log2(X), X at least 1, rounded down. Exact for powers of 2. For any other X it may be one too
 * small if log2(X) is less than 2^-30 units above a whole number of them: so it is never above
 * log2(X) and never 1 + 2^-30 units below. A larger X never has a smaller result. */
uint64_t log2_fixed(uint64_t x);

/* FIXED, at most 2^53, in thousandths of a bit, rounded to the nearest one, a half up. */
static inline uint64_t log2_thousandths(uint64_t fixed)
{
    return (fixed * 1000 + LOG2_ONE / 2) >> 32;
}

/* The same rounded down. */
static inline uint64_t log2_thousandths_down(uint64_t fixed)
{
    return (fixed * 1000) >> 32;
}

#endif
