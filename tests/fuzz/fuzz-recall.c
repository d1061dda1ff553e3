/*
 * fuzz-recall: records read by comparison with earlier ones give what they give in full.
 *
 * Bytes of any kind are hardly ever like what was seen before. So the input is taken for
 * decisions: the first byte says which rules, the others what is changed in one record after
 * the other; where they end random numbers go on. At the end so many of the records that were
 * changed and accepted must have been recalled as recall-random.h says, or the run has failed.
 */
#include "config.h"

#include "recall-random.h"

#define STEPS  40
#define ENOUGH 2000 /* accepted records from which on a share means anything */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct random_tally tally; /* of all inputs */

static void check_share(void)
{
    fprintf(stderr, "fuzz-recall: %llu records, %llu accepted, %llu recalled\n",
            (unsigned long long)tally.records, (unsigned long long)tally.accepted,
            (unsigned long long)tally.recalled);
    if (tally.accepted < ENOUGH || random_enough(tally))
        return;
    fprintf(stderr, "fuzz-recall: too few were recalled for this to prove anything\n");
    _Exit(1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chooser chooser = {.p = data, .end = data + size, .state = size};
    struct random_run run;

    if (!tally.records && atexit(check_share) != 0)
        abort();
    random_begin(&run, choose(&chooser, 256));
    for (int i = 0; i < STEPS; i++)
        if (!random_step(&run, &chooser))
            abort();
    tally.records += run.tally.records;
    tally.accepted += run.tally.accepted;
    tally.recalled += run.tally.recalled;
    random_end(&run);
    return 0;
}
