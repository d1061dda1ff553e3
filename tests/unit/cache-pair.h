/*
 * cache-pair: two pipelines side by side, one that caches and one that reads in full. Each record
 * goes to both, and all results must be the same: verdict, status and offset of a fault, every byte
 * of every output, and the counts.
 */
#ifndef WHORL_TESTS_CACHE_PAIR_H
#define WHORL_TESTS_CACHE_PAIR_H

#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "cache/cache.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "filter/memory_fallback.h"
#include "format/binary.h"
#include "format/ndjson.h"
#include "record.h"

#define PAIR_CATALOGS   3
#define PAIR_TARGETS    9
#define PAIR_DICTIONARY PAIR_TARGETS /* its output, after one for each target */
#define PAIR_ALL        ((1u << NDJSON_MEMBERS) - 1)
#define PAIR_MEMORY     ((size_t)20 << 20)

struct pair_rules {
    const char *catalogs[PAIR_CATALOGS]; /* '|' for a tab; up to the first that is null */
    struct {
        unsigned char catalog;
        bool binary;
    } targets[PAIR_TARGETS];
    size_t target_count; /* 0 for one: NDJSON of the first catalog */
    bool only_default;   /* not all members: fewer texts are kept */
    bool dictionary;
    bool reveal;
    bool uncounted;       /* no statistics */
    struct limits limits; /* all 0 for the default */
    size_t memory;        /* to cache with; 0 for PAIR_MEMORY */
};

struct pair_side {
    struct plan plan;
    struct pipeline pipeline;
    struct stats stats;
    struct buf outs[PAIR_TARGETS + 1], *list[PAIR_TARGETS + 1];
};

struct pair {
    struct arena arena;
    struct catalog catalogs[PAIR_CATALOGS];
    struct plan_target targets[PAIR_TARGETS];
    struct pair_side full, cache;

    /* Of the last record: */
    struct fault fault;
    bool same; /* all results are the same */
    bool fast; /* it was read by comparison */
};

static inline void pair_read_catalog(struct pair *p, uint32_t i, const char *text)
{
    size_t n = strlen(text);
    char *copy = arena_take(&p->arena, n);

    for (size_t k = 0; copy && k < n; k++)
        copy[k] = text[k] == '|' ? '\t' : text[k];
    struct fault fault = copy ? compile_catalog(&p->catalogs[i], span_of(copy, n), &p->arena)
                              : fault_memory();
    if (fault.status != STATUS_OK) {
        printf("Bail out! catalog %u: byte %zu: %s\n", i, fault.offset, fault_text(fault));
        exit(1);
    }
}

static inline bool pair_begin_side(struct pair *p, struct pair_side *side,
                                   const struct pair_rules *rules, bool cache)
{
    size_t targets = rules->target_count ? rules->target_count : 1;

    side->plan = (struct plan){
        .targets = p->targets,
        .target_count = targets,
        .output_count = PAIR_TARGETS + 1,
        .dictionary = rules->dictionary ? PAIR_DICTIONARY : PLAN_NONE,
        .limits = rules->limits.length ? rules->limits : LIMITS_DEFAULT,
        .reveal = rules->reveal,
        .cache_memory = !cache          ? 0
                        : rules->memory ? rules->memory
                                        : PAIR_MEMORY,
        .counted = !rules->uncounted,
        .seed = 7,
    };
    for (int i = 0; i <= PAIR_TARGETS; i++)
        side->list[i] = &side->outs[i];
    if (!stats_init(&side->stats, targets))
        return false;
    for (size_t i = 0; i < targets; i++)
        if (!stats_add_catalog(&side->stats, p->targets[i].catalog))
            return false;
    pipeline_init(&side->pipeline, &side->plan, rules->uncounted ? NULL : &side->stats);
    return true;
}

/* Begin *PAIR, which pair_end() frees. A rule that cannot be followed ends the program. */
static inline void pair_begin(struct pair *p, const struct pair_rules *rules)
{
    const struct writer_options options = {
        .members = rules->only_default ? NDJSON_DEFAULT : PAIR_ALL, .reveal = rules->reveal};

    *p = (struct pair){.arena = ARENA_EMPTY};
    for (uint32_t i = 0; i < PAIR_CATALOGS && rules->catalogs[i]; i++)
        pair_read_catalog(p, i, rules->catalogs[i]);
    for (size_t i = 0; i < PAIR_TARGETS; i++) {
        uint32_t catalog = rules->targets[i].catalog;
        const struct writer *writer =
            rules->targets[i].binary ? &binary_writer : &ndjson_writer;
        void *state = writer->open(&options, &p->catalogs[catalog]);
        p->targets[i] = (struct plan_target){.catalog = &p->catalogs[catalog],
                                             .writer = writer,
                                             .writer_state = state,
                                             .output = i,
                                             .sketched = !rules->only_default};
        if (!state)
            abort();
    }
    if (!pair_begin_side(p, &p->full, rules, false) ||
        !pair_begin_side(p, &p->cache, rules, true))
        abort();
}

static inline void pair_end_side(struct pair_side *side)
{
    pipeline_free(&side->pipeline);
    stats_free(&side->stats);
    for (int i = 0; i <= PAIR_TARGETS; i++)
        buf_free(&side->outs[i]);
}

static inline void pair_end(struct pair *p)
{
    for (size_t i = 0; i < PAIR_TARGETS; i++)
        p->targets[i].writer->close(p->targets[i].writer_state);
    pair_end_side(&p->full);
    pair_end_side(&p->cache);
    arena_free(&p->arena);
}

static inline uint64_t pair_cached(const struct pair *p)
{
    return p->cache.pipeline.cache ? cache_count(p->cache.pipeline.cache) : 0;
}

static inline bool pair_equal_counts(const struct stats *a, const struct stats *b)
{
    bool equal = a->unpaired == b->unpaired;

    for (size_t i = 0; i < a->catalog_count; i++) {
        const struct stats_catalog *x = &a->catalogs[i], *y = &b->catalogs[i];
        equal &= x->found == y->found && x->uncataloged == y->uncataloged &&
                 x->repeated == y->repeated && x->skipped == y->skipped &&
                 x->unread == y->unread &&
                 memcmp(x->rows, y->rows, x->catalog->row_count * sizeof *x->rows) == 0;
    }
    return equal;
}

static inline struct fault pair_run_side(struct pair_side *side, struct span record)
{
    for (int i = 0; i <= PAIR_TARGETS; i++)
        side->outs[i].n = 0;
    return memory_fallback_run(&side->pipeline, record, side->list);
}

/* Put RECORD through both. The results go to *PAIR, and a difference is printed. */
static inline void pair_run(struct pair *p, struct span record)
{
    struct span copy =
        record_copy(record); /* of exactly its size, and not where the last was */
    uint64_t before = pair_cached(p);
    struct fault fault = pair_run_side(&p->cache, copy);

    p->fast = pair_cached(p) > before;
    free((void *)(uintptr_t)copy.p);
    p->fault = pair_run_side(&p->full, record);
    p->same = fault.status == p->fault.status &&
              (fault.status == STATUS_OK || fault.offset == p->fault.offset) &&
              pair_equal_counts(&p->full.stats, &p->cache.stats);
    if (!p->same)
        printf("# cache says %d at %zu, in full it is %d at %zu\n", fault.status, fault.offset,
               p->fault.status, p->fault.offset);
    for (int i = 0; i <= PAIR_TARGETS; i++) {
        struct span a = buf_span(&p->cache.outs[i]), b = buf_span(&p->full.outs[i]);
        if (span_equal(a, b))
            continue;
        p->same = false;
        printf("# output %d:\n#   cache  %.*s\n#   in full %.*s\n", i, (int)a.n,
               (const char *)a.p, (int)b.n, (const char *)b.p);
    }
    if (!p->same)
        printf("# of the record %.*s\n", (int)record.n, (const char *)record.p);
}

#endif
