#include "config.h"

#include "survey/distinct.h"

#include "base/wide.h"

/* The unit of the divisor is 2^-43: the smallest with which 64 bits hold what is divided in
 * distinct_estimate(), also for one value, where the divisor is largest. */
#define UNIT_BITS 43

/* 2^20 / (2 ln 2) in that unit: 2^62 / ln 2, rounded to the nearest integer. */
#define NUMERATOR 6653256548922161246u

void distinct_merge(struct distinct *distinct, const struct distinct *other)
{
    for (int i = 0; i < DISTINCT_REGISTERS; i++)
        if (distinct->registers[i] < other->registers[i])
            distinct->registers[i] = other->registers[i];
}

/* 1024 s(ZEROS / 1024), for ZEROS below 1,024. */
static uint64_t share_of_zeros(uint64_t zeros)
{
    uint64_t sum = zeros << UNIT_BITS;
    uint64_t power = zeros << (64 - DISTINCT_INDEX_BITS); /* x^(2^k), the unit is 2^-64 */

    /* The term is power * 2^(k-1) * 2^10, and its unit is 2^21 times that of the power. */
    for (int k = 1; power; k++) {
        power = wide_product(power, power).high;
        sum += k < 12 ? power >> (12 - k) : power << (k - 12);
    }
    return sum;
}

uint64_t distinct_estimate(const struct distinct *distinct)
{
    uint64_t zeros = 0, divisor = 0;

    for (int i = 0; i < DISTINCT_REGISTERS; i++) {
        int rank = distinct->registers[i];
        if (!rank)
            zeros++;
        else
            divisor += (uint64_t)1 << (rank < UNIT_BITS ? UNIT_BITS - rank : 0);
    }
    if (zeros == DISTINCT_REGISTERS)
        return 0;
    divisor += share_of_zeros(zeros);
    return (NUMERATOR + divisor / 2) / divisor;
}
