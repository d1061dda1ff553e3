#include "config.h"

#include "match/candidates.h"

#include <stdlib.h>

#define AHEAD 6 /* combinations that are asked for before they are needed */

/* Deal the lasting components to the sets: 0 1 2 3 4 4 3 2 1 0 0 1 ... */
static bool deal_components(struct match_candidates *c)
{
    const struct match_known *known = c->known;
    uint32_t lasting = known->components->lasting;

    for (unsigned s = 0; s < MATCH_SETS; s++)
        c->sets[s] = arena_take_array(&c->arena, lasting / MATCH_SETS + 2, sizeof **c->sets);
    if (c->arena.failed)
        return false;
    for (uint32_t i = 0; i < lasting; i++) {
        uint32_t s = i % (2 * MATCH_SETS);
        s = s < MATCH_SETS ? s : 2 * MATCH_SETS - 1 - s;
        c->sets[s][c->set_sizes[s]++] = known->ranks[i];
    }
    return true;
}

/* A hash of the values with NUMBERS in the sets of CHOICE. */
static uint64_t hash_choice(const struct match_candidates *c, unsigned sets,
                            const uint32_t *numbers)
{
    uint64_t hash = 0;

    for (unsigned s = 0; s < MATCH_SETS; s++)
        for (uint32_t i = 0; sets >> s & 1 && i < c->set_sizes[s]; i++) {
            hash = (hash ^ numbers[c->sets[s][i]]) * 0x9E3779B97F4A7C15u;
            hash ^= hash >> 29;
        }
    return hash * 0xBF58476D1CE4E5B9u;
}

static bool agrees(const struct match_candidates *c, unsigned sets, const uint32_t *a,
                   const uint32_t *b)
{
    for (unsigned s = 0; s < MATCH_SETS; s++)
        for (uint32_t i = 0; sets >> s & 1 && i < c->set_sizes[s]; i++)
            if (a[c->sets[s][i]] != b[c->sets[s][i]])
                return false;
    return true;
}

/* Sort all combinations that entries have into the buckets of CHOICE. */
static bool fill_choice(struct match_candidates *c, struct match_choice *choice)
{
    const struct keys *combinations = &c->known->combinations;
    size_t buckets = (size_t)1 << (64 - c->shift);

    choice->starts = calloc(buckets + 2, sizeof *choice->starts);
    choice->members = malloc(((size_t)combinations->count + 1) * sizeof *choice->members);
    if (!choice->starts || !choice->members)
        return false;
    for (int pass = 0; pass < 2; pass++) {
        /* First each bucket is counted two places further, then filled one place further. */
        for (uint32_t i = 0; i < combinations->count; i++) {
            uint64_t hash = hash_choice(c, choice->sets, keys_at(combinations, i));
            if (!match_known_combination(c->known, i)->share)
                continue;
            if (pass)
                choice->members[choice->starts[(hash >> c->shift) + 1]++] = i;
            else
                choice->starts[(hash >> c->shift) + 2]++;
        }
        for (size_t i = 2; !pass && i < buckets + 2; i++)
            choice->starts[i] += choice->starts[i - 1];
    }
    return true;
}

static unsigned count_sets(unsigned sets)
{
    unsigned count = 0;

    for (; sets; sets &= sets - 1)
        count++;
    return count;
}

/* Does the search use tables, and not simply all combinations? */
static bool has_tables(const struct match_candidates *c)
{
    return c->known->combinations.count > MATCH_ALL;
}

bool match_candidates_init(struct match_candidates *candidates, const struct match_known *known)
{
    struct match_candidates *c = candidates;
    unsigned count = 0;

    *c = (struct match_candidates){.known = known, .shift = 63, .arena = ARENA_EMPTY};
    if (!has_tables(c))
        return true;
    while (c->shift > 36 && known->combinations.count >> (64 - c->shift) > 2)
        c->shift--;
    if (!deal_components(c))
        return false;
    for (unsigned size = MATCH_SETS - 1; size >= MATCH_FEWEST; size--)
        for (unsigned sets = 0; sets < 1U << MATCH_SETS; sets++)
            if (count_sets(sets) == size)
                c->choices[count++].sets = sets;
    for (unsigned i = 0; i < MATCH_CHOICES; i++)
        if (!fill_choice(c, &c->choices[i]))
            return false;
    return true;
}

void match_candidates_free(struct match_candidates *candidates)
{
    for (unsigned i = 0; i < MATCH_CHOICES; i++) {
        free(candidates->choices[i].starts);
        free(candidates->choices[i].members);
    }
    arena_free(&candidates->arena);
}

bool match_found_init(struct match_found *found, const struct match_known *known)
{
    size_t count = known->combinations.count;

    *found = (struct match_found){.room = count};
    found->items = malloc((count + 1) * sizeof *found->items);
    found->marks = calloc(count + 1, sizeof *found->marks);
    return found->items && found->marks;
}

void match_found_free(struct match_found *found)
{
    free(found->items);
    free(found->marks);
}

static void add_found(struct match_found *found, uint32_t combination)
{
    if (found->marks[combination] == found->search)
        return;
    found->marks[combination] = found->search;
    found->items[found->count++] = combination;
}

/* Combinations are far apart in memory: ask for one before it is needed. */
static void prefetch_combination(const struct match_candidates *c, uint32_t combination)
{
    const unsigned char *entry = keys_at(&c->known->combinations, combination);

    __builtin_prefetch(entry);
    __builtin_prefetch(entry + c->known->combinations.entry_size - 1);
}

/* Add what CHOICE finds, if that is not too much. */
static void find_choice(const struct match_candidates *c, const struct match_choice *choice,
                        const uint32_t *numbers, struct match_found *found)
{
    uint64_t bucket = hash_choice(c, choice->sets, numbers) >> c->shift;
    uint32_t from = choice->starts[bucket], end = choice->starts[bucket + 1], count = 0;
    uint32_t members[MATCH_MOST];

    for (uint32_t i = from; i < end && i < from + AHEAD; i++)
        prefetch_combination(c, choice->members[i]);
    for (uint32_t i = from; i < end; i++) {
        const uint32_t *other = keys_at(&c->known->combinations, choice->members[i]);
        if (end - i > AHEAD)
            prefetch_combination(c, choice->members[i + AHEAD]);
        if (!agrees(c, choice->sets, numbers, other))
            continue;
        if (count == MATCH_MOST)
            return;
        members[count++] = choice->members[i];
    }
    for (uint32_t i = 0; i < count; i++)
        add_found(found, members[i]);
}

void match_found_begin(struct match_found *found)
{
    found->count = 0;
    if (!++found->search) { /* 2^32 searches: begin anew */
        memset(found->marks, 0, found->room * sizeof *found->marks);
        found->search = 1;
    }
}

/* Add the combination whose values have NUMBERS; without tables all combinations. */
static void find_whole(const struct match_candidates *c, const uint32_t *numbers,
                       struct match_found *found)
{
    const struct keys *combinations = &c->known->combinations;
    const void *whole = has_tables(c) ? keys_find(combinations, numbers) : NULL;
    uint32_t from = 0, end = has_tables(c) ? 0 : combinations->count;

    if (whole) {
        from = keys_number(combinations, whole);
        end = from + 1;
    }
    for (uint32_t i = from; i < end; i++)
        if (match_known_combination(c->known, i)->share)
            add_found(found, i);
}

void match_candidates_find(const struct match_candidates *candidates, const uint32_t *numbers,
                           unsigned sets, struct match_found *found)
{
    const struct match_candidates *c = candidates;

    if (sets == MATCH_SETS)
        find_whole(c, numbers, found);
    else if (has_tables(c))
        for (unsigned i = 0; i < MATCH_CHOICES; i++)
            if (count_sets(c->choices[i].sets) == sets)
                find_choice(c, &c->choices[i], numbers, found);
}
