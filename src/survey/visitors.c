#include "config.h"

#include "survey/visitors.h"

#include <stdlib.h>

#include "base/quota.h"

#define FIRST_SLOTS   256
#define RARE_PAIRS    1000
#define RARE_ONE_IN   500
#define STAYS_CHANGES 20

uint64_t visitors_known(const struct visitors *visitors)
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
    quota_free(visitors->quota, visitor->values, 2 * visitor->slots * sizeof *visitor->values);
    visitor->values = NULL;
    visitor->slots = 0;
}

void visitors_free(struct visitors *visitors)
{
    for (uint32_t i = 0; i < visitors->keys.count; i++)
        free_values(visitors, keys_at(&visitors->keys, i));
    quota_give(visitors->quota, keys_bytes(&visitors->keys));
    keys_free(&visitors->keys);
    for (unsigned i = 0; i < VISITORS_COUNTS; i++)
        free(visitors->counts[i]);
    free(visitors->now);
    free(visitors->origins);
    *visitors = (struct visitors){.room = 0};
}

/* The array P of OLD elements of SIZE bytes, with what is new of NEW ones cleared. Null when
 * memory is out: P is as it was. */
static void *grow_slots(void *p, uint32_t old, uint32_t new, size_t size)
{
    unsigned char *grown = realloc(p, new *size);

    if (grown)
        memset(grown + old * size, 0, (new - old) * size);
    return grown;
}

bool visitors_grow(struct visitors *visitors, uint32_t slots)
{
    uint32_t old = visitors->room, room = old ? old : FIRST_SLOTS;

    if (slots <= old)
        return true;
    while (room < slots)
        room *= 2;
    for (unsigned i = 0; i < VISITORS_COUNTS; i++) {
        uint64_t *counts = grow_slots(visitors->counts[i], old, room, sizeof *counts);
        if (!counts)
            return false;
        visitors->counts[i] = counts;
    }
    uint32_t *now = grow_slots(visitors->now, old, room, sizeof *now);
    if (!now)
        return false;
    visitors->now = now;
    uint32_t *origins = grow_slots(visitors->origins, old, room, sizeof *origins);
    if (!origins)
        return false;
    visitors->origins = origins;
    for (uint32_t i = old; i < room; i++)
        origins[i] = i;
    visitors->room = room;
    return true;
}

bool visitors_copy(struct visitors *visitors, uint32_t slot, uint32_t origin)
{
    if (!visitors_grow(visitors, slot + 1))
        return false;
    visitors->origins[slot] = origin;
    for (unsigned i = 0; i < VISITORS_COUNTS; i++)
        visitors->counts[i][slot] = visitors->counts[i][origin];
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
    return visitor;
}

/* Have room for the values of SLOTS slots of VISITOR; those of new slots are 0, or copies. */
static bool grow_values(struct visitors *visitors, struct visitor *visitor, uint32_t slots)
{
    size_t old = 2 * visitor->slots * sizeof *visitor->values,
           new = 2 * slots * sizeof *visitor->values;

    if (slots <= visitor->slots)
        return true;
    unsigned char *values = quota_realloc(visitors->quota, visitor->values, old, new);
    if (!values)
        return false;
    memset(values + old, 0, new - old);
    visitor->values = (uint32_t *)(void *)values;
    for (uint32_t i = visitor->slots; i < slots; i++) {
        visitor->values[2 * i] = visitor->values[2 * visitors->origins[i]];
        visitor->values[2 * i + 1] = visitor->values[2 * visitors->origins[i] + 1];
    }
    visitor->slots = slots;
    return true;
}

/* Count the pair of the last record of VISITOR and the one that is read. */
static void count_pair(struct visitors *visitors, const struct visitor *visitor, uint32_t slots,
                       bool update)
{
    const uint32_t *now = visitors->now;
    uint64_t **counts = visitors->counts;

    for (uint32_t i = 0; i < slots; i++) {
        uint32_t last = visitor->values[2 * i], before = visitor->values[2 * i + 1];
        bool pair = (now[i] | last) != 0, differs = now[i] != last,
             followed = before != last && pair;
        counts[VISITORS_PAIRS][i] += pair;
        counts[VISITORS_FLIPS][i] += differs;
        counts[VISITORS_FOLLOWED][i] += followed;
        counts[VISITORS_AGAIN][i] += followed && differs;
        counts[VISITORS_BACK][i] += followed && differs && now[i] == before;
        counts[VISITORS_UPDATES][i] += update && pair;
        counts[VISITORS_UPDATED][i] += update && differs;
    }
}

/* Compare and keep the values of RECORD, the next one of VISITOR. */
static void turn(struct visitors *visitors, struct visitor *visitor,
                 const struct observe_record *record, uint32_t slots)
{
    bool first = !visitor->records,
         update = record->version && visitor->version && record->version != visitor->version;

    if (!first)
        count_pair(visitors, visitor, slots, update);
    for (uint32_t i = 0; i < slots && i < VISITORS_SPLIT && !first; i++)
        if (visitors->now[i] && visitor->values[2 * i] &&
            visitors->now[i] != visitor->values[2 * i])
            visitor->split |= 1u << i;
    for (uint32_t i = 0; i < slots; i++) {
        visitor->values[2 * i + 1] = first ? visitors->now[i] : visitor->values[2 * i];
        visitor->values[2 * i] = visitors->now[i];
    }
    visitor->records++;
    if (record->version)
        visitor->version = record->version;
}

bool visitors_turn(struct visitors *visitors, const struct observe_record *record,
                   uint32_t slots)
{
    distinct_add(&visitors->distinct, record->key.low);
    while (is_sampled(visitors, record->key)) {
        struct visitor *visitor = find_visitor(visitors, record->key);
        if (visitor && grow_values(visitors, visitor, slots)) {
            turn(visitors, visitor, record, slots);
            return true;
        }
        if (!visitors->quota->reached || visitors->keys.count < 2)
            return false;
        visitors->quota->reached = false;
        halve(visitors);
    }
    return true;
}

bool visitors_stays(const struct visitors *visitors, uint32_t slot)
{
    uint64_t pairs = visitors_count(visitors, VISITORS_PAIRS, slot),
             flips = visitors_count(visitors, VISITORS_FLIPS, slot),
             followed = visitors_count(visitors, VISITORS_FOLLOWED, slot),
             again = visitors_count(visitors, VISITORS_AGAIN, slot),
             back = visitors_count(visitors, VISITORS_BACK, slot);

    if (pairs >= RARE_PAIRS && flips * RARE_ONE_IN <= pairs && !again)
        return true;
    return flips >= STAYS_CHANGES && followed >= STAYS_CHANGES && 10 * flips <= 3 * pairs &&
           10 * back <= followed &&
           (double)again * (double)pairs <= 2 * (double)followed * (double)flips;
}

uint64_t visitors_split(const struct visitors *visitors, uint32_t slot)
{
    uint64_t count = 0;

    for (uint32_t i = 0; i < visitors->keys.count; i++) {
        const struct visitor *visitor = keys_at(&visitors->keys, i);
        count += visitor->split >> slot & 1;
    }
    return count;
}

/* Move what each of SLOTS slots has, SIZE bytes of ARRAY, to its new number; what is left over
 * becomes 0. */
static void renumber_array(void *array, size_t size, const uint32_t *renumbered, uint32_t slots)
{
    unsigned char *bytes = array, kept[2 * sizeof(uint64_t)];

    for (uint32_t i = 0; i < slots; i++) {
        memcpy(kept, bytes + i * size, size);
        memset(bytes + i * size, 0, size);
        if (renumbered[i] != UINT32_MAX)
            memcpy(bytes + renumbered[i] * size, kept, size);
    }
}

/* The same of the values of VISITOR, which has only the slots that are left from then on: so slots
 * that come later find it as it would be without those that are gone. */
static bool renumber_visitor(struct visitors *visitors, struct visitor *visitor,
                             const uint32_t *renumbered)
{
    size_t size = 2 * sizeof *visitor->values;
    uint32_t left = 0;

    for (uint32_t i = 0; i < visitor->slots; i++)
        left += renumbered[i] != UINT32_MAX;
    if (left == visitor->slots)
        return true;
    renumber_array(visitor->values, size, renumbered, visitor->slots);
    if (!left) {
        free_values(visitors, visitor);
        return true;
    }
    void *values = realloc(visitor->values, left * size);
    if (!values)
        return false;
    quota_give(visitors->quota, (visitor->slots - left) * size);
    visitor->values = values;
    visitor->slots = left;
    return true;
}

static void renumber_origins(uint32_t *origins, const uint32_t *renumbered, uint32_t slots)
{
    for (uint32_t i = 0; i < slots; i++) {
        uint32_t origin = origins[i];
        origins[i] = i;
        if (renumbered[i] != UINT32_MAX)
            origins[renumbered[i]] = renumbered[origin];
    }
}

bool visitors_renumber(struct visitors *visitors, const uint32_t *renumbered, uint32_t slots)
{
    uint32_t own = slots < visitors->room ? slots : visitors->room;

    for (unsigned i = 0; i < VISITORS_COUNTS && own; i++)
        renumber_array(visitors->counts[i], sizeof *visitors->counts[i], renumbered, own);
    renumber_origins(visitors->origins, renumbered, own);
    for (uint32_t i = 0; i < visitors->keys.count; i++)
        if (!renumber_visitor(visitors, keys_at(&visitors->keys, i), renumbered))
            return false;
    return true;
}
