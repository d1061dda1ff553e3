/*
 * number, plain and jcs: what they read and write, compared with values computed elsewhere.
 */
#include "config.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "text/jcs.h"
#include "text/nearest.h"
#include "text/number.h"
#include "text/plain.h"
#include "unit.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* S in memory of exactly its size, so that sanitizers see a read beyond it. One at a time. */
static struct span exact(struct span s)
{
    static unsigned char *p;

    free(p);
    p = malloc(s.n ? s.n : 1);
    if (!p)
        abort();
    if (s.n)
        memcpy(p, s.p, s.n);
    return span_of(p, s.n);
}

static uint64_t bits_of(double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Are they the same double, sign of zero included? */
static bool same(double a, double b)
{
    return bits_of(a) == bits_of(b);
}

UNIT_TEST(number_grammar_of_rfc_8259)
{
    static const char *const good[] = {
        "0",    "-0",   "7",    "-7",      "10",        "1234567890",
        "0.0",  "-0.5", "1.50", "0e0",     "0E+00",     "1e5",
        "1E5",  "1e+5", "1e-5", "1.5e300", "-1.5E-300", "9007199254740993",
        "1e999"};
    static const char *const bad[] = {
        "",         "-",         "+1",    "--1",  "00",  "01",          "-01",  "-00.5", ".5",
        "-.5",      "1.",        "1.e5",  "0.e1", "1e",  "1e+",         "1e-",  "1.5e",  "e5",
        "1e5.5",    "1e5e5",     "1.5.5", " 1",   "1 ",  "1,",          "0x10", "1_000", "NaN",
        "Infinity", "-Infinity", "1f",    "1-",   "1+2", "\xef\xbc\x91"};

    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(number_is_json(exact(span_text(good[i]))));
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!number_is_json(exact(span_text(bad[i]))));
    CHECK(!number_is_json(span_of("1\0", 2)));
    CHECK(!number_is_json(span_of(NULL, 0)));
}

/* Python 3: struct.pack('>d', float(text)), with -0.0 replaced by 0.0. */
static const struct {
    const char *text;
    uint64_t bits;
} parsed[] = {
    {"0", 0x0000000000000000},
    {"-0", 0x0000000000000000},
    {"-0.0e5", 0x0000000000000000},
    {"0e99999999999999999999999", 0x0000000000000000},
    {"1", 0x3ff0000000000000},
    {"-1", 0xbff0000000000000},
    {"1.5", 0x3ff8000000000000},
    {"123456789012345", 0x42dc12218377de40},
    {"0.1", 0x3fb999999999999a},
    {"-0.1", 0xbfb999999999999a},
    {"1e22", 0x4480f0cf064dd592},
    {"1e23", 0x44b52d02c7e14af6},
    {"123456789e22", 0x462f2a353f39e270},
    {"9007199254740993e-22", 0x3eae392010175ee7},
    {"3e-22", 0x3b76aad80c11872c},
    {"7.0385307e-26", 0x3ab5c87fa06c50e6},
    {"9007199254740991", 0x433fffffffffffff},
    {"9007199254740992", 0x4340000000000000},
    {"9007199254740993", 0x4340000000000000},
    {"9007199254740995", 0x4340000000000002},
    {"-9007199254740993", 0xc340000000000000},
    {"18446744073709551615", 0x43f0000000000000},
    {"18446744073709551616", 0x43f0000000000000},
    {"9999999999999999999", 0x43e158e460913d00},
    {"99999999999999999999", 0x4415af1d78b58c40},
    {"0.30000000000000004", 0x3fd3333333333334},
    {"5e-324", 0x0000000000000001},
    {"2.4703282292062327e-324", 0x0000000000000000},
    {"2.4703282292062328e-324", 0x0000000000000001},
    {"-2.4703282292062327e-324", 0x0000000000000000},
    {"2.2250738585072011e-308", 0x000fffffffffffff},
    {"2.2250738585072012e-308", 0x0010000000000000},
    {"4.9406564584124654e-324", 0x0000000000000001},
    {"1.7976931348623157e308", 0x7fefffffffffffff},
    {"1.7976931348623158e308", 0x7fefffffffffffff},
    {"1.7976931348623159e308", 0x7ff0000000000000},
    {"-1.7976931348623159e308", 0xfff0000000000000},
    {"1e309", 0x7ff0000000000000},
    {"1e308", 0x7fe1ccf385ebc8a0},
    {"1E+00000000000000000000000000000002", 0x4059000000000000},
    {"100000e-00000000000000000000000000005", 0x3ff0000000000000},
    {"1e-400", 0x0000000000000000},
    {"-1e-400", 0x0000000000000000},
    {"1e99999999999999999999999999", 0x7ff0000000000000},
    {"-1e99999999999999999999999999", 0xfff0000000000000},
    {"1e-99999999999999999999999999", 0x0000000000000000},
    {"1e-9223372036854775808", 0x0000000000000000},
    {"1e9223372036854775807", 0x7ff0000000000000},
    {"1e-18446744073709551615", 0x0000000000000000},
    {"0.000000000000000000000000000000000001e36", 0x3ff0000000000000},
    {"1.00000000000000011102230246251565404236316680908203125", 0x3ff0000000000000},
    {"1.00000000000000011102230246251565404236316680908203124", 0x3ff0000000000000},
    {"1.00000000000000011102230246251565404236316680908203126", 0x3ff0000000000001},
    {"6631236846766476.5", 0x43378f1324ac498c},
    {"6631236846766477.5", 0x43378f1324ac498e},
};

UNIT_TEST(number_parse_gives_the_nearest_double)
{
    for (size_t i = 0; i < COUNT(parsed); i++) {
        double x = number_parse(exact(span_text(parsed[i].text)));
        CHECK(bits_of(x) == parsed[i].bits);
        if (bits_of(x) != parsed[i].bits)
            printf("# %s\n", parsed[i].text);
    }
}

/* HEAD, then ZEROS times '0', then TAIL. */
static double parse_with_zeros(const char *head, size_t zeros, const char *tail)
{
    size_t before = strlen(head), after = strlen(tail);
    unsigned char *p = malloc(before + zeros + after);

    if (!p)
        abort();
    memcpy(p, head, before);
    memset(p + before, '0', zeros);
    memcpy(p + before + zeros, tail, after);
    double x = number_parse(span_of(p, before + zeros + after));
    free(p);
    return x;
}

/* 19 digits fit into 64 bits; of those that do not, some become 0 there. */
UNIT_TEST(number_parse_reads_as_strtod_whatever_digits_there_are)
{
    static const char *const texts[] = {"18446744073709551616",
                                        "9223372036854775808.0",
                                        "1844674407370955161.6",
                                        "0.18446744073709551616",
                                        "9999999999999999999",
                                        "0.9999999999999999999",
                                        "9007199254740993",
                                        "9007199254740992.5",
                                        "9007199254740993.0000000000000000001",
                                        "0.000000000000000000000000000000000000000000000000001",
                                        "1.7976931348623157e308",
                                        "2.2250738585072014e-308",
                                        "2.2250738585072011e-308",
                                        "4.9e-324",
                                        "2.47e-324"};
    uint64_t x = 1;
    size_t wrong = 0;

    for (size_t i = 0; i < COUNT(texts); i++)
        CHECK(same(number_parse(exact(span_text(texts[i]))), strtod(texts[i], NULL)));
    for (int i = 0; i < 1000000; i++) {
        char text[64];
        x = x * 6364136223846793005u + 1442695040888963407u;
        uint64_t digits = x >> (x & 63);
        int places = (int)(x >> 32 & 31);
        int n = snprintf(text, sizeof text, "%llu", (unsigned long long)digits);
        if (places < n && i % 2) {
            memmove(text + n - places + 1, text + n - places, (size_t)places);
            text[n - places] = '.';
            n += 1;
            if (!places)
                text[n++] = '0';
        } else if (i % 4 == 2) {
            n += snprintf(text + n, sizeof text - (size_t)n, "e%d", (int)(x >> 20) % 330);
        }
        text[n] = '\0';
        if (text[0] != '.')
            wrong += !same(number_parse(span_of(text, (size_t)n)), strtod(text, NULL));
    }
    CHECK(!wrong);
}

/* Each half way between two doubles, and the decimals of 17 to 19 digits around it. */
UNIT_TEST(number_parse_near_a_half_reads_as_strtod)
{
    uint64_t x = 1;
    size_t wrong = 0;

    for (int i = 0; i < 200000; i++) {
        char text[64];
        x = x * 6364136223846793005u + 1442695040888963407u;
        int e = (int)(x >> 50) % 120 - 60;
        long double half = ldexpl((long double)((x >> 12 | (uint64_t)1 << 52) * 2 + 1), e - 53);
        int n = snprintf(text, sizeof text, "%.*Le", 15 + (int)(x & 3), half);
        wrong += !same(number_parse(span_of(text, (size_t)n)), strtod(text, NULL));
    }
    CHECK(!wrong);
}

UNIT_TEST(number_parse_sees_a_digit_however_far_after_a_half)
{
    static const char half[] = "1.00000000000000011102230246251565404236316680908203125";
    static const size_t zeros[] = {0, 1, 700, 744, 745, 746, 747, 748, 800, 5000, 300000};

    for (size_t i = 0; i < COUNT(zeros); i++) {
        CHECK(same(parse_with_zeros(half, zeros[i], ""), 1));
        CHECK(same(parse_with_zeros(half, zeros[i], "1"), 0x1.0000000000001p0));
        CHECK(same(parse_with_zeros("9007199254740993.", zeros[i] + 1, ""), 0x1p53));
        CHECK(same(parse_with_zeros("9007199254740993.", zeros[i], "1"), 0x1p53 + 2));
    }
    /* 2^53 + 1 followed by zeros that the exponent takes away. */
    CHECK(same(parse_with_zeros("9007199254740993", 2000, "e-2000"), 0x1p53));
    CHECK(same(parse_with_zeros("9007199254740993", 2000, "1e-2001"), 0x1p53 + 2));
    CHECK(same(parse_with_zeros("-9007199254740993", 2000, "1e-2001"), -0x1p53 - 2));
}

UNIT_TEST(number_parse_needs_768_digits_of_a_half)
{
    /* (2^54 - 1) * 5^1075, least digit first: half way from 2^53 - 1 to 2^53 times 2^-1074 has the
     * most significant digits that a half way can have. */
    unsigned char digits[800] = {3, 8, 9, 1, 8, 4, 9, 0, 5, 8, 9, 3, 4, 1, 0, 8, 1};
    size_t n = 17;
    char text[800];

    for (int i = 0; i < 1075; i++) {
        unsigned carry = 0;
        for (size_t k = 0; k < n; k++) {
            carry += digits[k] * 5U;
            digits[k] = (unsigned char)(carry % 10);
            carry /= 10;
        }
        if (carry)
            digits[n++] = (unsigned char)carry;
    }
    CHECK(n == 768);
    for (size_t k = 0; k < n; k++)
        text[k] = (char)('0' + digits[n - 1 - k]);

    text[n] = 0;
    CHECK(same(parse_with_zeros(text, 0, "e-1075"), 0x1p-1021));
    CHECK(same(parse_with_zeros(text, 100, "1e-1176"), 0x1p-1021));
    text[n - 1]--;
    CHECK(same(parse_with_zeros(text, 0, "e-1075"), 0x1.fffffffffffffp-1022));
    CHECK(same(parse_with_zeros(text, 100, "1e-1176"), 0x1.fffffffffffffp-1022));
}

UNIT_TEST(number_parse_weighs_zeros_and_exponent_of_any_length)
{
    CHECK(same(parse_with_zeros("0.", 100000, "1e100001"), 1));
    CHECK(same(parse_with_zeros("1", 100000, "e-100000"), 1));
    CHECK(same(parse_with_zeros("1", 100000, ""), HUGE_VAL));
    CHECK(same(parse_with_zeros("-1", 309, ""), -HUGE_VAL));
    CHECK(same(parse_with_zeros("1", 308, ""), 1e308));
    CHECK(same(parse_with_zeros("-0.", 400, "1"), 0));
    CHECK(same(parse_with_zeros("0.", 323, "5"), 0x1p-1074));
    CHECK(same(parse_with_zeros("1e", 100000, "2"), 100));
    CHECK(same(parse_with_zeros("1e-1", 100000, ""), 0));
    CHECK(same(parse_with_zeros("1e1", 100000, ""), HUGE_VAL));
    CHECK(same(parse_with_zeros("0e1", 100000, ""), 0));
    CHECK(same(parse_with_zeros("0.", 100000, "e99"), 0));
}

struct rounding {
    double x;
    int digits;
    double result;
};

/*
 * Python 3's decimal with 2,000 digits: q = (Decimal(x).scaleb(-u) + Decimal('0.5'))
 * .to_integral_value(ROUND_FLOOR), float(q.scaleb(u)), -0.0 replaced by 0.0, and x for inf.
 * u = -places, or Decimal(x).adjusted() - digits + 1.
 */
/* clang-format off */
static const struct rounding rounded[] = {
    {2.5, 0, 3.0}, {-2.5, 0, -2.0}, {-2.500001, 0, -3.0}, {0.5, 0, 1.0}, {-0.5, 0, 0.0},
    {-0.50001, 0, -1.0}, {1.5, 0, 2.0}, {-1.5, 0, -1.0}, {0.49999999999999994, 0, 0.0},
    {4503599627370495.5, 0, 4503599627370496.0}, {-4503599627370495.5, 0, -4503599627370495.0},
    {9007199254740992.0, 0, 9007199254740992.0}, {1e+300, 15, 1e+300}, {1.0005, 3, 1.0},
    {1.0015, 3, 1.002}, {2.675, 2, 2.67}, {-2.675, 2, -2.67}, {1.005, 2, 1.0}, {0.125, 2, 0.13},
    {-0.125, 2, -0.12}, {0.375, 2, 0.38}, {-0.375, 2, -0.37}, {0.0625, 3, 0.063},
    {-0.0625, 3, -0.062}, {149.31251, 3, 149.313}, {0.30000000000000004, 15, 0.3},
    {0.1, 15, 0.1}, {124.04347527516074, 5, 124.04348}, {1e-320, 15, 0.0}, {-1e-320, 15, 0.0},
    {5e-16, 15, 1e-15}, {-5e-16, 15, -1e-15}, {5.000000000000001e-16, 15, 1e-15},
    {9.007199254740993, 15, 9.007199254740993}, {9.007199254740991, 15, 9.007199254740991},
    {9.007199254740994, 15, 9.007199254740994}, {8.5, 15, 8.5},
    {1.52587890625e-05, 15, 1.5258789063e-05}, {-1.52587890625e-05, 15, -1.5258789062e-05},
    {0.015625, 5, 0.01563}, {-0.015625, 5, -0.01562},
    {1024.0000305175781, 14, 1024.0000305175781},
    {-1024.0000305175781, 14, -1024.0000305175781}, {70368744177663.984, 5, 70368744177663.984},
    {33554432.5, 8, 33554432.5}, {1.7976931348623157e+308, 3, 1.7976931348623157e+308},
    {-8191.99951171875, 10, -8191.9995117187}, {68719476735.99999, 4, 68719476736.0},
    {-54422.922529595184, 5, -54422.92253}, {-1316.7991554874136, 13, -1316.7991554874136},
    {-470263.50752244797, 13, -470263.50752244797},
    {-63.486065828518846, 13, -63.4860658285188}, {-777234.681427713, 2, -777234.68},
    {8.235705112332644, 4, 8.2357}, {7281.259730525968, 9, 7281.259730526},
    {0.3588663142896331, 7, 0.3588663}, {5072.429838290595, 6, 5072.429838},
    {-681.9821366349667, 0, -682.0}, {90469.59845122366, 9, 90469.598451224},
    {124.43483668163846, 7, 124.4348367}, {-800.5953212575018, 6, -800.595321},
    {7687.918872773446, 13, 7687.918872773446},
};

static const struct rounding significant[] = {
    {2.5, 1, 3.0}, {-2.5, 1, -2.0}, {9.5, 1, 10.0}, {-9.5, 1, -9.0}, {0.95, 1, 0.9},
    {-0.95, 1, -0.9}, {95.0, 1, 100.0}, {-95.0, 1, -90.0}, {0.125, 2, 0.13}, {-0.125, 2, -0.12},
    {1.25, 2, 1.3}, {12.5, 2, 13.0}, {-12.5, 2, -12.0}, {1250.0, 2, 1300.0},
    {-1250.0, 2, -1200.0}, {1.25e+22, 2, 1.2e+22}, {-1.25e+22, 2, -1.2e+22},
    {2.5e+21, 1, 3e+21}, {-2.5e+21, 1, -2e+21}, {2.5e+22, 1, 2e+22}, {2.5e+23, 1, 2e+23},
    {-2.5e+23, 1, -2e+23}, {5e-324, 1, 5e-324}, {5e-324, 17, 5e-324},
    {1.7976931348623157e+308, 17, 1.7976931348623157e+308},
    {1.7976931348623157e+308, 2, 1.7976931348623157e+308},
    {-1.7976931348623157e+308, 3, -1.7976931348623157e+308},
    {1.7976931348623157e+308, 1, 1.7976931348623157e+308},
    {2.2250738585072014e-308, 6, 2.22507e-308}, {124.04347527516074, 6, 124.043},
    {0.1, 17, 0.1}, {0.30000000000000004, 16, 0.3},
    {0.3333333333333333, 17, 0.3333333333333333},
    {1.2345678901234568e+17, 17, 1.2345678901234568e+17},
    {1.1111111011111112e+18, 17, 1.1111111011111112e+18}, {35.73832903057337, 6, 35.7383},
    {5.960464477539063e-08, 16, 5.960464477539063e-08},
    {-5.960464477539063e-08, 16, -5.960464477539062e-08},
    {5.960464477539063e-08, 15, 5.96046447753906e-08},
    {5.960464477539063e-08, 17, 5.960464477539063e-08},
    {-5.960464477539063e-08, 17, -5.960464477539063e-08}, {123456.5, 6, 123457.0},
    {-123456.5, 6, -123456.0}, {1e+23, 1, 1e+23}, {9007199254740992.0, 15, 9007199254740990.0},
    {99999.95, 6, 99999.9}, {4503599627370498.0, 16, 4503599627370498.0},
    {-4503599627370498.0, 16, -4503599627370498.0}, {999999.5, 6, 1000000.0},
    {-999999.5, 6, -999999.0}, {2.4067097479417495e+64, 16, 2.40670974794175e+64},
    {9.048596724919936e-149, 8, 9.0485967e-149},
    {5.582640163513634e-15, 13, 5.582640163514e-15},
    {415209769416923.25, 13, 415209769416900.0}, {2.2700200993576141e+282, 2, 2.3e+282},
    {5.257740645155257e+58, 13, 5.257740645155e+58}, {2.7865401617620176e+286, 5, 2.7865e+286},
    {1.3153820747201239e-149, 14, 1.3153820747201e-149},
    {2.5537645838141858e-92, 14, 2.5537645838142e-92},
    {3.0892616715701608e-136, 6, 3.08926e-136}, {1.3466774824456029e+132, 7, 1.346677e+132},
    {7.318622386610436e+85, 16, 7.318622386610436e+85}, {1.025441935328607e-215, 1, 1e-215},
    {2.067603106330885e-281, 2, 2.1e-281},
};
/* clang-format on */

UNIT_TEST(number_round_decides_on_the_exact_value_ties_upward)
{
    for (size_t i = 0; i < COUNT(rounded); i++) {
        double x = number_round(rounded[i].x, rounded[i].digits);
        CHECK(same(x, rounded[i].result));
        if (!same(x, rounded[i].result))
            printf("# %.17g to %d: %.17g\n", rounded[i].x, rounded[i].digits, x);
    }
}

UNIT_TEST(number_significant_decides_on_the_exact_value_ties_upward)
{
    for (size_t i = 0; i < COUNT(significant); i++) {
        double x = number_significant(significant[i].x, significant[i].digits);
        CHECK(same(x, significant[i].result));
        if (!same(x, significant[i].result))
            printf("# %.17g to %d: %.17g\n", significant[i].x, significant[i].digits, x);
    }
}

UNIT_TEST(rounding_leaves_what_is_not_finite_and_drops_the_sign_of_zero)
{
    for (int n = 0; n <= 17; n++) {
        CHECK(n > 15 || same(number_round(-0.0, n), 0));
        CHECK(n > 15 || same(number_round(-HUGE_VAL, n), -HUGE_VAL));
        CHECK(n > 15 || isnan(number_round((double)NAN, n)));
        CHECK(n > 15 || same(number_round(-5e-324, n), 0));
        CHECK(n < 1 || same(number_significant(-0.0, n), 0));
        CHECK(n < 1 || same(number_significant(HUGE_VAL, n), HUGE_VAL));
        CHECK(n < 1 || isnan(number_significant((double)NAN, n)));
        CHECK(n < 1 || same(number_significant(-5e-324, n), -5e-324));
    }
}

static struct buf out = BUF_EMPTY;

static struct span string_of(struct span s)
{
    buf_clear(&out);
    jcs_put_string(&out, exact(s));
    return buf_span(&out);
}

/* node v20: JSON.stringify(String.fromCharCode(i)). */
static const char *const escapes[0x20] = {
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
    "\\b",     "\\t",     "\\n",     "\\u000b", "\\f",     "\\r",     "\\u000e", "\\u000f",
    "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
    "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f"};

UNIT_TEST(strings_escape_only_what_they_must)
{
    for (int c = 0; c < 0x80; c++) {
        unsigned char text[3] = {'x', (unsigned char)c, 'y'};
        char plain[2] = {(char)c, 0}, expected[16];
        const char *middle = c < 0x20    ? escapes[c]
                             : c == '"'  ? "\\\""
                             : c == '\\' ? "\\\\"
                                         : plain;
        snprintf(expected, sizeof expected, "\"x%sy\"", middle);
        CHECK_TEXT(string_of(span_of(text, 3)), expected);
    }
    CHECK_TEXT(string_of(span_of(NULL, 0)), "\"\"");
    CHECK_TEXT(string_of(span_text("/\x7f\xc2\x80\xe2\x80\xa8\xef\xbf\xbf\xf0\x9f\x98\x82")),
               "\"/\x7f\xc2\x80\xe2\x80\xa8\xef\xbf\xbf\xf0\x9f\x98\x82\"");
    CHECK_TEXT(string_of(span_text("\"\"\\\n\n\"")), "\"\\\"\\\"\\\\\\n\\n\\\"\"");
}

UNIT_TEST(strings_find_an_escape_at_every_place_of_every_length)
{
    static const unsigned char plain[] = {' ', '!', '#', '[', ']', 0x7F, 0x80, 0xFF, 'a'};
    static const unsigned char special[] = {0, 0x1F, '"', '\\'};
    static const char *const escaped[] = {"\\u0000", "\\u001f", "\\\"", "\\\\"};
    unsigned char text[40], expected[60];

    for (size_t n = 1; n <= sizeof text; n++)
        for (size_t at = 0; at < n; at++)
            for (size_t k = 0; k < COUNT(special); k++) {
                size_t length = strlen(escaped[k]);
                for (size_t i = 0; i < n; i++)
                    text[i] = plain[(i + n) % COUNT(plain)];
                text[at] = special[k];
                expected[0] = expected[n + length] = '"';
                memcpy(expected + 1, text, at);
                memcpy(expected + 1 + at, escaped[k], length);
                memcpy(expected + 1 + at + length, text + at + 1, n - at - 1);
                CHECK_SPAN(string_of(span_of(text, n)), span_of(expected, n + length + 1));
            }
}

UNIT_TEST(names_sort_by_utf16_code_units)
{
    /* The members of RFC 8785, section 3.2.3, in its order, among the ends of the ranges. */
    static const char *const names[] = {
        "",
        "\r",
        "1",
        "11",
        "\xc2\x80",
        "\xc3\xb6",
        "\xe2\x82\xac",
        "\xed\x9f\xbf",                 /* U+D7FF */
        "\xf0\x90\x80\x80",             /* U+10000 */
        "\xf0\x9f\x98\x80",             /* U+1F600 */
        "\xf0\x9f\x98\x82",             /* U+1F602 */
        "\xf0\x9f\x98\x82\xed\x9f\xbf", /* U+1F602 U+D7FF */
        "\xf0\x9f\x98\x82\xf4\x8f\xbf\xbf",
        "\xf0\x9f\x98\x82\xee\x80\x80",
        "\xf4\x8f\xbf\xbf", /* U+10FFFF */
        "\xee\x80\x80",     /* U+E000 */
        "\xef\xac\xb3",     /* U+FB33 */
        "\xef\xbf\xbf",     /* U+FFFF */
    };

    for (size_t i = 0; i < COUNT(names); i++)
        for (size_t j = 0; j < COUNT(names); j++) {
            int order = jcs_compare_names(span_text(names[i]), exact(span_text(names[j])));
            CHECK((order > 0) - (order < 0) == (i > j) - (i < j));
        }
}

/* Is S its own canonical text after it was read to a double? */
static bool prints_itself(struct span s)
{
    unsigned char text[NUMBER_TEXT_MAX];
    size_t n = jcs_number(text, number_parse(s));

    return span_equal(span_of(text, n), s);
}

UNIT_TEST(what_is_canonical_at_first_sight_prints_itself)
{
    static const char *const canonical[] = {"0",
                                            "7",
                                            "-7",
                                            "10",
                                            "-120",
                                            "999999999999999",
                                            "-999999999999999",
                                            "0.5",
                                            "-0.5",
                                            "1.25",
                                            "1000000.00001",
                                            "0.1",
                                            "0.000001",
                                            "-0.000001",
                                            "0.00000123",
                                            "12345678901.234"};
    static const char *const others[] = {"-0",
                                         "0.0",
                                         "-0.0",
                                         "1.0",
                                         "1.50",
                                         "0.0000001",
                                         "0.00000012",
                                         "-0.0000009",
                                         "1e5",
                                         "1E5",
                                         "1.5e3",
                                         "0e0",
                                         "1234567890123456",
                                         "0.10000000000000001",
                                         "12345678901.2345"};

    for (size_t i = 0; i < COUNT(canonical); i++)
        CHECK(number_is_canonical(exact(span_text(canonical[i]))) &&
              prints_itself(span_text(canonical[i])));
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK(!number_is_canonical(exact(span_text(others[i]))));

    /* Any digits with a point anywhere. */
    uint64_t x = 1;
    size_t wrong = 0, seen = 0;
    for (int i = 0; i < 1000000; i++) {
        char text[40];
        x = x * 6364136223846793005u + 1442695040888963407u;
        int places = (int)(x >> 60), digits = (int)(x >> 56 & 15);
        uint64_t whole = (x >> 8) % (uint64_t)(i % 3 == 0 ? 3 : 100000000);
        uint64_t fraction = x;
        int n = snprintf(text, sizeof text, "%s%llu", x & 1 ? "-" : "",
                         (unsigned long long)whole >> digits);
        if (places)
            text[n++] = '.';
        for (int k = 0; k < places; k++, fraction >>= 4)
            text[n++] = (char)('0' + ((fraction & 8) && i % 5 ? 0 : (int)(fraction & 7)));
        struct span s = span_of(text, (size_t)n);
        bool is = number_is_canonical(s);
        seen += is;
        wrong += is && !prints_itself(s);
    }
    CHECK(!wrong && seen > 100000 && seen < 900000);
}

/* What plain_end() and plain_ascii_end() do, byte by byte. */
static bool is_plain(unsigned char c, bool ascii_only)
{
    return c >= 0x20 && c != '"' && c != '\\' && !(ascii_only && c >= 0x80);
}

static size_t plain_bytes(struct span s, bool ascii_only)
{
    size_t n = 0;

    while (n < s.n && is_plain(s.p[n], ascii_only))
        n++;
    return n;
}

static bool ends_are_right(struct span s)
{
    const unsigned char *end = s.p + s.n;
    const unsigned char *text = s.p + plain_bytes(s, false),
                        *ascii = s.p + plain_bytes(s, true);

    return plain_end(s.p, end) == text && plain_ascii_end(s.p, end) == ascii &&
           plain_by_eight(s.p, end, false) == text && plain_by_eight(s.p, end, true) == ascii &&
           plain_by_sixteen(s.p, end, false) == text &&
           plain_by_sixteen(s.p, end, true) == ascii;
}

/* Every byte at every place of texts of every length up to 130, after and before bytes that can
 * spoil a neighbor by a borrow, at every alignment. */
UNIT_TEST(plain_text_ends_at_the_first_byte_that_is_not)
{
    static const unsigned char fillers[] = {' ', '!', 'a', 0x7F};
    size_t wrong = 0;

    for (size_t n = 0; n <= 130; n++) {
        unsigned char *p = malloc(n + n % 16 + 1);
        if (!p)
            abort();
        struct span s = span_of(p + n % 16 + 1, n); /* it ends where the memory does */
        unsigned char *bytes = p + n % 16 + 1;
        for (size_t f = 0; f < COUNT(fillers); f++) {
            memset(bytes, fillers[f], n);
            wrong += !ends_are_right(s);
            for (size_t at = 0; at < n; at++) {
                for (int c = 0; c < 256; c++) {
                    bytes[at] = (unsigned char)c;
                    if (at + 1 < n)
                        bytes[at + 1] = (unsigned char)(c * 7 + f);
                    wrong += !ends_are_right(s);
                }
                bytes[at] = fillers[f];
                if (at + 1 < n)
                    bytes[at + 1] = fillers[f];
            }
        }
        free(p);
    }
    CHECK(wrong == 0);
}

UNIT_TEST(the_distance_of_words_counts_bytes_added_removed_replaced_and_exchanged)
{
    /* kitten and CA are the usual examples of this distance; the others are counted by hand. */
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {
        {"", "", 0},
        {"a", "", 1},
        {"kitten", "sitting", 3},
        {"CA", "ABC", 3},
        {"ab", "ba", 1},
        {"Trim", "tRIM", 0},
        {"http_usr_agent", "http_user_agent", 1},
        {"uafamily", "ua-family", 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span a = span_text(rows[i].a), b = span_text(rows[i].b);
        CHECK(nearest_distance(a, b, 9) == rows[i].distance);
        CHECK(nearest_distance(b, a, rows[i].distance) == rows[i].distance);
        if (rows[i].distance)
            CHECK(nearest_distance(a, b, rows[i].distance - 1) > rows[i].distance - 1);
    }
    unsigned char longest[NEAREST_BYTES + 1] = {0};
    struct span whole = exact(span_of(longest, sizeof longest));
    CHECK(nearest_distance(span_cut(whole, 0, NEAREST_BYTES), span_cut(whole, 1, whole.n), 9) == 0);
    CHECK(nearest_distance(whole, whole, 9) > 9);
}

UNIT_TEST(the_nearest_word_is_the_first_of_those_that_are_equally_near)
{
    static const struct {
        const char *wanted, *words[4], *found;
    } rows[] = {
        {"instal", {"exact", "install", "instill"}, "install"},
        {"bat", {"device", "cat", "hat"}, "cat"},
        {"bat", {"cat", "BAT", "bat"}, "BAT"},
        {"xyz", {"device", "xy"}, "xy"},
        {"xyz", {"device", "x"}, ""},
        {"", {"a"}, ""},
        {"a", {"b", "ab"}, ""},
        {"a", {"b", "A"}, "A"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct nearest nearest = nearest_begin(span_text(rows[i].wanted));
        for (size_t k = 0; rows[i].words[k]; k++)
            nearest_offer(&nearest, span_text(rows[i].words[k]));
        CHECK_TEXT(nearest.found, rows[i].found);
    }
}

int main(void)
{
    int status = unit_run();

    exact(span_of(NULL, 0));
    buf_free(&out);
    return status;
}
