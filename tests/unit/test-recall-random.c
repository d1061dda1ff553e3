/*
 * recall: what comes of records changed at random is the same with it and without.
 *
 * WHORL_RECALL_SEED and WHORL_RECALL_COUNT, records under each of the rules, are for longer
 * runs: see `make check-recall`.
 */
#include "config.h"

#include "recall-random.h"

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);

    return text ? strtoull(text, NULL, 10) : otherwise;
}

UNIT_TEST(records_changed_at_random_give_the_same_with_recall_and_in_full)
{
    uint64_t seed = number_from("WHORL_RECALL_SEED", 1);
    uint64_t count = number_from("WHORL_RECALL_COUNT", 5000);

    for (uint32_t number = 0; number < RANDOM_RULES; number++) {
        struct chooser chooser = {.state = seed * 1000 + number};
        struct random_run run;
        uint64_t step = 0;

        random_begin(&run, number);
        bool same = true;
        for (; step < count && same; step++)
            same = random_step(&run, &chooser);
        struct random_tally t = run.tally;
        printf("# seed %llu, rules %u: %llu records, %llu accepted, %llu recalled\n",
               (unsigned long long)seed, number, (unsigned long long)t.records,
               (unsigned long long)t.accepted, (unsigned long long)t.recalled);
        if (!same)
            printf("# this was step %llu\n", (unsigned long long)step);
        CHECK(same);
        CHECK(t.accepted * 2 > t.records);
        CHECK(random_enough(t));
        random_end(&run);
    }
}

int main(void)
{
    return unit_run();
}
