#include "config.h"

#include "text/rounding.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/number.h"

/*
 * Natural numbers, for one comparison. The largest that side_of_half() makes has fewer than 900
 * bits: 2^57 * 10^17 or a double's 53 bits, times the 2^677 or 5^317 that turn ROUNDING_LEAST and a
 * double of similar size into integers.
 */
#define LIMBS 32

struct natural {
    uint32_t limbs[LIMBS]; /* least significant first */
    size_t count;          /* limbs in use; the last of them is not 0 */
};

static void natural_multiply(struct natural *n, uint64_t by)
{
    uint64_t low = by & UINT32_MAX, high = by >> 32, carry = 0;

    for (size_t i = 0; i < n->count; i++) {
        uint64_t product = n->limbs[i] * low + (carry & UINT32_MAX);
        carry = (carry >> 32) + (product >> 32) + n->limbs[i] * high;
        n->limbs[i] = (uint32_t)product;
    }
    for (; carry; carry >>= 32)
        n->limbs[n->count++] = (uint32_t)carry;
}

/* Multiply by 5^EXPONENT. */
static void natural_multiply_fives(struct natural *n, int exponent)
{
    static const uint64_t fives = 7450580596923828125; /* 5^27, the most that fits */

    for (; exponent >= 27; exponent -= 27)
        natural_multiply(n, fives);
    for (; exponent > 0; exponent--)
        natural_multiply(n, 5);
}

/* Multiply by 2^EXPONENT. */
static void natural_multiply_twos(struct natural *n, int exponent)
{
    for (; exponent >= 63; exponent -= 63)
        natural_multiply(n, (uint64_t)1 << 63);
    if (exponent > 0)
        natural_multiply(n, (uint64_t)1 << exponent);
}

static int natural_compare(const struct natural *a, const struct natural *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

/* A double above 0 as MANTISSA * 2^EXPONENT. */
struct binary {
    uint64_t mantissa;
    int exponent;
};

/* Compare X with (K + 1/2) * UNIT: below 0, 0 or above 0. */
static int side_of_half(struct binary x, uint64_t k, const struct rounding_unit *unit)
{
    struct natural left = {{1}, 1}, right = {{1}, 1};
    int fives = unit->exponent;
    int twos = x.exponent + 1 - fives; /* both sides doubled; the twos of 10^exponent */

    natural_multiply(&left, x.mantissa);
    natural_multiply(&right, unit->digits);
    natural_multiply(&right, 2 * k + 1);
    natural_multiply_fives(fives < 0 ? &left : &right, abs(fives));
    natural_multiply_twos(twos < 0 ? &right : &left, abs(twos));
    return natural_compare(&left, &right);
}

/* K * UNIT as the nearest double: all digits, up to 35, are written as text, because reading text
 * rounds once. */
static double multiple_of_unit(uint64_t k, const struct rounding_unit *unit)
{
    static const uint64_t base = 1000000000;
    uint64_t digits = unit->digits, parts[5] = {0};
    char text[64];

    /* Schoolbook, two places of BASE by two: k < 2^56 < BASE^2, and so is digits. */
    parts[0] = k % base * (digits % base);
    parts[1] = k / base * (digits % base) + k % base * (digits / base);
    parts[2] = k / base * (digits / base);
    for (int i = 0; i < 4; i++) {
        parts[i + 1] += parts[i] / base;
        parts[i] %= base;
    }
    int n = snprintf(text, sizeof text, "1%09llu%09llu%09llu%09llu",
                     (unsigned long long)parts[3], (unsigned long long)parts[2],
                     (unsigned long long)parts[1], (unsigned long long)parts[0]);
    int from = 1; /* JSON numbers have no leading zeros */
    while (from < n - 1 && text[from] == '0')
        from++;
    n += snprintf(text + n, sizeof text - (size_t)n, "e%d", unit->exponent);
    return number_parse(span_of(text + from, (size_t)(n - from)));
}

static struct binary binary_of(double x)
{
    int exponent;
    double fraction = frexp(x, &exponent);

    return (struct binary){(uint64_t)ldexp(fraction, 53), exponent - 53};
}

double rounding_to_unit(double x, const struct rounding_unit *unit)
{
    double size = x < 0 ? -x : x;
    double quotient = size / unit->nearest;

    /* Beyond 2^54 multiples the nearest one is closer to X than any other double. The relative
     * error of the quotient is at most 2^-52. */
    if (quotient >= 0x1p55)
        return x;
    if (quotient < 0.25)
        return 0;

    /* Multiple k has the interval from k - 1/2 to k + 1/2, with the end that is closer to
     * -infinity: the lower end, or the upper one if X, whose absolute value this is, is
     * negative. */
    struct binary b = binary_of(size);
    int own = x < 0 ? 1 : 0;
    uint64_t k = (uint64_t)quotient;
    while (k > 0 && side_of_half(b, k - 1, unit) < own)
        k--;
    while (side_of_half(b, k, unit) >= own)
        k++;

    double rounded = multiple_of_unit(k, unit);
    if (rounded > DBL_MAX)
        return x;
    return x < 0 && rounded > 0 ? -rounded : rounded;
}

bool rounding_read_unit(struct rounding_unit *d, struct span text)
{
    uint64_t digits = 0;
    int significant = 0, exponent = 0;
    size_t at = 0, zeros = 0;
    bool fraction = false;

    if (!number_is_json(text))
        return false;
    d->nearest = number_parse(text);
    if (!(d->nearest > 0 && d->nearest <= DBL_MAX))
        return false;

    /* A zero counts only once another digit follows it. */
    for (; at < text.n && text.p[at] != 'e' && text.p[at] != 'E'; at++) {
        if (text.p[at] == '.') {
            fraction = true;
            continue;
        }
        exponent -= fraction;
        zeros++;
        if (text.p[at] == '0')
            continue;
        for (; zeros > 0; zeros--) {
            if (digits && ++significant >= ROUNDING_DIGITS)
                return false;
            digits *= 10;
        }
        digits += (uint64_t)(text.p[at] - '0');
    }
    exponent += (int)zeros;

    if (at < text.n) {
        bool negative = text.p[++at] == '-';
        int written = 0;
        at += text.p[at] == '-' || text.p[at] == '+';
        for (; at < text.n && written < 100000000; at++)
            written = written * 10 + (text.p[at] - '0');
        exponent += negative ? -written : written;
    }
    d->digits = digits;
    d->exponent = exponent;
    return exponent + significant >= ROUNDING_LEAST; /* the decimal place of its first digit */
}

/* Add one unit in the last place to TEXT, of the form D.DDDe[+-]DD. If all digits are nines they
 * become zeros, which is right: such a sum would have one digit only. */
static void increment_last_digit(char *text)
{
    for (char *at = strchr(text, 'e'); at > text;) {
        if (*--at == '.')
            continue;
        if (*at != '9') {
            ++*at;
            return;
        }
        *at = '0';
    }
}

/* The result of rounding_to_float32() for F, which is not negative. */
static double shortest_float32(float f)
{
    char text[32];

    for (int digits = 0;; digits++) {
        size_t n = (size_t)snprintf(text, sizeof text, "%.*e", digits, (double)f);
        if (strtof(text, NULL) == f)
            return number_parse(span_of(text, n));
        /* At a power of two the interval is wider on the side away from 0. */
        increment_last_digit(text);
        if (strtof(text, NULL) == f)
            return number_parse(span_of(text, n));
    }
}

double rounding_to_float32(double x)
{
    float f = (float)x;

    if (!isfinite(f))
        return x;
    /* An integer below 2^24 has all its digits within half a unit. */
    if (f > -0x1p24F && f < 0x1p24F && (float)(int32_t)f == f)
        return (double)(int32_t)f;
    return f < 0 ? -shortest_float32(-f) : shortest_float32(f);
}
