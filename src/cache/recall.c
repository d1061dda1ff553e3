#include "config.h"

#include "cache/recall.h"

#include <stdlib.h>

#include "base/pages.h"
#include "cache/compare.h"
#include "cache/learn.h"

#define USUAL       16 /* records, about, that a mean of late is of */
#define EDIT_WEIGHT 4  /* a name read by the grammar costs as much as so many leaves */
#define ALIKE       64 /* one leaf of so many may differ in any case */

/* The memory of the memo: entries a cell, at least so many, at most this part of all. */
#define VALUES_CELL  8
#define VALUES_LEAST 32768
#define VALUES_MOST  ((uint32_t)1 << 22)
#define VALUES_PART  3

/* That of the places. */
#define PLACES_CELL  4
#define PLACES_LEAST 32768
#define PLACES_MOST  ((uint32_t)1 << 24)
#define PLACES_PART  4

struct recall {
    struct recall_rules rules;
    unsigned char *memory; /* of what is remembered */
    struct cells_layout layout;
    struct places places;
    struct shapes shapes;
    struct memo memo;
    struct trace trace;
    struct settle settle;
    uint32_t debt;      /* records for which the full path was needed, less what others paid */
    uint64_t count;     /* records read by comparison */
    uint32_t differ;    /* in how much they differ from their shapes, of late, times USUAL */
    uint32_t unlearned; /* of them since one was learned from */
};

/* Is what POINTER leads to, or something above it, the root of CATALOG? */
static bool holds_root(const struct catalog *catalog, const struct pointer *pointer)
{
    for (size_t r = 0; r < catalog->root_count; r++) {
        const struct pointer *root = &catalog->roots[r];
        size_t i = 0;
        while (i < pointer->count && i < root->count &&
               span_equal(pointer->tokens[i], root->tokens[i]))
            i++;
        if (i == pointer->count)
            return true;
    }
    return false;
}

bool recall_can(const struct recall_rules *rules)
{
    if (rules->target_count > CELLS_TARGETS || rules->memory < RECALL_LEAST)
        return false;
    for (uint32_t i = 0; i < rules->target_count; i++) {
        const struct catalog *c = rules->targets[i].catalog;
        const struct trie_node *top = &c->trie.nodes[TRIE_ROOT];
        if (top->ends < top->below)
            return false;
        for (uint32_t k = 0; k < rules->target_count; k++) {
            const struct catalog *other = rules->targets[k].catalog;
            if (c->has_id && holds_root(other, &c->id))
                return false;
            for (uint32_t n = 0; n < c->carry_count; n++)
                if (holds_root(other, &c->carries[n].pointer))
                    return false;
        }
    }
    return true;
}

/* How many entries the memo is to have: a power of 2. */
static uint32_t share_values(const struct recall *r)
{
    uint32_t count = VALUES_LEAST;

    while (count < VALUES_MOST && count / VALUES_CELL < r->layout.count)
        count *= 2;
    while (count > MEMO_WAYS && memo_size(count) > r->rules.memory / VALUES_PART)
        count /= 2;
    return count;
}

/* How many places there is to be room for. */
static uint32_t share_places(const struct recall *r)
{
    size_t room = r->rules.memory / PLACES_PART / places_size(&r->layout, 1);
    uint32_t count = PLACES_MOST;

    if (r->layout.count < PLACES_MOST / PLACES_CELL)
        count = r->layout.count * PLACES_CELL;
    if (count < PLACES_LEAST)
        count = PLACES_LEAST;
    return count < room ? count : (uint32_t)room;
}

/* Take the memory and share it out. False when it is out. */
static bool share_memory(struct recall *r)
{
    uint32_t values = share_values(r), places = share_places(r);
    size_t used = memo_size(values) + places_size(&r->layout, places);

    r->memory = pages_take(r->rules.memory);
    if (!r->memory)
        return false;
    memo_init(&r->memo, r->memory, values, r->rules.seed);
    places_init(&r->places, &r->layout, r->memory + memo_size(values), places, r->rules.seed);
    used = (used + 63) / 64 * 64;
    shapes_init(&r->shapes, r->memory + used, r->rules.memory - used);
    return true;
}

struct recall *recall_new(const struct recall_rules *rules)
{
    struct recall *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    r->rules = *rules;
    r->rules.targets = NULL; /* the layout has its own */
    if (cells_init(&r->layout, rules->targets, rules->target_count, rules->counted) &&
        share_memory(r) && settle_init(&r->settle, &r->layout, &r->places, &r->memo))
        return r;
    recall_free(r);
    return NULL;
}

void recall_free(struct recall *r)
{
    if (!r)
        return;
    settle_free(&r->settle);
    cells_free(&r->layout);
    free(r->memory);
    free(r);
}

uint64_t recall_count(const struct recall *r)
{
    return r->count;
}

/* What is remembered speaks of places by their numbers: with them it all goes. */
static void forget_if_full(struct recall *r)
{
    if (!r->places.full)
        return;
    shapes_forget(&r->shapes);
    memo_forget(&r->memo);
    places_forget(&r->places);
}

/* Is this record to be tried, and to be learned from? */
static bool is_due(const struct recall *r)
{
    return r->debt < RECALL_PATIENCE || r->debt % RECALL_PAUSE == 0;
}

/* A record did not have to be read in full. */
static void repay(struct recall *r)
{
    uint32_t debt = r->debt - 1; /* it was not this one's */

    if (debt > RECALL_PATIENCE)
        debt = RECALL_PATIENCE;
    r->debt = debt > RECALL_CREDIT ? debt - RECALL_CREDIT : 0;
}

/* Does the record just read differ so much from its shape that one like it had better be
 * compared with itself? Where older shapes have to go for it, that may as well be wrong. */
static bool is_apart(struct recall *r)
{
    uint32_t differs = r->trace.leaf_count + r->trace.edits * EDIT_WEIGHT;
    uint32_t usual = r->differ / USUAL;

    r->differ = r->differ ? r->differ - usual + differs : USUAL * differs;
    r->unlearned++;
    return differs > r->trace.shape->skeleton->leaf_count / ALIKE + usual + usual / 4 &&
           (r->unlearned >= RECALL_REST || shapes_room(&r->shapes, r->trace.record));
}

/* A record was read by comparison. */
static void learn_again(struct recall *r)
{
    struct learn learn = {&r->places, &r->shapes, &r->settle, &r->rules.limits, false};

    shapes_use(&r->shapes, r->trace.base);
    if (!is_apart(r))
        return;
    /* What was read may be theirs. */
    shapes_hold(&r->shapes, r->trace.base);
    for (uint32_t i = 0; i < r->trace.earlier_count; i++)
        shapes_hold(&r->shapes, r->trace.earlier[i].shape);
    learn_trace(&learn, &r->trace);
    r->unlearned = 0;
}

/* Read RECORD by comparison with the shape number I. */
static bool read_by(struct recall *r, uint32_t i, struct span record, struct reading *readings)
{
    struct arena *arena = r->settle.reader.arena;

    return trace_begin(&r->trace, &r->shapes, i, &r->places, &r->rules.limits, record, arena) &&
           compare_record(&r->trace) && settle_record(&r->settle, &r->trace, readings) &&
           !arena->failed;
}

bool recall_read(struct recall *r, struct span record, struct reading *readings,
                 struct arena *arena, struct buf *scratch)
{
    size_t length = r->rules.limits.length;

    if (r->debt++ == UINT32_MAX)
        r->debt = RECALL_PATIENCE;
    if (!is_due(r) || record.n > length || record.n > r->shapes.longest || !r->shapes.count)
        return false;
    r->settle.reader.arena = arena;
    r->settle.reader.scratch = scratch;
    uint32_t nearest = shapes_nearest(&r->shapes, record), last = r->shapes.last;
    bool read = read_by(r, nearest, record, readings);
    /* What looks most like it may have other members where they decide. */
    if (!read && !r->places.full && last != nearest && last != SHAPES_MOST)
        read = read_by(r, last, record, readings);
    if (read) {
        repay(r);
        r->count++;
        learn_again(r);
    } else {
        forget_if_full(r);
    }
    return read;
}

void recall_learn(struct recall *r, const struct json *json, const struct json_counts *counts,
                  const struct members *members, const struct extract *extracts,
                  const struct reading *readings, struct arena *arena, struct buf *scratch)
{
    /* Where nothing is ever the same, all that is learned is a waste. */
    struct learn learn = {&r->places, &r->shapes, &r->settle, &r->rules.limits,
                          r->debt < RECALL_PATIENCE};

    if (!is_due(r) || json->text.n > r->shapes.longest)
        return;
    r->settle.reader.arena = arena;
    r->settle.reader.scratch = scratch;
    learn_json(&learn, json, counts, members, extracts, readings);
    forget_if_full(r);
}
