/*
 * population_distance: how far two samples of the values of one signal are from each other, and
 * whether that can be chance.
 *
 * The samples have n1 and n2 records, N together; number i of k values is in a and b of them, in c
 * together. With F = 2^32,
 *
 *   S  = the sum of F a^2 / c, each rounded down,    Q = the sum of F / c, each rounded down
 *   X2 = N (N S/F - n1^2) / (n1 n2)                  Pearson's statistic
 *
 * If both are samples of one population, each choice of n1 of the N records is as likely as any
 * other. Then, exactly and for any counts, also for values that are seen once (Haldane 1940,
 * Dawson 1954),
 *
 *   E = N (k - 1) / (N - 1)
 *   V = 2N/(N - 3) (v1 - w1)(v2 - w2) + N^2/(N - 1) w1 w2,
 *       v1 = (k - 1)(N - k)/(N - 1)    w1 = (N Q/F - k^2)/(N - 2)
 *       v2 = (N - 2)/(N - 1)           w2 = (n1 - n2)^2/(n1 n2 (N - 2))
 *
 * are the mean and the variance of X2. The score is
 *
 *   z = (sqrt(V + 4 (X2 - E)) - sqrt(V)) / 2 * 2 sqrt(n1 n2)/N,    0 if X2 is not above E.
 *
 * The first factor is (X2 - E)/sqrt(V) as long as that is small. Beyond, it grows as a root, because
 * X2 has the tail of a chi-square and not of a normal distribution: the chance of z is at most
 * exp(-z^2/2) (Laurent and Massart 2000, lemma 1). So z reads as standard deviations do, for two
 * values as for a million. It also has a standard deviation of about 1 where the populations do
 * differ, which lets two scores be compared. The second factor is 1 for samples of one size. Else it
 * allows for the long tails of rare values in the smaller one, as Hoeffding's inequality does.
 */
#ifndef WHORL_POPULATION_DISTANCE_H
#define WHORL_POPULATION_DISTANCE_H

#include <stdint.h>

#define POPULATION_RECORDS_MOST ((uint64_t)UINT32_MAX) /* of both samples */

struct population_distance {
    uint64_t records[2]; /* n1 and n2 */
    uint64_t values;     /* k */
    uint64_t squares;    /* S */
    uint64_t inverses;   /* Q */
    uint64_t moved;      /* the sum of a n2 - b n1, where that is positive */
    /* The value whose share differs most, by its hash, 0 for no value. Among equals no value is
     * it, or that with the least hash. */
    uint64_t most_hash;
    uint64_t most[2]; /* its counts, a and b */
};

/* Begin with samples of OLD and NEW records, neither 0, and POPULATION_RECORDS_MOST together. */
struct population_distance population_distance_of(uint64_t old, uint64_t new);

/* The value HASH is in OLD and NEW of the records; each value is added once, in the order of their
 * hashes, and at the end those without a value, as 0. Without effect if neither has it. */
void population_distance_add(struct population_distance *distance, uint64_t hash, uint64_t old,
                             uint64_t new);

/* The total variation of the two distributions, the share of the records of one sample whose value
 * would have to change, is distance->moved of these: n1 n2. */
static inline uint64_t population_distance_all(const struct population_distance *distance)
{
    return distance->records[0] * distance->records[1];
}

/* z in thousandths, rounded down, after the last value was added. */
uint64_t population_distance_score(const struct population_distance *distance);

/* What SCORE, of samples of the sizes OF, is for the same change in samples of the sizes IN: it
 * grows with the square root of n1 n2 / N. Rounded down. */
uint64_t population_distance_rescale(uint64_t score, const uint64_t of[2],
                                     const uint64_t in[2]);

#endif
