#include "config.h"

#include "match/entries.h"

#include <stdlib.h>

#include "base/sort.h"

static int order_keys(const struct match_record *a, const struct match_record *b)
{
    return memcmp(a->key, b->key, sizeof a->key);
}

static int order_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Is the id of RECORD only the digits of its key, as from binary output? */
static bool has_digits(const struct match_known *known, const struct match_record *record)
{
    unsigned char digits[ROW_KEY_DIGITS];

    return span_equal(match_known_id(known, record), row_key_digits(digits, record->key));
}

/* By key; those with one key by what may differ, and with their ids first. */
static int order_by_key(const void *a, const void *b, void *context)
{
    const struct match_known *known = context;
    const struct match_record *one = &known->records[*(const uint32_t *)a],
                              *other = &known->records[*(const uint32_t *)b];
    int order = order_keys(one, other);

    if (!order)
        order = order_u64(one->profile, other->profile);
    if (!order)
        order = order_u64(one->device, other->device);
    if (!order)
        order = order_u64(one->truth, other->truth);
    return order ? order : has_digits(known, one) - has_digits(known, other);
}

/* By profile, device and key: so entries are neighbours, the record with the least key first. */
static int order_by_entry(const void *a, const void *b, void *context)
{
    const struct match_known *known = context;
    const struct match_record *one = &known->records[*(const uint32_t *)a],
                              *other = &known->records[*(const uint32_t *)b];
    int order = order_u64(one->profile, other->profile);

    if (!order)
        order = order_u64(one->device, other->device);
    return order ? order : order_keys(one, other);
}

/* By combination, then by the least key. */
static int order_profiles(const void *a, const void *b, void *context)
{
    const struct match_known *known = context;
    const struct match_profile *one = keys_at(&known->profiles, *(const uint32_t *)a),
                               *other = keys_at(&known->profiles, *(const uint32_t *)b);
    int order = order_u64(one->key.combination, other->key.combination);

    return order ? order
                 : order_keys(&known->records[one->first], &known->records[other->first]);
}

/* Leave those of the COUNT records LIST, which are ordered by key, that are used: of equal ones
 * the first, and none of those that differ and have one key. */
static uint32_t leave_used(struct match_known *known, uint32_t *list, uint32_t count)
{
    uint32_t used = 0;

    for (uint32_t from = 0, end; from < count; from = end) {
        struct match_record *first = &known->records[list[from]], *last;
        bool differ = false;
        for (end = from; end < count && !order_keys(first, &known->records[list[end]]); end++) {
            last = &known->records[list[end]];
            differ |= last->repeated || last->profile != first->profile ||
                      last->device != first->device;
        }
        for (uint32_t i = from; differ && i < end; i++) {
            known->records[list[i]].repeated = true;
            known->unused += list[i] >= known->loaded;
        }
        if (!differ)
            list[used++] = list[from];
    }
    return used;
}

/* RECORD, with the least key of its device, is a record of PROFILE. */
static void count_entry(const struct match_known *known, struct match_profile *profile,
                      uint32_t record)
{
    const struct match_record *records = known->records;
    uint32_t first = profile->first, second = profile->second;

    if (first == MATCH_NO_RECORD || order_keys(&records[record], &records[first]) < 0) {
        profile->second = first;
        profile->first = record;
    } else if (second == MATCH_NO_RECORD ||
               order_keys(&records[record], &records[second]) < 0) {
        profile->second = record;
    }
}

/* PROFILE has one more entry: count its build values. */
static void count_build_values(const struct match_known *known, const struct match_profile *profile)
{
    const struct match_components *c = known->components;
    const uint32_t *numbers = keys_at(&known->builds, profile->key.build);

    for (uint32_t i = c->lasting; i < c->count; i++)
        match_known_value(known, i, numbers[i - c->lasting])->count++;
}

/* Of the COUNT records LIST, ordered by order_by_entry(), leave the first one of each entry. */
static uint32_t leave_entries(struct match_known *known, uint32_t *list, uint32_t count)
{
    const struct match_record *records = known->records;
    uint32_t entries = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct match_record *record = &records[list[i]];
        struct match_profile *profile = keys_at(&known->profiles, record->profile);
        if (i && records[list[i - 1]].profile == record->profile &&
            records[list[i - 1]].device == record->device)
            continue;
        count_entry(known, profile, list[i]);
        count_build_values(known, profile);
        match_known_combination(known, profile->key.combination)->share++;
        list[entries++] = list[i];
    }
    return entries;
}

/* Put the profiles that have entries in their order. */
static bool order_all_profiles(struct match_known *known, uint32_t *scratch)
{
    uint32_t count = 0;

    known->order = malloc((known->profiles.count + 1) * sizeof *known->order);
    if (!known->order)
        return false;
    for (uint32_t i = 0; i < known->profiles.count; i++)
        if (((struct match_profile *)keys_at(&known->profiles, i))->first != MATCH_NO_RECORD)
            known->order[count++] = i;
    sort_array(known->order, count, sizeof *known->order, order_profiles, known, scratch);
    for (uint32_t i = 0; i < count; i++) {
        const struct match_profile *profile = keys_at(&known->profiles, known->order[i]);
        struct match_combination *combination =
            match_known_combination(known, profile->key.combination);
        if (!combination->profile_count++)
            combination->profiles = i;
    }
    return true;
}

static void count_lasting_values(struct match_known *known)
{
    for (uint32_t i = 0; i < known->combinations.count; i++) {
        const uint32_t *numbers = keys_at(&known->combinations, i);
        for (uint32_t c = 0; c < known->components->lasting; c++)
            match_known_value(known, c, numbers[c])->count +=
                match_known_combination(known, i)->share;
    }
}

/* All records by their keys; to be freed. Null when memory is out. */
static uint32_t *sort_by_key(const struct match_known *known, uint32_t *scratch)
{
    uint32_t count = known->record_count;
    uint32_t *list = malloc(((size_t)count + 1) * sizeof *list);

    for (uint32_t i = 0; list && i < count; i++)
        list[i] = i;
    if (list)
        sort_array(list, count, sizeof *list, order_by_key, (void *)(uintptr_t)known, scratch);
    return list;
}

uint32_t *match_entries_by_key(const struct match_known *known, uint32_t *count)
{
    uint32_t *scratch = malloc(((size_t)known->record_count + 1) * sizeof *scratch);
    uint32_t *list = scratch ? sort_by_key(known, scratch) : NULL;

    *count = 0;
    for (uint32_t i = 0; list && i < known->record_count; i++)
        if (!i || order_keys(&known->records[list[i]], &known->records[list[i - 1]]))
            list[(*count)++] = list[i];
    free(scratch);
    return list;
}

bool match_entries_count(struct match_known *known, uint32_t **entries)
{
    uint32_t count = known->record_count;
    uint32_t *scratch = malloc(((size_t)count + 1) * sizeof *scratch);
    uint32_t *list = scratch ? sort_by_key(known, scratch) : NULL;
    bool enough = list != NULL;

    if (enough) {
        for (uint32_t i = 0; i < known->profiles.count; i++) {
            struct match_profile *profile = keys_at(&known->profiles, i);
            profile->first = profile->second = MATCH_NO_RECORD;
        }
        count = leave_used(known, list, count);
        sort_array(list, count, sizeof *list, order_by_entry, known, scratch);
        known->entries = leave_entries(known, list, count);
        enough = order_all_profiles(known, scratch);
        count_lasting_values(known);
    }
    free(scratch);
    *entries = list;
    return enough;
}
