#include "config.h"

#include "survey/frequent.h"

#include <string.h>

#include "base/log2.h"
#include "base/quota.h"
#include "base/wide.h"

/* The counters and after them the bytes by which they are found. */
static size_t bytes_of_counters(unsigned room)
{
    return room * (sizeof(struct frequent_counter) + 1);
}

static unsigned char *tags_of_counters(const struct frequent *frequent)
{
    return (unsigned char *)(frequent->counters + frequent->room);
}

void frequent_free(struct frequent *frequent, struct quota *quota)
{
    if (frequent->room)
        quota_free(quota, frequent->counters, bytes_of_counters(frequent->room));
    *frequent = FREQUENT_EMPTY;
}

/* The number of the counter of HASH, or FREQUENT_COUNTERS. Most paths have a few values: those are
 * compared at once, which takes less time than the call. */
static unsigned counter_of_hash(const struct frequent *frequent, uint64_t hash)
{
    const struct frequent_counter *counters = frequent->counters;
    unsigned few = frequent->count < 4 ? frequent->count : 4;

    for (unsigned i = 0; i < few; i++)
        if (counters[i].hash == hash)
            return i;
    const unsigned char *tags = tags_of_counters(frequent), *end = tags + frequent->count;
    for (const unsigned char *at = tags + few;
         (at = memchr(at, (unsigned char)hash, (size_t)(end - at))); at++)
        if (counters[at - tags].hash == hash)
            return (unsigned)(at - tags);
    return FREQUENT_COUNTERS;
}

/* Have room for one more counter than are in use, of which there are less than 64. */
static bool make_room_for_counter(struct frequent *frequent, struct quota *quota)
{
    unsigned old = frequent->room, room = old ? old * 2 : 2;

    if (frequent->count < old)
        return true;
    /* Not reallocated in place, since the tags move. */
    struct frequent grown = *frequent;
    grown.room = (unsigned char)room;
    grown.counters = quota_realloc(quota, NULL, 0, bytes_of_counters(room));
    if (!grown.counters)
        return false;
    if (old) {
        memcpy(grown.counters, frequent->counters, old * sizeof *grown.counters);
        memcpy(tags_of_counters(&grown), tags_of_counters(frequent), old);
        quota_free(quota, frequent->counters, bytes_of_counters(old));
    } else {
        grown.counters[0] = (struct frequent_counter){frequent->only, frequent->total, 0};
        tags_of_counters(&grown)[0] = (unsigned char)frequent->only;
    }
    *frequent = grown;
    return true;
}

/* The number of the counter to replace: of those with the smallest count the first one from `next`
 * on. All are in use. If `least` is still that count, the search ends at once. */
static unsigned counter_to_replace(struct frequent *frequent)
{
    const struct frequent_counter *counters = frequent->counters;
    unsigned found = frequent->next;

    for (unsigned n = 0; n < FREQUENT_COUNTERS; n++) {
        unsigned i = (frequent->next + n) % FREQUENT_COUNTERS;
        if (counters[i].count < counters[found].count)
            found = i;
        if (counters[found].count == frequent->least)
            break;
    }
    frequent->least = counters[found].count;
    frequent->next = (unsigned char)((found + 1) % FREQUENT_COUNTERS);
    return found;
}

/* Give a counter, with its count as it was before, to HASH, which has none: its number, or
 * FREQUENT_COUNTERS when memory is out. */
static unsigned counter_for_hash(struct frequent *frequent, uint64_t hash, struct quota *quota)
{
    unsigned number = frequent->count;

    if (number == FREQUENT_COUNTERS) {
        number = counter_to_replace(frequent);
        frequent->counters[number].error = frequent->counters[number].count;
        frequent->counters[number].hash = hash;
        frequent->replaced = true;
    } else {
        if (!make_room_for_counter(frequent, quota))
            return FREQUENT_COUNTERS;
        frequent->counters[number] = (struct frequent_counter){.hash = hash};
        frequent->count++;
    }
    tags_of_counters(frequent)[number] = (unsigned char)hash;
    return number;
}

bool frequent_add_other(struct frequent *frequent, uint64_t hash, struct quota *quota)
{
    unsigned number = frequent->room ? counter_of_hash(frequent, hash) : FREQUENT_COUNTERS;

    if (number == FREQUENT_COUNTERS)
        number = counter_for_hash(frequent, hash, quota);
    if (number == FREQUENT_COUNTERS)
        return false;
    frequent->counters[number].count++;
    frequent->last = (unsigned char)number;
    frequent->total++;
    return true;
}

struct frequent_counter frequent_at(const struct frequent *frequent, uint32_t i)
{
    if (frequent->room)
        return frequent->counters[i];
    return (struct frequent_counter){frequent->only, frequent->total, 0};
}

struct frequent_commonest frequent_commonest(const struct frequent *frequent)
{
    struct frequent_commonest commonest = {0};

    for (uint32_t i = 0; i < frequent->count; i++) {
        struct frequent_counter counter = frequent_at(frequent, i);
        if (counter.count > commonest.most)
            commonest.most = counter.count;
        if (counter.count - counter.error > commonest.least) {
            commonest.least = counter.count - counter.error;
            commonest.hash = counter.hash;
        }
    }
    return commonest;
}

/*
 * Why the entropy of the counts is a lower bound of that of the values: take the true counts f of
 * any k values. Those of them that have a counter were added at most `count` times, the others at
 * most as often as the smallest count. So for k up to 64 the f add up to no more than the k largest
 * counts do, and for larger k to no more than N, which is the sum of all counts. That is to say,
 * the counts majorize the true counts, and a distribution that majorizes another one has no larger
 * entropy (Schur; Marshall, Olkin and Arnold, "Inequalities: theory of majorization", chapter 3).
 * The errors are not needed. To take the guaranteed counts and the rest as one value is no lower
 * bound: two values of 10 have 1 bit, but if 5 of each are guaranteed, 5, 5 and 10 have 1.5.
 *
 * Why the error of the logarithms does not matter: let Q be the sum of c * log2(c), so that N * H
 * is N * log2(N) - Q. Steps that each move 1 from a larger number to a smaller one make f out of
 * the counts (Muirhead), and none of them increases Q. As more than 64 of f are not 0, one of the
 * steps moves 1 from a number of at least 2 to a 0, which makes Q smaller by at least 2. The errors
 * of the logarithms in the sum below add up to no more than (1 + 2^-30) * N / 2^32, which is less
 * than 2 for N up to 2^32.
 */
uint64_t frequent_entropy(const struct frequent *frequent)
{
    struct wide sum = {0, 0};

    if (!frequent->total)
        return 0;
    uint64_t whole = log2_fixed(frequent->total);
    for (uint32_t i = 0; i < frequent->count; i++) {
        uint64_t count = frequent_at(frequent, i).count;
        sum = wide_sum(sum, wide_product(count, whole - log2_fixed(count)));
    }
    uint64_t entropy = wide_quotient(sum, frequent->total);
    return frequent->replaced ? log2_thousandths_down(entropy) : log2_thousandths(entropy);
}
