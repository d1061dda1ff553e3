#include "config.h"

#include "survey/visitors.h"

#include <stdlib.h>

#include "base/quota.h"

#define FIRST_SLOTS 256

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
        !grow_slots(&visitors->now, old * sizeof *visitors->now, room * sizeof *visitors->now))
        return false;
    visitors->room = room;
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

/* Have room for SLOTS values of VISITOR. */
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

/* Move VALUES, of SLOTS slots, to their new numbers; what is left over becomes 0. */
static void renumber_values(uint32_t *values, const uint32_t *renumbered, uint32_t slots)
{
    for (uint32_t i = 0; i < slots; i++) {
        uint32_t value = values[i];
        values[i] = 0;
        if (renumbered[i] != UINT32_MAX)
            values[renumbered[i]] = value;
    }
}

void visitors_renumber(struct visitors *visitors, const uint32_t *renumbered, uint32_t slots)
{
    uint64_t *pairs = visitors->counts.pairs, *flips = visitors->counts.flips;

    for (uint32_t i = 0; i < slots && i < visitors->room; i++) {
        uint64_t pair = pairs[i], flip = flips[i];
        pairs[i] = flips[i] = 0;
        if (renumbered[i] == UINT32_MAX)
            continue;
        pairs[renumbered[i]] = pair;
        flips[renumbered[i]] = flip;
    }
    renumber_values(visitors->now, renumbered, slots < visitors->room ? slots : visitors->room);
    for (uint32_t i = 0; i < visitors->keys.count; i++) {
        struct visitor *visitor = keys_at(&visitors->keys, i);
        renumber_values(visitor->values, renumbered,
                        slots < visitor->slots ? slots : visitor->slots);
    }
}
