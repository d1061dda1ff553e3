#include "config.h"

#include "cache/cache.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/pages.h"
#include "cache/compare.h"
#include "cache/leaf.h"
#include "cache/learn.h"
#include "cache/path.h"
#include "cache/resolver.h"
#include "cache/templates.h"
#include "cache/trace.h"
#include "cache/value_cache.h"
#include "catalog/catalog.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "vector/extract.h"
#include "vector/reading.h"

#define USUAL       16 /* records, approximately, in a recent mean */
#define EDIT_WEIGHT 4  /* a name read by the grammar costs as much as this many leaves */
#define ALIKE       64 /* one leaf of this many may differ in any case */

/* The memory of the value cache: entries a cell, at least so many, at most this part of all. */
#define VALUES_CELL  8
#define VALUES_LEAST 32768
#define VALUES_MOST  ((uint32_t)1 << 22)
#define VALUES_PART  3

/* That of the paths. */
#define PATHS_CELL  4
#define PATHS_LEAST 32768
#define PATHS_MOST  ((uint32_t)1 << 24)
#define PATHS_PART  4

struct cache {
    struct cache_rules rules;
    unsigned char *memory; /* of what is remembered */
    struct cells_layout layout;
    struct paths paths;
    struct templates templates;
    struct value_cache value_cache;
    struct trace trace;
    struct leaf_reader reader;
    struct resolver resolver;
    struct learner learner;
    uint32_t debt;      /* records for which the full path was needed, less what others paid */
    uint64_t count;     /* records read by comparison */
    uint32_t differ;    /* in how much they differ from their templates, of late, times USUAL */
    uint32_t unlearned; /* records read by comparison since the last was learned */
};

/* Is the value at one of POINTERS, or one above it, the root of CATALOG? */
static bool holds_root(const struct catalog *catalog, struct pointers pointers)
{
    for (size_t r = 0; r < catalog->root_count * pointers.count; r++) {
        const struct pointer *root = &catalog->roots[r / pointers.count];
        const struct pointer *pointer = &pointers.items[r % pointers.count];
        size_t i = 0;
        while (i < pointer->count && i < root->count &&
               span_equal(pointer->tokens[i], root->tokens[i]))
            i++;
        if (i == pointer->count)
            return true;
    }
    return false;
}

bool cache_can(const struct cache_rules *rules)
{
    if (rules->target_count > CELLS_TARGETS || rules->memory < CACHE_LEAST)
        return false;
    for (uint32_t i = 0; i < rules->target_count; i++) {
        const struct catalog *c = rules->targets[i].catalog;
        const struct trie_node *top = &c->trie.nodes[TRIE_ROOT];
        if (top->ends < top->below)
            return false;
        for (uint32_t k = 0; k < rules->target_count; k++) {
            const struct catalog *other = rules->targets[k].catalog;
            if (holds_root(other, c->ids))
                return false;
            for (uint32_t n = 0; n < c->carry_count; n++)
                if (holds_root(other, c->carries[n].pointers))
                    return false;
        }
    }
    return true;
}

/* The number of entries of the value cache: a power of 2. */
static uint32_t share_values(const struct cache *cache)
{
    uint32_t count = VALUES_LEAST;

    while (count < VALUES_MOST && count / VALUES_CELL < cache->layout.count)
        count *= 2;
    while (count > VALUE_CACHE_WAYS &&
           value_cache_size(count) > cache->rules.memory / VALUES_PART)
        count /= 2;
    return count;
}

/* The number of paths to make room for. */
static uint32_t share_paths(const struct cache *cache)
{
    size_t room = cache->rules.memory / PATHS_PART / paths_size(&cache->layout, 1);
    uint32_t count = PATHS_MOST;

    if (cache->layout.count < PATHS_MOST / PATHS_CELL)
        count = cache->layout.count * PATHS_CELL;
    if (count < PATHS_LEAST)
        count = PATHS_LEAST;
    return count < room ? count : (uint32_t)room;
}

/* Take the memory and share it out. False when it is out. */
static bool share_memory(struct cache *cache)
{
    uint32_t values = share_values(cache), paths = share_paths(cache);
    size_t used = value_cache_size(values) + paths_size(&cache->layout, paths);

    cache->memory = pages_take(cache->rules.memory);
    if (!cache->memory)
        return false;
    value_cache_init(&cache->value_cache, cache->memory, values, cache->rules.seed);
    paths_init(&cache->paths, &cache->layout, cache->memory + value_cache_size(values), paths,
               cache->rules.seed);
    used = (used + 63) / 64 * 64;
    templates_init(&cache->templates, cache->memory + used, cache->rules.memory - used);
    return true;
}

struct cache *cache_new(const struct cache_rules *rules)
{
    struct cache *cache = calloc(1, sizeof *cache);

    if (!cache)
        return NULL;
    cache->rules = *rules;
    cache->rules.targets = NULL; /* the layout has its own */
    cache->learner = (struct learner){.limits = &cache->rules.limits,
                                      .paths = &cache->paths,
                                      .templates = &cache->templates,
                                      .value_cache = &cache->value_cache,
                                      .reader = &cache->reader};
    if (cells_init(&cache->layout, rules->targets, rules->target_count, rules->counted) &&
        share_memory(cache) &&
        leaf_reader_init(&cache->reader, &cache->paths, &cache->rules.limits) &&
        resolver_init(&cache->resolver, &cache->paths, &cache->value_cache, &cache->reader) &&
        learner_init(&cache->learner))
        return cache;
    cache_free(cache);
    return NULL;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    learner_free(&cache->learner);
    resolver_free(&cache->resolver);
    leaf_reader_free(&cache->reader);
    cells_free(&cache->layout);
    free(cache->memory);
    free(cache);
}

uint64_t cache_count(const struct cache *cache)
{
    return cache->count;
}

/* Templates and values know paths by their numbers, so they are forgotten together. */
static void forget_if_full(struct cache *cache)
{
    if (!cache->paths.full)
        return;
    templates_forget(&cache->templates);
    value_cache_forget(&cache->value_cache);
    paths_forget(&cache->paths);
}

/* Should this record be tried, and learned from? */
static bool is_due(const struct cache *cache)
{
    return cache->debt < CACHE_PATIENCE || cache->debt % CACHE_PAUSE == 0;
}

/* After a record was read by comparison: pay a part of the debt. */
static void repay(struct cache *cache)
{
    uint32_t debt = cache->debt - 1; /* it was not this one's */

    if (debt > CACHE_PATIENCE)
        debt = CACHE_PATIENCE;
    cache->debt = debt > CACHE_CREDIT ? debt - CACHE_CREDIT : 0;
}

/* Does the record just read differ so much from its template that it should become one
 * itself? If older templates must be dropped for it, only now and then: they may be more
 * useful. */
static bool is_apart(struct cache *cache)
{
    uint32_t differs = cache->trace.leaf_count + cache->trace.edits * EDIT_WEIGHT;
    uint32_t usual = cache->differ / USUAL;

    cache->differ = cache->differ ? cache->differ - usual + differs : USUAL * differs;
    cache->unlearned++;
    return differs > cache->trace.template->skeleton->leaf_count / ALIKE + usual + usual / 4 &&
           (cache->unlearned >= CACHE_REST ||
            templates_room(&cache->templates, cache->trace.record));
}

/* A record was read by comparison. */
static void learn_again(struct cache *cache)
{
    templates_use(&cache->templates, cache->trace.base);
    if (!is_apart(cache))
        return;
    /* What was read may be theirs. */
    templates_hold(&cache->templates, cache->trace.base);
    for (uint32_t i = 0; i < cache->trace.earlier_count; i++)
        templates_hold(&cache->templates, cache->trace.earlier[i].template);
    learner_add_trace(&cache->learner, &cache->trace, &cache->resolver.room);
    cache->unlearned = 0;
}

/* Read RECORD by comparison with the template number I. */
static bool read_by_template(struct cache *cache, uint32_t i, struct span record,
                             struct reading *readings)
{
    struct arena *arena = cache->reader.arena;

    return trace_begin(&cache->trace, &cache->templates, i, &cache->paths, &cache->rules.limits,
                       record, arena) &&
           compare_record(&cache->trace) &&
           resolver_record(&cache->resolver, &cache->trace, readings) && !arena->failed;
}

bool cache_read(struct cache *cache, struct span record, struct reading *readings,
                struct arena *arena, struct buf *scratch)
{
    size_t length = cache->rules.limits.length;

    if (cache->debt++ == UINT32_MAX)
        cache->debt = CACHE_PATIENCE;
    if (!is_due(cache) || record.n > length || record.n > cache->templates.longest ||
        !cache->templates.count)
        return false;
    cache->reader.arena = arena;
    cache->reader.scratch = scratch;
    uint32_t nearest = templates_nearest(&cache->templates, record),
             last = cache->templates.last;
    bool read = read_by_template(cache, nearest, record, readings);
    /* The nearest template may have other members where that matters. */
    if (!read && !cache->paths.full && last != nearest && last != TEMPLATES_MOST)
        read = read_by_template(cache, last, record, readings);
    if (read) {
        repay(cache);
        cache->count++;
        learn_again(cache);
    } else {
        forget_if_full(cache);
    }
    return read;
}

void cache_learn(struct cache *cache, const struct json *json, const struct json_counts *counts,
                 const struct members *members, const struct extract *extracts,
                 const struct reading *readings, struct arena *arena, struct buf *scratch)
{
    if (!is_due(cache) || json->text.n > cache->templates.longest)
        return;
    cache->reader.arena = arena;
    cache->reader.scratch = scratch;
    /* If no value is ever seen again, to keep them is a waste. */
    learner_add_json(&cache->learner, json, counts, members, extracts, readings,
                     cache->debt < CACHE_PATIENCE);
    forget_if_full(cache);
}
