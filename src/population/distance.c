#include "config.h"

#include "population/distance.h"

#include <stdbool.h>

#include "base/integer.h"

#define FRACTION_BITS 32
#define SCORE_BITS    26 /* a score is at most sqrt(N), in thousandths */
#define RESCALED_BITS 43 /* and a rescaled one 2^16.5 times as large */

struct population_distance population_distance_of(uint64_t old, uint64_t new)
{
    return (struct population_distance){.records = {old, new}};
}

/* Is A/n1 - B/n2 larger than that of the value that differs most so far, whatever the sign? */
static bool is_most(const struct population_distance *d, uint64_t gap)
{
    uint64_t a = d->most[0] * d->records[1], b = d->most[1] * d->records[0];

    return gap > (a > b ? a - b : b - a);
}

void population_distance_add(struct population_distance *distance, uint64_t hash, uint64_t old,
                             uint64_t new)
{
    uint64_t c = old + new, square = old * old;
    uint64_t a = old * distance->records[1], b = new * distance->records[0];
    uint64_t gap = a > b ? a - b : b - a;

    if (!c)
        return;
    distance->values++;
    distance->squares +=
        (square / c << FRACTION_BITS) + ((square % c << FRACTION_BITS) / c);
    distance->inverses += ((uint64_t)1 << FRACTION_BITS) / c;
    distance->moved += a > b ? gap : 0;
    if (gap && is_most(distance, hash ? gap : gap + 1)) {
        distance->most_hash = hash;
        distance->most[0] = old;
        distance->most[1] = new;
    }
}

static struct integer product(struct integer a, uint64_t b)
{
    return integer_product(a, integer_of(b));
}

static struct integer shifted(uint64_t number)
{
    return product(integer_of(number), (uint64_t)1 << FRACTION_BITS);
}

/* X2 - E times F n1 n2 (N - 1) / N; 0 if it is negative. At most 128 bits. */
static struct integer excess(const struct population_distance *d, uint64_t n)
{
    uint64_t n1 = d->records[0];
    struct integer sum = integer_difference(product(integer_of(d->squares), n),
                                            product(shifted(n1), n1));

    return integer_difference(product(sum, n - 1),
                              product(shifted(population_distance_all(d)), d->values - 1));
}

/* V times F n1 n2 (N - 1)^2 (N - 2)^2 (N - 3) / N. At most 258 bits. */
static struct integer variance(const struct population_distance *d, uint64_t n)
{
    uint64_t k = d->values, all = population_distance_all(d);
    uint64_t unlike = d->records[0] > d->records[1] ? d->records[0] - d->records[1]
                                                    : d->records[1] - d->records[0];
    /* w1 (N - 2) F, and (v1 - w1) (N - 1) (N - 2) F */
    struct integer w1 =
        integer_difference(product(integer_of(d->inverses), n), product(shifted(k), k));
    struct integer v1 = integer_difference(product(product(shifted(k - 1), n - k), n - 2),
                                           product(w1, n - 1));
    /* w2 (N - 2) n1 n2, and (v2 - w2) (N - 1) (N - 2) n1 n2 */
    struct integer w2 = integer_of(unlike * unlike);
    struct integer v2 =
        integer_difference(product(product(integer_of(n - 2), n - 2), all), product(w2, n - 1));
    struct integer left = product(integer_product(v1, v2), 2);
    struct integer right = product(product(product(integer_product(w1, w2), n), n - 1), n - 3);

    return integer_sum(left, right);
}

/* Is z at least SCORE / 1000? With g = SCORE/1000 N/sqrt(n1 n2) and d = X2 - E that is
 * 4 d - g^2 >= 2 g sqrt(V), so the square of the left side is compared, if it is not negative. No
 * product has more than 404 bits. */
static bool reaches(const struct integer *excess_of, const struct integer *variance_of, uint64_t n,
                    uint64_t score)
{
    struct integer have = product(*excess_of, 4000000);
    struct integer need = product(product(shifted(score * score), n), n - 1);

    if (integer_order(&have, &need) < 0)
        return false;
    struct integer h = integer_difference(have, need);
    struct integer left = product(product(product(integer_product(h, h), n - 2), n - 2), n - 3);
    struct integer right = product(
        product(product(integer_product(*variance_of, shifted(n)), score), score), 4000000);
    return integer_order(&left, &right) >= 0;
}

uint64_t population_distance_score(const struct population_distance *distance)
{
    uint64_t n = distance->records[0] + distance->records[1], score = 0;

    if (n < 4 || distance->values < 2)
        return 0;
    struct integer x = excess(distance, n), v = variance(distance, n);
    if (!x.count)
        return 0;
    for (uint64_t bit = (uint64_t)1 << (SCORE_BITS - 1); bit; bit /= 2)
        if (reaches(&x, &v, n, score | bit))
            score |= bit;
    return score;
}

uint64_t population_distance_rescale(uint64_t score, const uint64_t of[2], const uint64_t in[2])
{
    struct integer from = product(integer_of(of[0] * of[1]), in[0] + in[1]);
    struct integer to =
        product(product(product(integer_of(in[0] * in[1]), of[0] + of[1]), score), score);
    uint64_t rescaled = 0;

    for (uint64_t bit = (uint64_t)1 << (RESCALED_BITS - 1); bit; bit /= 2) {
        struct integer square = product(product(from, rescaled | bit), rescaled | bit);
        if (integer_order(&square, &to) <= 0)
            rescaled |= bit;
    }
    return rescaled;
}
