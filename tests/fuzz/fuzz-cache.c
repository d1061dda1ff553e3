/*
 * fuzz-cache: records read by comparison with earlier ones give the same as records read in full.
 *
 * Random bytes are hardly ever similar to earlier records. So the input is read as decisions: the
 * first bytes choose the rules, which may be made for this input, and the others choose what is
 * changed in one record after the other; after the input, random numbers decide. At the end, the
 * share that cache-random.h states of the records that were changed, and accepted under its rules,
 * must have come from the cache, or the run fails.
 */
#include "config.h"

#include "fuzz.h"
#include "cache-random.h"

#define STEPS  40
#define ENOUGH 2000 /* accepted records from which on a share means anything */

static struct random_tally tally; /* of all inputs but those by rules that were made */

static void check_share(void)
{
    fprintf(stderr, "fuzz-cache: %llu records, %llu accepted, %llu cached\n",
            (unsigned long long)tally.records, (unsigned long long)tally.accepted,
            (unsigned long long)tally.cached);
    if (tally.accepted < ENOUGH || random_enough(tally))
        return;
    fprintf(stderr, "fuzz-cache: too few were cached for this to prove anything\n");
    _Exit(1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chooser chooser = {.p = data, .end = data + size, .state = size};
    struct random_run run;

    if (!tally.records)
        REQUIRE(atexit(check_share) == 0);
    bool made = choose(&chooser, 2);
    if (made)
        random_begin_made(&run, &chooser);
    else
        random_begin(&run, choose(&chooser, 256));
    for (int i = 0; i < STEPS; i++)
        REQUIRE(random_step(&run, &chooser));
    tally.records += made ? 0 : run.tally.records;
    tally.accepted += made ? 0 : run.tally.accepted;
    tally.cached += made ? 0 : run.tally.cached;
    random_end(&run);
    return 0;
}
