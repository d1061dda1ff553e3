#include "config.h"

#include "recall/recall.h"

#include <stdlib.h>

#include "recall/compare.h"
#include "recall/learn.h"

struct recall {
    struct recall_rules rules;
    struct cells_layout layout;
    struct places places;
    struct shapes shapes;
    struct memo memo;
    struct trace trace;
    struct settle settle;
    uint32_t debt;  /* records for which the full path was needed, less what others paid */
    uint64_t count; /* records read by comparison */
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
    if (rules->target_count > CELLS_TARGETS)
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

struct recall *recall_new(const struct recall_rules *rules)
{
    struct recall *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    r->rules = *rules;
    r->rules.targets = NULL; /* the layout has its own */
    shapes_init(&r->shapes);
    if (cells_init(&r->layout, rules->targets, rules->target_count, rules->counted) &&
        places_init(&r->places, &r->layout, rules->seed) && memo_init(&r->memo, rules->seed) &&
        settle_init(&r->settle, &r->layout, &r->places, &r->memo))
        return r;
    recall_free(r);
    return NULL;
}

void recall_free(struct recall *r)
{
    if (!r)
        return;
    settle_free(&r->settle);
    memo_free(&r->memo);
    shapes_free(&r->shapes);
    places_free(&r->places);
    cells_free(&r->layout);
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

/* A record was read by comparison. */
static void repay(struct recall *r)
{
    uint32_t debt = r->debt - 1; /* it was not this one's */

    if (debt > RECALL_PATIENCE)
        debt = RECALL_PATIENCE;
    r->debt = debt > RECALL_CREDIT ? debt - RECALL_CREDIT : 0;
}

bool recall_read(struct recall *r, struct span record, struct reading *readings,
                 struct arena *arena, struct buf *scratch)
{
    size_t length = r->rules.limits.length;

    if (r->debt++ == UINT32_MAX)
        r->debt = RECALL_PATIENCE;
    uint32_t last = is_due(r) ? shapes_last(&r->shapes) : SHAPES_MOST;
    if (last == SHAPES_MOST || record.n > length || record.n > SHAPE_RECORD)
        return false;
    r->settle.reader.arena = arena;
    r->settle.reader.scratch = scratch;
    bool read =
        trace_begin(&r->trace, &r->shapes, last, &r->places, &r->rules.limits, record, arena) &&
        compare_record(&r->trace) && settle_record(&r->settle, &r->trace, readings) &&
        !arena->failed;
    if (read) {
        repay(r);
        r->count++;
        shapes_use(&r->shapes, r->trace.base);
    } else {
        forget_if_full(r);
    }
    return read;
}

void recall_learn(struct recall *r, const struct json *json, const struct census *census,
                  const struct members *members, const struct extract *extracts,
                  const struct reading *readings, struct arena *arena, struct buf *scratch)
{
    struct learn learn = {&r->places, &r->shapes, &r->settle, &r->rules.limits};

    if (!is_due(r) || json->text.n > SHAPE_RECORD)
        return;
    r->settle.reader.arena = arena;
    r->settle.reader.scratch = scratch;
    learn_shape(&learn, json, census, members, extracts, readings);
    forget_if_full(r);
}
