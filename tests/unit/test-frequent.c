/* frequent: the most frequent values and the entropy, in few counters. */
#include "config.h"

#include <stdlib.h>

#include "base/log2.h"
#include "base/quota.h"
#include "base/wide.h"
#include "fail.h"
#include "splitmix64.h"
#include "survey/frequent.h"
#include "unit.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static uint64_t hash_of(uint64_t value)
{
    return splitmix64(&value);
}

static void add(struct frequent *frequent, uint64_t value, uint64_t times)
{
    while (times--)
        CHECK(frequent_add(frequent, hash_of(value), NULL));
}

static uint64_t sum_of_counts(const struct frequent *frequent)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < frequent_distinct(frequent); i++)
        sum += frequent_at(frequent, i).count;
    return sum;
}

UNIT_TEST(nothing_has_no_entropy)
{
    struct frequent frequent = FREQUENT_EMPTY;
    struct frequent_commonest commonest = frequent_commonest(&frequent);

    CHECK(frequent_entropy(&frequent) == 0 && frequent_exact(&frequent));
    CHECK(frequent_distinct(&frequent) == 0 && frequent_total(&frequent) == 0);
    CHECK(commonest.least == 0 && commonest.most == 0 && commonest.hash == 0);
    frequent_free(&frequent, NULL);
}

UNIT_TEST(one_value_takes_no_memory_beyond_the_struct)
{
    struct quota quota = {.most = 0};
    struct frequent frequent = FREQUENT_EMPTY;

    CHECK(sizeof frequent <= 32);
    for (int i = 0; i < 1000; i++)
        CHECK(frequent_add(&frequent, hash_of(0), &quota));
    CHECK(frequent_entropy(&frequent) == 0 && frequent_exact(&frequent));
    CHECK(frequent_distinct(&frequent) == 1 && frequent_total(&frequent) == 1000);
    struct frequent_counter counter = frequent_at(&frequent, 0);
    CHECK(counter.hash == hash_of(0) && counter.count == 1000 && counter.error == 0);
    struct frequent_commonest commonest = frequent_commonest(&frequent);
    CHECK(commonest.hash == hash_of(0) && commonest.least == 1000 && commonest.most == 1000);
    frequent_free(&frequent, &quota);
}

/* A hash may be any number: 0 and those that agree in the byte by which they are sought. */
UNIT_TEST(any_hash_is_a_value_of_its_own)
{
    static const uint64_t hashes[] = {0, 256, 1, 512, (uint64_t)1 << 63, UINT64_MAX, 255};
    struct frequent frequent = FREQUENT_EMPTY;

    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < COUNT(hashes); i++)
            CHECK(frequent_add(&frequent, hashes[i], NULL));
    CHECK(frequent_distinct(&frequent) == COUNT(hashes) && frequent_exact(&frequent));
    for (uint32_t i = 0; i < COUNT(hashes); i++) {
        struct frequent_counter counter = frequent_at(&frequent, i);
        CHECK(counter.hash == hashes[i] && counter.count == 3 && counter.error == 0);
    }
    frequent_free(&frequent, NULL);
}

/* Value i is added counts[i] times; the rest of the table is 0. */
static void check_entropy(const uint64_t *counts, uint64_t expected)
{
    struct frequent frequent = FREQUENT_EMPTY;

    for (uint64_t i = 0; counts[i]; i++)
        add(&frequent, i, counts[i]);
    CHECK(frequent_exact(&frequent));
    CHECK(frequent_entropy(&frequent) == expected);
    frequent_free(&frequent, NULL);
}
#define ENTROPY(expected, ...) check_entropy((const uint64_t[]){__VA_ARGS__, 0}, expected)

/* By Python: round(1000 * sum(c / N * math.log2(N / c) for c in counts)) */
UNIT_TEST(entropies_of_few_values)
{
    ENTROPY(0, 7);
    ENTROPY(1000, 1, 1);
    ENTROPY(1000, 12345, 12345);
    ENTROPY(811, 3, 1);
    ENTROPY(918, 1, 2);
    ENTROPY(1500, 1, 1, 2);
    ENTROPY(1585, 5, 5, 5);
    ENTROPY(2322, 1000, 1000, 1000, 1000, 1000);
    ENTROPY(11, 1, 999);
    ENTROPY(2248, 2, 7, 1, 8, 2, 8);
}

UNIT_TEST(sixty_four_values_are_exact_and_alike_have_six_bits)
{
    struct frequent frequent = FREQUENT_EMPTY;

    for (int round = 0; round < 1000; round++)
        for (uint64_t v = 0; v < 64; v++)
            add(&frequent, v, 1);
    CHECK(frequent_exact(&frequent) && frequent_distinct(&frequent) == 64);
    CHECK(frequent_entropy(&frequent) == 6000);
    frequent_free(&frequent, NULL);
}

UNIT_TEST(values_that_all_differ_have_at_least_six_bits)
{
    struct frequent frequent = FREQUENT_EMPTY;

    for (uint64_t v = 0; v < 64000; v++)
        add(&frequent, v, 1);
    CHECK(!frequent_exact(&frequent) && frequent_distinct(&frequent) == 64);
    CHECK(frequent_entropy(&frequent) == 6000);
    struct frequent_commonest commonest = frequent_commonest(&frequent);
    CHECK(commonest.least == 1 && commonest.most == 1000);
    frequent_free(&frequent, NULL);
}

/* Counters 0 to 63 begin with values 0 to 63, of which value 0 was added twice. */
UNIT_TEST(of_the_counters_with_the_smallest_count_the_next_one_is_replaced)
{
    struct frequent frequent = FREQUENT_EMPTY;

    add(&frequent, 0, 1);
    for (uint64_t v = 0; v < 64; v++)
        add(&frequent, v, 1);
    add(&frequent, 100, 1); /* replaces 1 */
    add(&frequent, 3, 1);   /* now has 2 */
    add(&frequent, 101, 2); /* replaces 2, then has 3 */
    add(&frequent, 102, 1); /* replaces 4 */
    add(&frequent, 1, 1);   /* replaces 5 */
    static const struct frequent_counter expected[] = {
        {0, 2, 0}, {100, 2, 1}, {101, 3, 1}, {3, 2, 0}, {102, 2, 1}, {1, 2, 1}, {6, 1, 0}};
    for (uint32_t i = 0; i < COUNT(expected); i++) {
        struct frequent_counter counter = frequent_at(&frequent, i);
        CHECK(counter.hash == hash_of(expected[i].hash));
        CHECK(counter.count == expected[i].count && counter.error == expected[i].error);
    }
    for (uint64_t v = 0; v < 58; v++)
        add(&frequent, 200 + v, 1); /* the others, so that none has 1; */
    add(&frequent, 300, 1);         /* and from the first on: replaces 0 */
    struct frequent_counter counter = frequent_at(&frequent, 0);
    CHECK(counter.hash == hash_of(300) && counter.count == 3 && counter.error == 2);
    frequent_free(&frequent, NULL);
}

/* A random value below 2^LEVELS: value v about as often as 1 / v. */
static uint64_t zipf(uint64_t *state, uint64_t levels)
{
    uint64_t x = splitmix64(state), bit = (uint64_t)1 << x % levels;

    return bit | (x >> 32 & (bit - 1));
}

/* By survey-model.py frequent. */
static const struct {
    uint64_t seed, levels, total;
    bool exact;
    uint32_t distinct;
    uint64_t least, most;           /* of the commonest value */
    uint64_t entropy, true_entropy; /* the second of all values */
    uint64_t check;                 /* of all counters in any order */
} streams[] = {
    {1, 1, 1000, true, 1, 1000, 1000, 0, 0, 7541588664641383192u},
    {1, 2, 1000, true, 3, 488, 488, 1511, 1511, 4576646269059257124u},
    {2, 3, 1000, true, 7, 328, 328, 2608, 2608, 3284277945580317875u},
    {3, 6, 1000, true, 63, 157, 157, 5040, 5040, 5673250730094790266u},
    {4, 6, 20000, true, 63, 3315, 3315, 5083, 5083, 10253131603880384330u},
    {5, 7, 1000, false, 64, 136, 136, 5381, 5745, 13596740040694452256u},
    {6, 7, 20000, false, 64, 2824, 2824, 5401, 5825, 1311449299796145036u},
    {7, 10, 20000, false, 64, 1974, 1974, 5741, 7791, 8072366264871210969u},
    {8, 16, 20000, false, 64, 1260, 1260, 5922, 10505, 5206143598585085666u},
};

UNIT_TEST(streams_have_the_counters_and_entropies_of_the_model)
{
    for (size_t n = 0; n < COUNT(streams); n++) {
        struct frequent frequent = FREQUENT_EMPTY;
        uint64_t state = streams[n].seed, check = 0;
        for (uint64_t i = 0; i < streams[n].total; i++)
            add(&frequent, zipf(&state, streams[n].levels), 1);
        for (uint32_t i = 0; i < frequent_distinct(&frequent); i++) {
            struct frequent_counter counter = frequent_at(&frequent, i);
            check += counter.hash * (31 * counter.count + counter.error);
        }
        struct frequent_commonest commonest = frequent_commonest(&frequent);
        CHECK(frequent_exact(&frequent) == streams[n].exact);
        CHECK(frequent_distinct(&frequent) == streams[n].distinct);
        CHECK(frequent_total(&frequent) == streams[n].total);
        CHECK(sum_of_counts(&frequent) == streams[n].total);
        CHECK(commonest.least == streams[n].least && commonest.most == streams[n].most);
        CHECK(commonest.hash == hash_of(1));
        CHECK(frequent_entropy(&frequent) == streams[n].entropy);
        CHECK(streams[n].entropy <= streams[n].true_entropy);
        CHECK(check == streams[n].check);
        frequent_free(&frequent, NULL);
    }
}

/* Values with their true counts. */
#define VALUES 4096
static struct {
    uint64_t hash, count;
} values[VALUES];

static uint64_t true_entropy(uint64_t total)
{
    struct wide sum = {0, 0};

    for (size_t v = 0; v < VALUES; v++)
        if (values[v].count)
            sum = wide_sum(sum, wide_product(values[v].count,
                                             log2_fixed(total) - log2_fixed(values[v].count)));
    return wide_quotient(sum, total);
}

/* What must hold of FREQUENT after any stream of values. */
static bool is_right(const struct frequent *frequent, uint64_t total)
{
    struct frequent_commonest commonest = frequent_commonest(frequent);
    uint64_t distinct = 0, most = 0, smallest = UINT64_MAX, found = 0;

    for (uint32_t i = 0; i < frequent_distinct(frequent); i++)
        if (frequent_at(frequent, i).count < smallest)
            smallest = frequent_at(frequent, i).count;
    for (size_t v = 0; v < VALUES; v++) {
        uint32_t i = 0, end = frequent_distinct(frequent);
        uint64_t count = values[v].count;
        distinct += count > 0;
        most = count > most ? count : most;
        while (i < end && frequent_at(frequent, i).hash != values[v].hash)
            i++;
        if (i == end && count > (frequent_exact(frequent) ? 0 : smallest))
            return false;
        if (i == end)
            continue;
        found++;
        struct frequent_counter counter = frequent_at(frequent, i);
        if (count > counter.count || count < counter.count - counter.error)
            return false;
        if (counter.hash == commonest.hash && count < commonest.least)
            return false;
    }
    uint64_t entropy = frequent_entropy(frequent), expected = true_entropy(total);
    return found == frequent_distinct(frequent) && sum_of_counts(frequent) == total &&
           frequent_total(frequent) == total && commonest.least <= most &&
           most <= commonest.most && frequent_exact(frequent) == (distinct <= 64) &&
           (distinct <= 64 ? entropy == log2_thousandths(expected) && commonest.least == most &&
                                 distinct == frequent_distinct(frequent)
                           : entropy <= log2_thousandths_down(expected));
}

/* Streams of all kinds: alike, by Zipf's law, in long runs, most of them one value, sorted, and
 * those that come back just after their counters were replaced. */
static size_t value_of_kind(unsigned kind, uint64_t *state, uint64_t i, uint64_t total)
{
    uint64_t x = splitmix64(state);

    switch (kind) {
    case 0:
        return x % 60 + x % 6;
    case 1:
        return zipf(state, 12) % VALUES;
    case 2:
        return i / 50 % VALUES;
    case 3:
        return x % 10 ? 7 : x >> 32 & (VALUES - 1);
    case 4:
        return i * VALUES / total;
    case 5:
        return i % 65;
    default:
        return i % 3 ? i % 130 : x >> 32 & 63;
    }
}

UNIT_TEST(the_guarantees_hold_and_the_entropy_is_a_lower_bound)
{
    for (size_t v = 0; v < VALUES; v++)
        values[v].hash = hash_of(v);
    for (unsigned kind = 0; kind < 7; kind++)
        for (uint64_t seed = 1; seed < 9; seed++) {
            struct frequent frequent = FREQUENT_EMPTY;
            uint64_t state = seed, total = seed * seed * 100;
            bool right = true;
            for (size_t v = 0; v < VALUES; v++)
                values[v].count = 0;
            for (uint64_t i = 0; i < total; i++) {
                size_t v = value_of_kind(kind, &state, i, total);
                values[v].count++;
                add(&frequent, v, 1);
                if (i % (total / 20) == 0)
                    right = right && is_right(&frequent, i + 1);
            }
            CHECK(right && is_right(&frequent, total));
            frequent_free(&frequent, NULL);
        }
}

UNIT_TEST(without_memory_nothing_has_changed)
{
    for (size_t fails = 0; fails < 6; fails++) {
        struct quota quota = {.most = SIZE_MAX};
        struct frequent frequent = FREQUENT_EMPTY;
        uint64_t added = 0;
        fail_calls = 0;
        fail_at = fails;
        while (frequent_add(&frequent, hash_of(added), &quota))
            added++;
        CHECK(added == (uint64_t)1 << fails); /* 2, 4, ... 64 counters are made */
        CHECK(frequent_total(&frequent) == added && frequent_distinct(&frequent) == added);
        CHECK(frequent_entropy(&frequent) == fails * 1000 && !quota.reached);
        fail_at = SIZE_MAX;
        CHECK(frequent_add(&frequent, hash_of(added), &quota));
        CHECK(frequent_distinct(&frequent) == added + 1);
        frequent_free(&frequent, &quota);
        CHECK(quota.used == 0);
    }
}

UNIT_TEST(memory_is_25_bytes_a_counter_and_counted)
{
    struct quota quota = {.most = (32 + 64) * 25};
    struct frequent frequent = FREQUENT_EMPTY;

    for (uint64_t v = 0; v < 1000; v++)
        CHECK(frequent_add(&frequent, hash_of(v), &quota));
    CHECK(quota.used == 64 * 25 && !quota.reached);
    frequent_free(&frequent, &quota);
    CHECK(quota.used == 0);
    quota.most = 2 * 25;
    CHECK(frequent_add(&frequent, 1, &quota) && frequent_add(&frequent, 2, &quota));
    CHECK(!frequent_add(&frequent, 3, &quota) && quota.reached);
    CHECK(frequent_add(&frequent, 1, &quota) && frequent_total(&frequent) == 3);
    frequent_free(&frequent, &quota);
}

int main(void)
{
    return unit_run();
}
