/* visitors: the last values of each visitor, in slots that are renumbered, of visitors that are
 * forgotten. */
#include "config.h"

#include <stdlib.h>

#include "base/quota.h"
#include "splitmix64.h"
#include "survey/visitors.h"
#include "unit.h"

#define ENOUGH ((size_t)1 << 30)
#define SLOTS  3

static struct quota quota;

static void begin(struct visitors *visitors, size_t memory)
{
    quota = (struct quota){.most = memory, .full = "full"};
    visitors_init(visitors, &quota, 1);
}

/* A record of the visitor NUMBER with SLOTS values. */
static bool turn_of(struct visitors *visitors, uint64_t number, const uint32_t *values, uint32_t slots)
{
    struct observe_record record = {.keyed = true};
    uint64_t state = number;

    record.key.high = splitmix64(&state);
    record.key.low = splitmix64(&state);
    if (!visitors_grow(visitors, slots))
        return false;
    memcpy(visitors->now, values, slots * sizeof *values);
    return visitors_turn(visitors, &record, slots);
}

static uint64_t count_of(const struct visitors *visitors, enum visitors_count count, uint32_t slot)
{
    return visitors_count(visitors, count, slot);
}

UNIT_TEST(pairs_need_the_path_in_one_record_and_flips_a_difference)
{
    struct visitors visitors;
    static const uint32_t records[][SLOTS] = {
        {1, 0, 5}, {1, 2, 0}, {2, 2, 0}, {1, 0, 0}, {1, 0, 0}};

    begin(&visitors, ENOUGH);
    for (int i = 0; i < 5; i++)
        CHECK(turn_of(&visitors, 7, records[i], SLOTS));
    /* Another visitor's records are in no pair with these. */
    CHECK(turn_of(&visitors, 8, records[1], SLOTS));
    CHECK(count_of(&visitors, VISITORS_PAIRS, 0) == 4 && count_of(&visitors, VISITORS_FLIPS, 0) == 2);
    CHECK(count_of(&visitors, VISITORS_PAIRS, 1) == 3 && count_of(&visitors, VISITORS_FLIPS, 1) == 2);
    CHECK(count_of(&visitors, VISITORS_PAIRS, 2) == 1 && count_of(&visitors, VISITORS_FLIPS, 2) == 1);
    /* After slot 0 flipped once, it flipped back, and then rested. */
    CHECK(count_of(&visitors, VISITORS_FOLLOWED, 0) == 2);
    CHECK(count_of(&visitors, VISITORS_AGAIN, 0) == 1 && count_of(&visitors, VISITORS_BACK, 0) == 1);
    CHECK(visitors_known(&visitors) == 2);
    visitors_free(&visitors);
    CHECK(quota.used == 0);
}

UNIT_TEST(a_slot_that_comes_later_was_empty_before_or_is_a_copy)
{
    struct visitors visitors;
    static const uint32_t before[] = {1, 2}, other[] = {9, 2}, after[] = {1, 2, 3, 1};

    begin(&visitors, ENOUGH);
    CHECK(turn_of(&visitors, 7, other, 2));
    CHECK(turn_of(&visitors, 7, before, 2));
    CHECK(visitors_copy(&visitors, 3, 0));
    CHECK(turn_of(&visitors, 7, after, 4));
    CHECK(count_of(&visitors, VISITORS_PAIRS, 2) == 1 && count_of(&visitors, VISITORS_FLIPS, 2) == 1);
    for (unsigned i = 0; i < VISITORS_COUNTS; i++)
        CHECK(count_of(&visitors, i, 3) == count_of(&visitors, i, 0));
    CHECK(count_of(&visitors, VISITORS_PAIRS, 3) == 2 && count_of(&visitors, VISITORS_FLIPS, 3) == 1);
    visitors_free(&visitors);
}

UNIT_TEST(renumbered_slots_keep_their_values_and_new_ones_have_none)
{
    struct visitors visitors;
    static const uint32_t first[] = {1, 2, 3, 4}, renumbered[] = {UINT32_MAX, 0, UINT32_MAX, 1},
                          next[] = {2, 5, 6}, none[] = {UINT32_MAX, UINT32_MAX, UINT32_MAX};

    begin(&visitors, ENOUGH);
    CHECK(turn_of(&visitors, 7, first, 4));
    CHECK(turn_of(&visitors, 7, first, 4));
    CHECK(turn_of(&visitors, 8, first, 2)); /* has fewer slots */
    size_t used = quota.used;
    CHECK(visitors_renumber(&visitors, renumbered, 4));
    CHECK(quota.used == used - 3 * 2 * sizeof(uint32_t));
    CHECK(count_of(&visitors, VISITORS_PAIRS, 0) == 1 && count_of(&visitors, VISITORS_PAIRS, 1) == 1);
    CHECK(count_of(&visitors, VISITORS_PAIRS, 2) == 0 && count_of(&visitors, VISITORS_PAIRS, 3) == 0);
    /* Slot 0 was 1 and rests, slot 1 was 3 and flips, slot 2 is new. */
    CHECK(turn_of(&visitors, 7, next, 3));
    CHECK(count_of(&visitors, VISITORS_PAIRS, 0) == 2 && count_of(&visitors, VISITORS_FLIPS, 0) == 0);
    CHECK(count_of(&visitors, VISITORS_PAIRS, 1) == 2 && count_of(&visitors, VISITORS_FLIPS, 1) == 1);
    CHECK(count_of(&visitors, VISITORS_PAIRS, 2) == 1 && count_of(&visitors, VISITORS_FLIPS, 2) == 1);
    /* A copy still is one after its slot and that of its origin have moved. */
    CHECK(turn_of(&visitors, 9, next, 2));
    CHECK(visitors_copy(&visitors, 2, 1));
    static const uint32_t moved[] = {UINT32_MAX, 0, 1};
    CHECK(visitors_renumber(&visitors, moved, 3));
    static const uint32_t same[] = {5, 5};
    uint64_t flips = count_of(&visitors, VISITORS_FLIPS, 1);
    CHECK(turn_of(&visitors, 9, same, 2));
    CHECK(count_of(&visitors, VISITORS_FLIPS, 1) == flips);
    CHECK(visitors_renumber(&visitors, none, 2));
    CHECK(count_of(&visitors, VISITORS_PAIRS, 0) == 0);
    visitors_free(&visitors);
    CHECK(quota.used == 0);
}

UNIT_TEST(visitors_are_forgotten_by_their_keys_and_the_rest_is_exact)
{
    struct visitors visitors;
    uint64_t kept = 0, sampled = 0;

    begin(&visitors, 100000);
    for (uint32_t round = 1; round <= 3; round++)
        for (uint64_t i = 0; i < 5000; i++) {
            const uint32_t values[] = {1, round, 1 + (uint32_t)(i % 2) * round};
            CHECK(turn_of(&visitors, i, values, SLOTS));
        }
    CHECK(visitors.halvings > 0 && quota.used <= quota.most && !quota.reached);
    uint64_t odd = 0;
    for (uint64_t i = 0; i < 5000; i++) {
        uint64_t state = i;
        bool is_kept = !(splitmix64(&state) >> (64 - visitors.halvings));
        sampled += is_kept;
        odd += is_kept && i % 2;
    }
    kept = visitors.keys.count;
    CHECK(kept == sampled && kept > 0);
    /* All came before there was a pair: so only those that are left have any. */
    CHECK(count_of(&visitors, VISITORS_PAIRS, 0) == 2 * kept);
    CHECK(count_of(&visitors, VISITORS_FLIPS, 0) == 0);
    CHECK(count_of(&visitors, VISITORS_FLIPS, 1) == 2 * kept);
    CHECK(count_of(&visitors, VISITORS_FLIPS, 2) == 2 * odd);
    CHECK(count_of(&visitors, VISITORS_BACK, 1) == 0);
    /* Within four standard errors. */
    CHECK(visitors_known(&visitors) > 4350 && visitors_known(&visitors) < 5650);
    visitors_free(&visitors);
    CHECK(quota.used == 0);
}

UNIT_TEST(memory_for_not_even_one_visitor_is_refused)
{
    struct visitors visitors;
    static const uint32_t values[SLOTS] = {1, 2, 3};

    begin(&visitors, 100);
    CHECK(!turn_of(&visitors, 1, values, SLOTS));
    CHECK(quota.reached);
    visitors_free(&visitors);
}

int main(void)
{
    return unit_run();
}
