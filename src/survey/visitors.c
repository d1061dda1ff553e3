#include "config.h"

#include "survey/visitors.h"

#include <stdlib.h>

#include "base/quota.h"

#define FIRST_SLOTS 256

uint64_t visitors_count(const struct visitors *visitors)
{
    return visitors->halvings ? distinct_estimate(&visitors->distinct) : visitors->keys.count;
}

void visitors_init(struct visitors *visitors, struct quota *quota, uint64_t seed)
{
    *visitors = (struct visitors){.quota = quota};
    keys_init(&visitors->keys, sizeof(struct hash128), sizeof(struct visitor), seed);
}

static void free_values(struct visitors *visitors, struct visitor *visitor)
{
    quota_free(visitors->quota, visitor->values, visitor->slots * sizeof *visitor->values);
    visitor->values = NULL;
    visitor->slots = 0;
}

void visitors_free(struct visitors *visitors)
{
    for (uint32_t i = 0; i < visitors->keys.count; i++)
        free_values(visitors, keys_at(&visitors->keys, i));
    quota_give(visitors->quota, keys_bytes(&visitors->keys));
    keys_free(&visitors->keys);
    free(visitors->counts.pairs);
    free(visitors->counts.flips);
    free(visitors->now);
    free(visitors->origins);
    *visitors = (struct visitors){.room = 0};
}

/* As realloc(), with what is new cleared. False when memory is out. */
static bool grow_slots(void *array, size_t old, size_t new)
{
    void **at = array;
    unsigned char *p = realloc(*at, new);

    if (!p)
        return false;
    memset(p + old, 0, new - old);
    *at = p;
    return true;
}

bool visitors_grow(struct visitors *visitors, uint32_t slots)
{
    uint32_t old = visitors->room, room = old ? old : FIRST_SLOTS;

    if (slots <= old)
        return true;
    while (room < slots)
        room *= 2;
    struct visitors_flips *counts = &visitors->counts;
    if (!grow_slots(&counts->pairs, old * sizeof *counts->pairs, room * sizeof *counts->pairs) ||
        !grow_slots(&counts->flips, old * sizeof *counts->flips, room * sizeof *counts->flips) ||
        !grow_slots(&visitors->now, old * sizeof *visitors->now, room * sizeof *visitors->now) ||
        !grow_slots(&visitors->origins, old * sizeof *visitors->origins,
                    room * sizeof *visitors->origins))
        return false;
    for (uint32_t i = old; i < room; i++)
        visitors->origins[i] = i;
    visitors->room = room;
    return true;
}

bool visitors_copy(struct visitors *visitors, uint32_t slot, uint32_t origin)
{
    struct visitors_flips *counts = &visitors->counts;

    if (!visitors_grow(visitors, slot + 1))
        return false;
    visitors->origins[slot] = origin;
    counts->pairs[slot] = counts->pairs[origin];
    counts->flips[slot] = counts->flips[origin];
    return true;
}

/* Is the visitor with KEY among those that are kept? */
static bool is_sampled(const struct visitors *visitors, struct hash128 key)
{
    return !visitors->halvings || !(key.high >> (64 - visitors->halvings));
}

/* Forget every second visitor. */
static void halve(struct visitors *visitors)
{
    visitors->halvings++;
    for (uint32_t i = visitors->keys.count; i-- > 0;) {
        struct visitor *visitor = keys_at(&visitors->keys, i);
        struct hash128 key;
        memcpy(&key, visitor->key, sizeof key);
        if (is_sampled(visitors, key))
            continue;
        free_values(visitors, visitor);
        keys_remove(&visitors->keys, visitor);
    }
}

/* The visitor with KEY, a new one if need be; null if memory is out or the quota reached. */
static struct visitor *find_visitor(struct visitors *visitors, struct hash128 key)
{
    struct keys *keys = &visitors->keys;
    struct visitor *visitor = keys_find(keys, &key);
    size_t before = keys_bytes(keys), next = keys_bytes_next(keys);
    bool added;

    if (visitor)
        return visitor;
    if (!quota_take(visitors->quota, next - before))
        return NULL;
    visitor = keys_add(keys, &key, &added);
    quota_give(visitors->quota, next - keys_bytes(keys));
    if (visitor)
        visitor->first = INT64_MAX, visitor->last = INT64_MIN;
    return visitor;
}

/* Have room for SLOTS values of VISITOR; those of new slots are 0, or copies. */
static bool grow_values(struct visitors *visitors, struct visitor *visitor, uint32_t slots)
{
    size_t old = visitor->slots * sizeof *visitor->values, new = slots * sizeof *visitor->values;

    if (slots <= visitor->slots)
        return true;
    void *values = quota_realloc(visitors->quota, visitor->values, old, new);
    if (!values)
        return false;
    visitor->values = values;
    memset((unsigned char *)values + old, 0, new - old);
    for (uint32_t i = visitor->slots; i < slots; i++)
        visitor->values[i] = visitor->values[visitors->origins[i]];
    visitor->slots = slots;
    return true;
}

/* Compare and keep the values of the next record of VISITOR. */
static void turn(struct visitors *visitors, struct visitor *visitor, uint32_t slots)
{
    const uint32_t *now = visitors->now;
    uint64_t *pairs = visitors->counts.pairs, *flips = visitors->counts.flips;
    uint32_t *last = visitor->values;

    for (uint32_t i = 0; visitor->records && i < slots; i++) {
        pairs[i] += (now[i] | last[i]) != 0;
        flips[i] += now[i] != last[i];
    }
    memcpy(last, now, slots * sizeof *last);
    visitor->records++;
}

bool visitors_turn(struct visitors *visitors, const struct observe_record *record,
                   uint32_t slots)
{
    distinct_add(&visitors->distinct, record->key.low);
    while (is_sampled(visitors, record->key)) {
        struct visitor *visitor = find_visitor(visitors, record->key);
        if (visitor && grow_values(visitors, visitor, slots)) {
            turn(visitors, visitor, slots);
            if (record->timed && record->time < visitor->first)
                visitor->first = record->time;
            if (record->timed && record->time > visitor->last)
                visitor->last = record->time;
            return true;
        }
        if (!visitors->quota->reached || visitors->keys.count < 2)
            return false;
        visitors->quota->reached = false;
        halve(visitors);
    }
    return true;
}

/* Move VALUES, of SLOTS slots, to their new numbers; what is left over becomes 0. How many are
 * kept. */
static uint32_t renumber_values(uint32_t *values, const uint32_t *renumbered, uint32_t slots)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < slots; i++) {
        uint32_t value = values[i];
        values[i] = 0;
        if (renumbered[i] == UINT32_MAX)
            continue;
        values[renumbered[i]] = value;
        kept++;
    }
    return kept;
}

/* The same of the last values of VISITOR, which has no more slots than are kept from then on: so
 * that slots that come later find it as it would be without those that are gone. */
static bool renumber_visitor(struct visitors *visitors, struct visitor *visitor,
                             const uint32_t *renumbered)
{
    size_t size = sizeof *visitor->values;
    uint32_t kept = renumber_values(visitor->values, renumbered, visitor->slots);

    if (kept == visitor->slots)
        return true;
    if (!kept) {
        free_values(visitors, visitor);
        return true;
    }
    void *values = realloc(visitor->values, kept * size);
    if (!values)
        return false;
    quota_give(visitors->quota, (visitor->slots - kept) * size);
    visitor->values = values;
    visitor->slots = kept;
    return true;
}

/* The same of what is counted for each slot. */
static void renumber_counts(struct visitors *visitors, const uint32_t *renumbered, uint32_t slots)
{
    uint64_t *pairs = visitors->counts.pairs, *flips = visitors->counts.flips;
    uint32_t *origins = visitors->origins;

    for (uint32_t i = 0; i < slots; i++) {
        uint64_t pair = pairs[i], flip = flips[i];
        uint32_t origin = origins[i];
        pairs[i] = flips[i] = 0;
        origins[i] = i;
        if (renumbered[i] == UINT32_MAX)
            continue;
        pairs[renumbered[i]] = pair;
        flips[renumbered[i]] = flip;
        origins[renumbered[i]] = renumbered[origin];
    }
}

bool visitors_renumber(struct visitors *visitors, const uint32_t *renumbered, uint32_t slots)
{
    renumber_counts(visitors, renumbered, slots < visitors->room ? slots : visitors->room);
    for (uint32_t i = 0; i < visitors->keys.count; i++)
        if (!renumber_visitor(visitors, keys_at(&visitors->keys, i), renumbered))
            return false;
    return true;
}
