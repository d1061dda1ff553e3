/* log2: logarithms in integers. */
#include "config.h"

#include <stddef.h>

#include "base/log2.h"
#include "unit.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* By Python, with 80 digits: from decimal import *; getcontext().prec = 80
 * int(Decimal(x).ln() / Decimal(2).ln() * 2**32) */
static const struct {
    uint64_t x, fixed;
} logarithms[] = {
    {3, 6807362105},
    {5, 9972605231},
    {7, 12057497578},
    {10, 14267572527},
    {41, 23010510646},
    {63, 25672221790},
    {65, 25865872801},
    {1000, 42802717581},
    {1023, 42943618901},
    {1025, 42955721108},
    {65535, 68719382186},
    {1000000, 85605435163},
    {1000000007, 128408152788},
    {1000000000000, 171210870326},
    {4294967295, 137438953470},
    {4294967297, 137438953473},
    {9007199254740991, 227633266687},
    {INT64_MAX, 270582939647},
    {10000000000000000000u, 271083878016},
    {UINT64_MAX, 274877906943},
};

UNIT_TEST(logarithms_are_rounded_down)
{
    for (size_t i = 0; i < COUNT(logarithms); i++)
        CHECK(log2_fixed(logarithms[i].x) == logarithms[i].fixed);
}

UNIT_TEST(those_of_powers_of_2_are_exact)
{
    for (uint64_t e = 0; e < 64; e++)
        CHECK(log2_fixed((uint64_t)1 << e) == e * LOG2_ONE);
}

UNIT_TEST(twice_the_number_has_one_bit_more)
{
    bool right = true;

    for (uint64_t x = 1; x < 100000; x++)
        right = right && log2_fixed(2 * x) == log2_fixed(x) + LOG2_ONE &&
                log2_fixed(x << 40) == log2_fixed(x) + 40 * LOG2_ONE;
    CHECK(right);
}

UNIT_TEST(a_larger_number_has_no_smaller_logarithm)
{
    bool right = true;

    for (uint64_t x = 1; x < 300000; x++) /* the next one is more than a unit above */
        right = right && log2_fixed(x) < log2_fixed(x + 1);
    for (uint64_t x = UINT64_MAX - 300000; x < UINT64_MAX; x++)
        right = right && log2_fixed(x) <= log2_fixed(x + 1);
    for (uint64_t x = INT64_MAX - (uint64_t)150000; x < INT64_MAX + (uint64_t)150000; x++)
        right = right && log2_fixed(x) <= log2_fixed(x + 1);
    CHECK(right);
}

/* The logarithm of a product is the sum, and each of the three is less than a unit too small. */
UNIT_TEST(that_of_a_product_is_the_sum)
{
    bool right = true;

    for (uint64_t x = 1; x < 2000; x += 7)
        for (uint64_t y = 1; y < 4000000000; y = y * 3 + 1) {
            uint64_t sum = log2_fixed(x) + log2_fixed(y), product = log2_fixed(x * y);
            right = right && product + 1 >= sum && product <= sum + 2;
        }
    CHECK(right);
}

UNIT_TEST(thousandths_round_a_half_up_or_down)
{
    CHECK(log2_thousandths(0) == 0 && log2_thousandths_down(0) == 0);
    CHECK(log2_thousandths(LOG2_ONE) == 1000 && log2_thousandths_down(LOG2_ONE) == 1000);
    CHECK(log2_thousandths(log2_fixed(3)) == 1585); /* 1.58496 */
    CHECK(log2_thousandths_down(log2_fixed(3)) == 1584);
    CHECK(log2_thousandths(LOG2_ONE / 16) == 63); /* 62.5 */
    CHECK(log2_thousandths_down(LOG2_ONE / 16) == 62);
    CHECK(log2_thousandths(LOG2_ONE / 16 - 1) == 62);
    CHECK(log2_thousandths(64 * LOG2_ONE) == 64000);
    CHECK(log2_thousandths_down((uint64_t)1 << 53) == 2097152000);
}

int main(void)
{
    return unit_run();
}
