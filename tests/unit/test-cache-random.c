/*
 * cache: the results of records changed at random are the same with and without it.
 *
 * WHORL_CACHE_SEED and WHORL_CACHE_COUNT, records under each of the rules, are for longer
 * runs: see `make check-cache`. Twice as many in all are by catalogs made at random. Each
 * seed makes other records, so the counts of several runs add up.
 */
#include "config.h"

#include "cache-random.h"
#include "unit.h"

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text ? strtoull(text, NULL, 10) : otherwise;
}

UNIT_TEST(records_changed_at_random_give_the_same_with_the_cache_and_in_full)
{
    uint64_t seed = number_from("WHORL_CACHE_SEED", 1);
    uint64_t count = number_from("WHORL_CACHE_COUNT", 5000);

    for (uint32_t number = 0; number < RANDOM_RULES; number++) {
        struct chooser chooser = {.state = seed * 1000 + number};
        struct random_run run;
        uint64_t step = 0;

        random_begin(&run, number);
        bool same = true;
        for (; step < count && same; step++)
            same = random_step(&run, &chooser);
        struct random_tally t = run.tally;
        printf("# seed %llu, rules %u: %llu records, %llu accepted, %llu cached\n",
               (unsigned long long)seed, number, (unsigned long long)t.records,
               (unsigned long long)t.accepted, (unsigned long long)t.cached);
        if (!same)
            printf("# this was step %llu\n", (unsigned long long)step);
        CHECK(same);
        CHECK(t.accepted * 2 > t.records);
        CHECK(random_enough(t));
        random_end(&run);
    }
}

/* A lower percentage than by the other rules: if a member that a catalog asks for holds a root,
 * nothing is ever cached. */
#define MADE_CACHED_PERCENT 60

UNIT_TEST(so_do_catalogs_made_at_random)
{
    uint64_t seed = number_from("WHORL_CACHE_SEED", 1);
    uint64_t count = number_from("WHORL_CACHE_COUNT", 5000) / 25;
    struct chooser chooser = {.state = seed};
    struct random_tally all = {0};
    bool same = true;

    for (uint64_t number = 0; number < count && same; number++) {
        struct random_run run;
        random_begin_made(&run, &chooser);
        for (int step = 0; step < 50 && same; step++)
            same = random_step(&run, &chooser);
        for (int i = 0; !same && i < PAIR_CATALOGS && run.made.pair.catalogs[i]; i++)
            printf("# by this catalog, of those made number %llu:\n%s",
                   (unsigned long long)number, run.made.pair.catalogs[i]);
        all.records += run.tally.records;
        all.accepted += run.tally.accepted;
        all.cached += run.tally.cached;
        random_end(&run);
    }
    printf("# seed %llu, catalogs made: %llu records, %llu accepted, %llu cached\n",
           (unsigned long long)seed, (unsigned long long)all.records,
           (unsigned long long)all.accepted, (unsigned long long)all.cached);
    CHECK(same);
    CHECK(all.accepted * 2 > all.records);
    CHECK(all.cached * 100 >= all.accepted * MADE_CACHED_PERCENT);
}

int main(void)
{
    return unit_run();
}
