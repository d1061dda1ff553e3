/*
 * dtoa: shortest digits; and jcs, which lays them out as ECMAScript does.
 */
#include "config.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "text/dtoa.h"
#include "text/jcs.h"
#include "text/number.h"
#include "unit.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static double double_of(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

struct vector {
    uint64_t bits;
    const char *text;
};

/* RFC 8785, appendix B; checked with node v20's String(x). */
static const struct vector appendix_b[] = {
    {0x0000000000000000, "0"},
    {0x8000000000000000, "0"},
    {0x0000000000000001, "5e-324"},
    {0x8000000000000001, "-5e-324"},
    {0x7fefffffffffffff, "1.7976931348623157e+308"},
    {0xffefffffffffffff, "-1.7976931348623157e+308"},
    {0x4340000000000000, "9007199254740992"},
    {0xc340000000000000, "-9007199254740992"},
    {0x4430000000000000, "295147905179352830000"},
    {0x44b52d02c7e14af5, "9.999999999999997e+22"},
    {0x44b52d02c7e14af6, "1e+23"},
    {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
    {0x444b1ae4d6e2ef4e, "999999999999999700000"},
    {0x444b1ae4d6e2ef4f, "999999999999999900000"},
    {0x444b1ae4d6e2ef50, "1e+21"},
    {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
    {0x3eb0c6f7a0b5ed8d, "0.000001"},
    {0x41b3de4355555553, "333333333.3333332"},
    {0x41b3de4355555554, "333333333.33333325"},
    {0x41b3de4355555555, "333333333.3333333"},
    {0x41b3de4355555556, "333333333.3333334"},
    {0x41b3de4355555557, "333333333.33333343"},
    {0xbecbf647612f3696, "-0.0000033333333333333333"},
    {0x43143ff3c1cb0959, "1424953923781206.2"},
};

/* node v20: String(x). */
static const struct vector layouts[] = {
    {0x3ff0000000000000, "1"},
    {0xbff0000000000000, "-1"},
    {0x4024000000000000, "10"},
    {0x4059000000000000, "100"},
    {0x430c6bf526340000, "1000000000000000"},
    {0x433fffffffffffff, "9007199254740991"},
    {0x4340000000000001, "9007199254740994"},
    {0x4415af1d78b58c40, "100000000000000000000"},
    {0x441ac53a7e04bcda, "123456789012345680000"},
    {0x442043561a882930, "150000000000000000000"},
    {0x444b1ae4d6e2ef50, "1e+21"},
    {0xc44b1ae4d6e2ef50, "-1e+21"},
    {0x4454542ba12a337c, "1.5e+21"},
    {0x4480f0cf064dd592, "1e+22"},
    {0x54b249ad2594c37d, "1e+100"},
    {0xfe41eb2d66005835, "-1.5e+300"},
    {0x3fb999999999999a, "0.1"},
    {0x3fe0000000000000, "0.5"},
    {0xbfd0000000000000, "-0.25"},
    {0x4029000000000000, "12.5"},
    {0x40fe240c9fbe76c9, "123456.789"},
    {0x3fd3333333333334, "0.30000000000000004"},
    {0x3eb0c6f7a0b5ed8d, "0.000001"},
    {0x3eb4b6231abfd271, "0.0000012345"},
    {0xbeb4b6231abfd271, "-0.0000012345"},
    {0x3e7ad7f29abcaf48, "1e-7"},
    {0x3e8421f5f40d8376, "1.5e-7"},
    {0xbe7ad7f29abcaf48, "-1e-7"},
    {0x3e70000000000000, "5.960464477539063e-8"},
    {0x3ddb7cdfd9d7bdbb, "1e-10"},
    {0x2b317f7d4ed8c33e, "1.25e-100"},
    {0x0010000000000000, "2.2250738585072014e-308"},
    {0x432fffffffffffff, "4503599627370495.5"},
    {0x41d26580b487e6b7, "1234567890.1234567"},
    {0x4011666666666666, "4.35"},
    {0x3ea0c6f7a0b5ed8d, "5e-7"},
    {0x3ee4f8b588e368f1, "0.00001"},
    {0x41b3de4355555555, "333333333.3333333"},
};

/* Digits and exponent of x. Of the powers of two, whose lower neighbour is the nearer one,
 * 2^-24, -44, -1017 and -1007 have a shorter decimal than the first %.Ne that reads back. From
 * node v20. */
static const struct {
    double x;
    uint64_t digits;
    int exponent;
} shortest[] = {
    {0, 0, 0},
    {5e-324, 5, -324},
    {1e-323, 1, -323},
    {1.7976931348623157e308, 17976931348623157, 292},
    {2.2250738585072014e-308, 22250738585072014, -324},
    {0x1p-24, 5960464477539063, -23},
    {0x1p-44, 5684341886080802, -29},
    {0x1p-1017, 7120236347223045, -322},
    {0x1p-1007, 7291122019556398, -319},
    {0x1p-1022, 22250738585072014, -324},
    {0x1p1023, 898846567431158, 293},
    {1e21, 1, 21},
    {1e-7, 1, -7},
    {9007199254740993.0, 9007199254740992, 0},
    {9007199254740992.0, 9007199254740992, 0},
    {2e22, 2, 22},
    {1e23, 1, 23},
    {0.1, 1, -1},
    {100, 1, 2},
    {9.5, 95, -1},
    {0x1p-1, 5, -1},
    {3, 3, 0},
    {9007199254740991, 9007199254740991, 0},
    {12345678901234567890.0, 12345678901234567, 3},
    {4.35, 435, -2},
    {1e-310, 1, -310},
};

static void check_vectors(const struct vector *vectors, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        /* On the heap and no longer than promised, so that sanitizers see writes beyond it. */
        unsigned char *text = malloc(NUMBER_TEXT_MAX);
        if (!text)
            abort();
        size_t length = jcs_number(text, double_of(vectors[i].bits));
        CHECK_TEXT(span_of(text, length), vectors[i].text);
        free(text);
    }
}

UNIT_TEST(numbers_of_rfc_8785_appendix_b)
{
    check_vectors(appendix_b, COUNT(appendix_b));
}

UNIT_TEST(layouts_of_ecmascript)
{
    check_vectors(layouts, COUNT(layouts));
}

UNIT_TEST(put_number_appends)
{
    struct buf out = BUF_EMPTY;

    buf_putc(&out, '[');
    jcs_put_number(&out, -0.5);
    buf_putc(&out, ',');
    jcs_put_number(&out, -0.0);
    CHECK_TEXT(buf_span(&out), "[-0.5,0");
    buf_free(&out);
}

UNIT_TEST(digits_do_not_end_in_zero_and_are_the_nearest)
{
    for (size_t i = 0; i < COUNT(shortest); i++) {
        struct decimal d = dtoa_shortest(shortest[i].x);
        CHECK(d.digits == shortest[i].digits);
        CHECK(d.exponent == shortest[i].exponent);
        if (d.digits != shortest[i].digits || d.exponent != shortest[i].exponent)
            printf("# %a: %llu e%d\n", shortest[i].x, (unsigned long long)d.digits, d.exponent);
    }
}

/* The double that DIGITS * 10^EXPONENT reads as. */
static double read_decimal(uint64_t digits, int exponent)
{
    char text[48];
    int n = snprintf(text, sizeof text, "%llue%d", (unsigned long long)digits, exponent);

    return number_parse(span_of(text, (size_t)n));
}

/* Does the text of X read as X, and no decimal of fewer digits? It is enough to try the two
 * decimals around X with one digit fewer, because shorter ones can be padded with zeros. */
static bool is_shortest(double x)
{
    unsigned char text[NUMBER_TEXT_MAX];
    size_t n = jcs_number(text, x);
    struct decimal d = dtoa_shortest(x);

    if (number_parse(span_of(text, n)) != x || d.digits % 10 == 0)
        return false;
    return d.digits < 10 || (read_decimal(d.digits / 10, d.exponent + 1) != x &&
                             read_decimal(d.digits / 10 + 1, d.exponent + 1) != x);
}

UNIT_TEST(random_doubles_read_back_and_none_is_shorter)
{
    uint64_t state = 20240611;
    int wrong = 0;

    for (int i = 0; i < 1500000; i++) {
        /* xorshift64* (Vigna) */
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        uint64_t random = state * UINT64_C(0x2545F4914F6CDD1D);
        double x;
        switch (i % 3) {
        case 0: /* any */
            x = double_of(random >> 1);
            break;
        case 1: /* as in signals */
            x = (double)(random >> 11) * 0x1p-46;
            break;
        default: /* of few digits */
            x = (double)(random >> 44) / (double)(1 + random % 1000);
        }
        if (isfinite(x) && x > 0 && !is_shortest(x) && wrong++ < 5)
            printf("# %a\n", x);
    }
    CHECK(wrong == 0);
}

UNIT_TEST(every_binary_exponent_at_its_ends_reads_back_and_none_is_shorter)
{
    int wrong = 0;

    for (uint64_t field = 0; field < 0x7FF; field++)
        for (uint64_t i = 0; i < 9; i++) {
            uint64_t bits = (field << 52) + i - 4;
            if (bits - 1 >= (UINT64_C(0x7FF) << 52) - 1)
                continue; /* 0, infinity or beyond */
            if (!is_shortest(double_of(bits)) && wrong++ < 5)
                printf("# %a\n", double_of(bits));
        }
    CHECK(wrong == 0);
}

int main(void)
{
    return unit_run();
}
