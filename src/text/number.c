#include "config.h"

#include "text/number.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "text/dtoa.h"

/*
 * The number half way between two neighbouring doubles has at most 768 significant digits. So
 * beyond 800 digits it matters only whether all others are 0. If not, the number is strictly
 * between two multiples of its 800th digit, where there is no double and no half way, and one more
 * digit other than 0 says as much as a million.
 */
#define DIGITS_KEPT 800

/* No text that fits in memory has enough zeros to cancel an exponent beyond this. Ten times this
 * and the number of zeros together fit into 64 bits. */
#define EXPONENT_ENOUGH (INT64_C(1) << 58)

/* DIGITS * 10^EXPONENT. */
struct literal {
    bool negative;
    bool more; /* a digit other than 0 was dropped after the last kept */
    int count; /* of the kept digits, the first of which is not 0 */
    int64_t exponent;
    uint64_t leading; /* the first 19 kept digits */
    char digits[DIGITS_KEPT];
};

/* The end of the digits in S from AT. */
static size_t digits_end(struct span s, size_t at)
{
    while (at < s.n && ascii_is_digit(s.p[at]))
        at++;
    return at;
}

bool number_is_json(struct span s)
{
    size_t at = s.n && s.p[0] == '-', end = digits_end(s, at);

    if (end == at || (end - at > 1 && s.p[at] == '0'))
        return false;
    at = end;
    if (at < s.n && s.p[at] == '.') {
        end = digits_end(s, ++at);
        if (end == at)
            return false;
        at = end;
    }
    if (at < s.n && (s.p[at] | 0x20) == 'e') {
        at++;
        at += at < s.n && (s.p[at] == '+' || s.p[at] == '-');
        end = digits_end(s, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == s.n;
}

/*
 * Two decimal numbers of at most 15 digits are never the same double (DBL_DIG). So no other number
 * of as many digits or fewer reads as S does: S is what is printed, unless it has a superfluous
 * zero, or would be printed with an exponent, as numbers below 10^-6 are.
 */
bool number_is_canonical(struct span s)
{
    size_t whole = s.n && s.p[0] == '-', point = digits_end(s, whole);

    if (s.n - whole > DBL_DIG)
        return false;
    if (point == s.n)
        return !(whole && s.p[whole] == '0');
    if (s.p[point] != '.' || digits_end(s, point + 1) != s.n || s.p[s.n - 1] == '0')
        return false;
    return s.p[whole] != '0' || s.n - point <= 6 || memcmp(s.p + point, ".000000", 7) != 0;
}

/* Add the digits in S from AT. Each of them adds PLACE to the exponent: 0 before the point, -1
 * after it. */
static size_t take_literal_digits(struct literal *l, struct span s, size_t at, int place)
{
    for (; at < s.n && ascii_is_digit(s.p[at]); at++) {
        unsigned digit = s.p[at] - '0';

        if (l->count == DIGITS_KEPT) {
            l->more |= digit != 0;
            l->exponent += place + 1;
            continue;
        }
        l->exponent += place;
        if (!l->count && !digit)
            continue;
        if (l->count < 19)
            l->leading = l->leading * 10 + digit;
        l->digits[l->count++] = (char)('0' + digit);
    }
    return at;
}

/* The exponent that S has from AT, after the 'e'. */
static int64_t take_exponent(struct span s, size_t at)
{
    bool negative = s.p[at] == '-';
    int64_t exponent = 0;

    for (at += !ascii_is_digit(s.p[at]); at < s.n; at++)
        if (exponent < EXPONENT_ENOUGH)
            exponent = exponent * 10 + (s.p[at] - '0');
    return negative ? -exponent : exponent;
}

static void take_literal(struct literal *l, struct span s)
{
    l->negative = s.p[0] == '-';
    l->more = false;
    l->count = 0;
    l->exponent = 0;
    l->leading = 0;

    size_t at = take_literal_digits(l, s, l->negative, 0);
    if (at < s.n && s.p[at] == '.')
        at = take_literal_digits(l, s, at + 1, -1);
    if (at < s.n)
        l->exponent += take_exponent(s, at + 1);
}

/*
 * M * 10^EXPONENT in one operation, if that is certain to give the nearest double. M and the power
 * must be doubles themselves; then only the result is rounded (Clinger 1990). If doubles are
 * computed with more precision (x87) it would be rounded twice.
 */
static bool scale_literal(uint64_t m, int64_t exponent, double *result)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    if (m > UINT64_C(1) << 53 || exponent < -22 || exponent > 22)
        return false;
    if (exponent && FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 1)
        return false;
    *result = exponent < 0 ? (double)m / powers[-exponent] : (double)m * powers[exponent];
    return true;
}

/* Read L by strtod(), which glibc and musl round correctly in linear time. Its text has an integer
 * and an exponent, so a locale's decimal point cannot matter. */
static double read_slowly(const struct literal *l)
{
    char text[DIGITS_KEPT + 16];
    size_t n = (size_t)l->count;
    int64_t magnitude = l->exponent + l->count; /* in [10^(magnitude - 1), 10^magnitude) */

    if (magnitude > 309)
        return HUGE_VAL;
    if (magnitude < -323)
        return 0; /* below half of the least double, 4.9e-324 */
    memcpy(text, l->digits, n);
    if (l->more)
        text[n++] = '1';
    snprintf(text + n, sizeof text - n, "e%d", (int)l->exponent - l->more);
    return strtod(text, NULL);
}

/* Read D with one rounding, by one operation or by its power of ten. False if that is not certain.
 */
static bool read_quickly(struct decimal d, double *x)
{
    return scale_literal(d.digits, d.exponent, x) || dtoa_nearest(d, x);
}

/* Read the JSON number S without its sign, if it has at most 19 digits and no exponent, as nearly
 * all numbers. */
static bool take_short(struct span s, struct decimal *d)
{
    size_t at = s.p[0] == '-', digits = 0, point = s.n;
    uint64_t value = 0;

    for (; at < s.n; at++) {
        unsigned digit = s.p[at] - (unsigned)'0';
        if (digit > 9 && (s.p[at] != '.' || digits > 19))
            return false;
        if (digit > 9) {
            point = at + 1;
            continue;
        }
        value = value * 10 + digit;
        digits += (digits | digit) != 0;
    }
    *d = (struct decimal){value, -(int)(s.n - point)};
    return digits <= 19 && s.n - point < 400;
}

double number_parse(struct span s)
{
    bool negative = s.p[0] == '-';
    struct decimal d;
    struct literal l;
    double x = 0;

    if (!take_short(s, &d) || (d.digits && !read_quickly(d, &x))) {
        take_literal(&l, s);
        bool few = l.count <= 19 && l.exponent > -400 && l.exponent < 400;
        d = (struct decimal){l.leading, few ? (int)l.exponent : 0};
        if (l.count && !(few && read_quickly(d, &x)))
            x = read_slowly(&l);
    }
    return negative && x != 0 ? -x : x;
}

bool number_integer(struct span s, bool *negative, uint64_t *magnitude)
{
    struct literal l;
    uint64_t m = 0;

    take_literal(&l, s);
    while (l.count && l.digits[l.count - 1] == '0') {
        l.count--;
        l.exponent++;
    }
    *negative = l.negative && l.count;
    *magnitude = 0;
    if (!l.count)
        return true;
    if (l.more || l.exponent < 0 || l.exponent > 19)
        return false;
    for (int i = 0; i < l.count + (int)l.exponent; i++) {
        unsigned digit = i < l.count ? (unsigned)(l.digits[i] - '0') : 0;
        if (m > (UINT64_MAX - digit) / 10)
            return false;
        m = m * 10 + digit;
    }
    *magnitude = m;
    return true;
}

/* The double nearest to M * 10^EXPONENT. */
static double from_decimal(uint64_t m, int exponent)
{
    char text[40];
    double x;

    if (read_quickly((struct decimal){m, exponent}, &x))
        return x;
    snprintf(text, sizeof text, "%" PRIu64 "e%d", m, exponent);
    return strtod(text, NULL);
}

static uint64_t power_of_5(int n) /* n <= 27 */
{
    uint64_t power = 1;

    while (n-- > 0)
        power *= 5;
    return power;
}

/*
 * |X| = m * 2^e, m < 2^53. If e >= -PLACES, X is a multiple of 10^-PLACES. Else
 * |X| * 10^PLACES = a / 2^f, where a = m * 5^PLACES < 2^53 * 2^35 and f = -e - PLACES > 0.
 * With m, and so a, split at 26 bits everything fits into 64: high < 2^(53-26+35) * (1 + 2^-26).
 *
 * The neighbours of X are at least |X| / 2^53 away. So if |X| * 10^PLACES >= 2^53, the multiple of
 * 10^-PLACES nearest to X reads as X. If not, the quotient is at most 2^53, and scale_literal()
 * rounds only once.
 */
double number_round(double x, int places)
{
    int e;

    if (!isfinite(x) || x == 0)
        return x == 0 ? 0 : x;
    uint64_t m = (uint64_t)(frexp(fabs(x), &e) * 0x1p53);
    e -= 53;
    int f = -e - places;
    if (f <= 0)
        return x;

    uint64_t five = power_of_5(places), mask = (UINT64_C(1) << 26) - 1;
    uint64_t low = (m & mask) * five;
    uint64_t high = (m >> 26) * five + (low >> 26);
    low &= mask;
    if (f < 37 && high >> (27 + f))
        return x; /* a / 2^f >= 2^53 */

    /* The floor of a / 2^(f - 1), below 2^54; its last bit is the half. */
    uint64_t twice;
    if (f - 1 < 26)
        twice = high << (26 - (f - 1)) | low >> (f - 1);
    else
        twice = f - 1 - 26 < 64 ? high >> (f - 1 - 26) : 0;

    /* Five is odd: a has as many trailing zeros as m. A tie has f - 1 of them. */
    bool tie = (twice & 1) && __builtin_ctzll(m) == f - 1;
    uint64_t q = twice / 2 + (twice & 1) - (tie && x < 0);
    if (q == 0)
        return 0;
    double rounded = from_decimal(q, -places);
    return x < 0 ? -rounded : rounded;
}

/*
 * Is |X| = (q + 1/2) * 10^k, where q has DIGITS digits? Let |X| = m * 2^e, m odd; then
 * 2 |X| / 10^k = m * 2^(e + 1 - k) / 5^k must be an odd integer. So k = e + 1, and the integer
 * is m / 5^k, below 2 * 10^17. Because m < 2^53, -24 <= k <= 22.
 */
static bool is_tie(double x, int digits, uint64_t *q, int *k)
{
    int e;
    uint64_t m = (uint64_t)(frexp(fabs(x), &e) * 0x1p53);
    int zeros = __builtin_ctzll(m);
    uint64_t end = 2;

    m >>= zeros;
    *k = e - 53 + zeros + 1;
    if (*k < -24 || *k > 22)
        return false;
    for (int i = 0; i < digits; i++)
        end *= 10;
    uint64_t five = power_of_5(abs(*k));
    if (*k > 0 ? m % five : m >= end / five + 1)
        return false;
    m = *k > 0 ? m / five : m * five;
    *q = m / 2;
    return m < end && m >= end / 10;
}

double number_significant(double x, int digits)
{
    uint64_t q;
    int k;
    double rounded;

    if (!isfinite(x) || x == 0)
        return x == 0 ? 0 : x;
    if (is_tie(x, digits, &q, &k)) {
        rounded = from_decimal(q + (x > 0), k);
    } else {
        /* This is not a tie, so one decimal is nearest, and C (annex F.5) requires it of printf up
         * to 17 digits. strtod() takes the same decimal point as printf() writes. */
        char text[32];
        snprintf(text, sizeof text, "%.*e", digits - 1, fabs(x));
        rounded = strtod(text, NULL);
    }
    if (!isfinite(rounded))
        return x;
    return x < 0 ? -rounded : rounded;
}
