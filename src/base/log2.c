#include "config.h"

#include "base/log2.h"

#include <stdbool.h>

#include "base/wide.h"

/*
 * Why the error is so small: a square that is rounded down is too small by less than 2^-63 of
 * itself, which makes its logarithm too small by d < 2^-63 / ln 2, or 2^-62.4. The square number
 * k, from 1 on, is that of x^(2^(k-1)), so that log2(x) loses d / 2^k by it. All of them together
 * are less than d, which is 2^-30.4 units. The result is that logarithm, rounded down.
 *
 * Why it is monotone: so is each squaring, its bit taken before its m.
 */
uint64_t log2_fixed(uint64_t x)
{
    int zeros = __builtin_clzll(x);
    uint64_t fixed = 63 - (uint64_t)zeros, m = x << zeros;

    for (int i = 0; i < 32; i++) {
        struct wide square = wide_product(m, m);
        bool bit = square.high >> 63;
        fixed = fixed << 1 | bit;
        m = bit ? square.high : square.high << 1 | square.low >> 63;
    }
    return fixed;
}
