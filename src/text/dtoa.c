#include "config.h"

#include "text/dtoa.h"

#include <string.h>

#include "base/wide.h"
#include "text/dtoa_powers.h"

/*
 * x = c * 2^q. The rounding interval of x is the reals that read as x. It ends half way to the
 * neighbours of x, at (c - 1/2) * 2^q and (c + 1/2) * 2^q. If c is the least of its binary
 * exponent, the lower neighbour is nearer, and the lower end is (c - 1/4) * 2^q. The ends belong to
 * the interval if c is even, because reading rounds ties to even.
 *
 * Let 10^k be the largest power of ten that is not wider than the interval. Then the interval holds
 * at least one multiple of 10^k. It holds at most one of 10^(k+1), which is wider. That one, if
 * there is one, is the shortest. Otherwise all multiples of 10^k in the interval are equally short,
 * and the best of them are the two that enclose x.
 *
 * For comparison, x, the ends and the candidates are all scaled by 4 / 10^k. A scaled end is an
 * integer times a power of ten, of which dtoa_powers holds 128 bits. scaled() rounds it to odd,
 * which keeps it on its side of every even integer. Candidates are multiples of 4, and the middle
 * between two of them is a multiple of 2, so all of these are even.
 */

/* The floors of log10(2^e), of log10(2^e * 3/4), and of log2(10^e). scripts/make-dtoa-powers has
 * compared them with exact integers for every exponent in use. Compilers shift negative numbers
 * arithmetically. */
static int log10_pow2(int e)
{
    return e * 1262611 >> 22;
}

static int log10_three_quarters_pow2(int e)
{
    return (e * 1262611 - 524031) >> 22;
}

static int log2_pow10(int e)
{
    return e * 1741647 >> 19;
}

/*
 * G * CP / 2^128, where G is a row of dtoa_powers, rounded to odd: exact if it is an integer, else
 * the odd one of the two integers around it.
 *
 * G is the power rounded up, so the product is too large by less than CP / 2^128 < 2^-68.
 * make-dtoa-powers has proven that the fraction of the exact value is 0 or at least 2^-68, and that
 * nothing is carried from it. So it is 0 if and only if the computed fraction is below 2^-68.
 */
static uint64_t scaled(const uint64_t g[2], uint64_t cp)
{
    struct wide rest = wide_product(g[1], cp);
    struct wide sum = wide_sum(wide_product(g[0], cp), (struct wide){0, rest.high});

    return sum.high | ((sum.low | rest.low >> 60) != 0);
}

/* DIGITS * 10^EXPONENT without the zeros at the end. DIGITS is not 0. */
static struct decimal strip_zeros(uint64_t digits, int exponent)
{
    if (digits % 100000000 == 0) {
        digits /= 100000000;
        exponent += 8;
    }
    while (digits % 10 == 0) {
        digits /= 10;
        exponent++;
    }
    return (struct decimal){digits, exponent};
}

struct decimal dtoa_shortest(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);

    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    int field = (int)(bits >> 52 & 0x7FF);
    if (!field && !mantissa)
        return (struct decimal){0, 0};

    uint64_t c = field ? mantissa | UINT64_C(1) << 52 : mantissa;
    int q = (field ? field : 1) - 1075;
    bool uneven = !mantissa && field > 1;
    int k = uneven ? log10_three_quarters_pow2(q) : log10_pow2(q);
    int h = q + log2_pow10(-k) + 1;
    const uint64_t *g = dtoa_powers[-k - DTOA_POWER_MIN];

    /* An end that does not belong to the interval moves inwards by the least step. */
    uint64_t open = c & 1;
    uint64_t lower = scaled(g, (4 * c - 2 + uneven) << h) + open;
    uint64_t upper = scaled(g, (4 * c + 2) << h) - open;
    uint64_t middle = scaled(g, (4 * c) << h);

    /* Below 10, a multiple of 10^(k+1) is not shorter than one of 10^k. */
    uint64_t s = middle / 4;
    if (s >= 10) {
        uint64_t tens = s / 10;
        if (lower <= 40 * tens)
            return strip_zeros(tens, k + 1);
        if (40 * tens + 40 <= upper)
            return strip_zeros(tens + 1, k + 1);
    }

    bool down = lower <= 4 * s, up = 4 * s + 4 <= upper;
    if (down && up)
        up = middle > 4 * s + 2 || (middle == 4 * s + 2 && s % 2 == 1);
    return strip_zeros(s + up, k);
}

/*
 * D = w * 2^-zeros * 10^e, where w has 64 bits; 10^e = g * 2^(r - 127), where g has 128 bits, which
 * dtoa_powers has rounded up. So w * g is too large by less than w < 2^64, its lowest word, and
 * never too small. Of its 191 or 192 bits 53 are kept. How the rest compares with a half is
 * certain, unless the rest exceeds a half by less than the lowest word: then D may be below the
 * half, or on it. The rest may also be 0 here and a little less in D; that does not matter, because
 * D then rounds up to the same double.
 */
bool dtoa_nearest(struct decimal d, double *x)
{
    if (!d.digits || d.exponent < DTOA_POWER_MIN || d.exponent > DTOA_POWER_MAX)
        return false;
    int zeros = __builtin_clzll(d.digits);
    const uint64_t *g = dtoa_powers[d.exponent - DTOA_POWER_MIN];
    uint64_t w = d.digits << zeros;
    struct wide lower = wide_product(g[1], w);
    struct wide sum = wide_sum(wide_product(g[0], w), (struct wide){0, lower.high});

    int shift = 10 + (int)(sum.high >> 63);
    uint64_t half = UINT64_C(1) << (shift - 1), rest = sum.high & (2 * half - 1);
    if (rest == half && !sum.low)
        return false;
    uint64_t mantissa = (sum.high >> shift) + (rest >= half);

    /* mantissa * 2^exponent, with a mantissa from 2^52 to 2^53. */
    int exponent = shift + log2_pow10(d.exponent) + 1 - zeros;
    if (exponent < -1074 || exponent > 970)
        return false;
    uint64_t bits = ((uint64_t)(exponent + 1075) << 52) + (mantissa - (UINT64_C(1) << 52));
    memcpy(x, &bits, sizeof *x);
    return true;
}
