/*
 * The statistics of --diff --population. The expected numbers are those of score(), scaled() and
 * distance() of tests/cli/population-model.py, which computes with fractions and decimals, also for
 * as many records as there can be.
 */
#include "config.h"

#include <string.h>

#include "base/integer.h"
#include "population/distance.h"
#include "unit.h"

#define VALUES 5

UNIT_TEST(scores_are_exact_for_any_counts)
{
    static const struct {
        uint64_t values[VALUES][2];
        unsigned count;
        uint64_t score, moved;
    } rows[] = {
        {{{2147483647, 0}, {0, 2147483647}}, 2, 65535292, 4611686014132420609},
        {{{2147483647, 2147483646}, {0, 1}}, 2, 0, 2147483647},
        {{{1, 0}, {0, 2147483647}}, 2, 1236, 2147483647},
        {{{1, 4294967293}, {0, 1}}, 2, 0, 1},
        {{{2000000000, 1999000000}, {147483647, 148483647}}, 2, 59528, 2147483647000000},
        {{{3, 0}, {4, 1000000}}, 2, 2934, 3000000},
        {{{1000, 900}, {0, 100}}, 2, 9530, 100000},
        {{{30, 0}, {0, 30}}, 2, 6999, 900},
        {{{1, 0}, {1, 0}, {0, 1}, {0, 1}}, 4, 0, 4},
        {{{5, 5}, {7, 7}}, 2, 0, 0},
        {{{2, 1}}, 1, 0, 0},
        {{{1, 0}, {0, 1}}, 2, 0, 1},
        {{{7, 1}, {1, 7}, {3, 3}, {0, 1}, {1, 0}}, 5, 1801, 84},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t n[2] = {0, 0};
        for (unsigned k = 0; k < rows[i].count; k++)
            for (unsigned side = 0; side < 2; side++)
                n[side] += rows[i].values[k][side];
        struct population_distance distance = population_distance_of(n[0], n[1]);
        for (unsigned k = 0; k < rows[i].count; k++)
            population_distance_add(&distance, k + 1, rows[i].values[k][0],
                                    rows[i].values[k][1]);
        population_distance_add(&distance, 0, 0, 0);
        CHECK(distance.values == rows[i].count);
        CHECK(distance.moved == rows[i].moved);
        CHECK(population_distance_score(&distance) == rows[i].score);
    }
}

UNIT_TEST(scores_grow_with_the_root_of_the_sizes)
{
    static const struct {
        uint64_t score, of[2], in[2], want;
    } rows[] = {
        {6000, {1000, 1000}, {4000, 4000}, 12000},
        {3731, {1000, 1000}, {1000, 1000}, 3731},
        {65535999, {1, 4294967293}, {2147483647, 2147483647}, 2147483614982},
        {9999, {70, 3000}, {10, 20}, 3121},
        {0, {1, 1}, {5, 5}, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(population_distance_rescale(rows[i].score, rows[i].of, rows[i].in) ==
              rows[i].want);
}

UNIT_TEST(of_values_that_differ_equally_no_value_is_most_then_the_least_hash)
{
    struct population_distance d = population_distance_of(10, 10);

    population_distance_add(&d, 3, 2, 5);
    population_distance_add(&d, 7, 5, 2);
    CHECK(d.most_hash == 3 && d.most[0] == 2 && d.most[1] == 5);
    population_distance_add(&d, 0, 3, 3);
    CHECK(d.most_hash == 3);
    d = population_distance_of(10, 10);
    population_distance_add(&d, 3, 2, 5);
    population_distance_add(&d, 7, 3, 3);
    population_distance_add(&d, 0, 5, 2);
    CHECK(d.most_hash == 0 && d.most[0] == 5 && d.most[1] == 2);
    d = population_distance_of(4, 2);
    population_distance_add(&d, 3, 4, 2);
    population_distance_add(&d, 0, 0, 0);
    CHECK(d.most_hash == 0 && d.most[0] == 0 && d.most[1] == 0);
}

/* 2^200 - 12345 */
static struct integer large(void)
{
    struct integer two = integer_of((uint64_t)1 << 40), power = integer_of(1);

    for (int i = 0; i < 5; i++)
        power = integer_product(power, two);
    return integer_difference(power, integer_of(12345));
}

UNIT_TEST(large_numbers_are_summed_subtracted_multiplied_and_ordered)
{
    /* (2^200 - 12345) (2^63 + 987654321), the least significant limb first */
    static const uint32_t want[] = {0x30d98097, 0x7ffff4e9, 0xffffe7e3, 0xffffffff, 0xffffffff,
                                    0xffffffff, 0xde68b0ff, 0x0000003a, 0x00000080};
    const struct integer a = large(), b = integer_of(((uint64_t)1 << 63) + 987654321);
    struct integer product = integer_product(a, b), zero = integer_of(0);

    CHECK(a.count == 7 && a.limbs[6] == 0xff && a.limbs[0] == 0xffffcfc7);
    CHECK(product.count == 9 && memcmp(product.limbs, want, sizeof want) == 0);
    struct integer sum = integer_sum(product, a), back = integer_difference(sum, a);
    CHECK(integer_order(&back, &product) == 0);
    CHECK(integer_order(&sum, &product) > 0 && integer_order(&a, &product) < 0);
    sum = integer_sum(integer_of(UINT64_MAX), integer_of(1));
    CHECK(sum.count == 3 && sum.limbs[2] == 1 && !sum.limbs[1] && !sum.limbs[0]);
    back = integer_difference(a, product);
    CHECK(integer_order(&back, &zero) == 0);
    product = integer_product(a, zero);
    CHECK(product.count == 0);
}

int main(void)
{
    return unit_run();
}
