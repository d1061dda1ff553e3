#include "config.h"

#include "filter/pipeline.h"

#include <stdlib.h>

#include "cache/cache.h"
#include "cache/cells.h"
#include "catalog/catalog.h"
#include "filter/absence.h"
#include "format/binary.h"
#include "format/dictionary.h"
#include "format/explain.h"
#include "format/ndjson.h"
#include "json/open.h"
#include "survey/observe.h"
#include "survey/signals.h"
#include "vector/extract.h"
#include "vector/fold.h"
#include "vector/reading.h"
#include "vector/reshape.h"

/* The texts needed to write the output of TARGET. */
static unsigned texts_needed(const struct plan *plan, const struct plan_target *target)
{
    return target->writer->texts(target->writer_state) |
           (plan->dictionary != PLAN_NONE ? DICTIONARY_TEXTS : 0);
}

/* Make the cache; null if it is not wanted, not possible, or memory is out. Without it the output
 * is the same, but slower. */
static struct cache *begin_cache(const struct plan *plan)
{
    struct cache_rules rules = {.target_count = (uint32_t)plan->target_count,
                                .limits = plan->limits,
                                .counted = plan->counted,
                                .memory = plan->cache_memory,
                                .seed = plan->seed};
    struct cells_target *targets = calloc(plan->target_count, sizeof *targets);
    struct cache *cache = NULL;

    for (size_t i = 0; targets && i < plan->target_count; i++) {
        targets[i].catalog = plan->targets[i].catalog;
        targets[i].texts = texts_needed(plan, &plan->targets[i]);
        targets[i].sketched = plan->targets[i].sketched;
    }
    rules.targets = targets;
    if (targets && cache_can(&rules))
        cache = cache_new(&rules);
    free(targets);
    return cache;
}

void pipeline_init(struct pipeline *pipeline, const struct plan *plan, struct stats *stats)
{
    *pipeline = (struct pipeline){
        .plan = plan, .arena = ARENA_EMPTY, .scratch = BUF_EMPTY, .stats = stats};
}

void pipeline_free(struct pipeline *pipeline)
{
    for (size_t i = 0; pipeline->absences && i < pipeline->plan->target_count; i++)
        absence_free(&pipeline->absences[i]);
    free(pipeline->absences);
    arena_free(&pipeline->arena);
    buf_free(&pipeline->scratch);
    pipeline_drop_cache(pipeline);
}

void pipeline_drop_cache(struct pipeline *pipeline)
{
    cache_free(pipeline->cache);
    pipeline->cache = NULL;
}

/* Read the record JSON as CATALOG has it read. False when memory is out. */
static bool reshape_target(struct pipeline *p, const struct catalog *catalog,
                           const struct json *json, const struct reshape_rules *rules,
                           struct reading *reading)
{
    struct reshape_counts *counts =
        arena_take_array(&p->arena, catalog->reshape_count, sizeof *counts);

    reading->reshaped = counts;
    return counts && reshape_value(&reading->json, catalog, TRIE_ROOT, json, rules, counts);
}

/* Find each target's signals in the record. A reject is detected here, before anything is written
 * or counted. */
static struct fault find_signals(struct pipeline *p, const struct json *json,
                                 struct extract *extracts, struct reading *readings)
{
    const struct plan *plan = p->plan;
    const struct reshape_rules rules = {&plan->limits, plan->seed, &p->arena};
    uint32_t signals = 0;

    for (size_t i = 0; i < plan->target_count; i++) {
        const struct catalog *catalog = plan->targets[i].catalog;
        if (!reshape_target(p, catalog, json, &rules, &readings[i]) ||
            !extract_signals(&extracts[i], catalog, &readings[i].json, &p->arena))
            return fault_memory();
        signals += extracts[i].found;
    }
    /* Another collector's records must not become empty vectors. */
    if (!signals)
        return fault_at(STATUS_SIGNALS, json->nodes[0].start);
    for (size_t i = 0; i < plan->target_count; i++) {
        const struct catalog *catalog = plan->targets[i].catalog;
        struct fault fault = passthrough_read(&readings[i].passthrough, catalog,
                                              &readings[i].json, &p->arena, &p->scratch);
        if (fault.status == STATUS_ID)
            fault.offset = reshape_origin(catalog, json, fault.offset, &rules);
        if (fault.status != STATUS_OK)
            return fault;
    }
    return FAULT_NONE;
}

/* Normalize and hash what was found for target number I. False when memory is out. */
static bool normalize_target(struct pipeline *p, size_t i, const struct extract *extract,
                             struct reading *reading)
{
    const struct plan_target *target = &p->plan->targets[i];
    struct vector *vector = &reading->vector;

    if (!vector_begin(vector, target->catalog, &p->arena) ||
        !vector_normalize(vector, &reading->json, extract, texts_needed(p->plan, target),
                          &p->arena, &p->scratch))
        return false;
    for (uint32_t line = 0; line < target->catalog->reshape_count; line++)
        vector_count_reshape(vector, line, reading->reshaped[line]);
    return true;
}

/* Explain the record to all targets. False when memory is out. */
static bool explain_record(struct pipeline *p, const struct extract *extracts,
                           struct reading *readings, struct buf *const *outs)
{
    const struct plan *plan = p->plan;

    for (size_t i = 0; i < plan->target_count; i++)
        if (!fold_vector(&readings[i].vector, &p->arena) ||
            !explain_put(&plan->explains[i], outs[plan->targets[i].output],
                         &readings[i].json, &extracts[i], &readings[i], &p->arena,
                         &p->scratch))
            return false;
    return true;
}

/* Read the record in full. Each stage relies on what the one before has checked. */
static struct fault read_full(struct pipeline *p, struct span record, struct reading *readings,
                              bool *unpaired, struct buf *const *outs)
{
    struct json_document document;
    const struct json *json = &document.json;
    const struct plan *plan = p->plan;

    struct fault fault =
        json_open(&document, record, &plan->limits, JSON_OBJECT_ROOT, plan->seed, &p->arena);
    if (fault.status != STATUS_OK)
        return fault;
    struct extract *extracts =
        arena_take_array(&p->arena, plan->target_count, sizeof *extracts);
    if (!extracts)
        return fault_memory();
    fault = find_signals(p, json, extracts, readings);
    for (size_t i = 0; i < plan->target_count && fault.status == STATUS_OK; i++)
        if (!normalize_target(p, i, &extracts[i], &readings[i]))
            fault = fault_memory();
    *unpaired = document.counts.unpaired > 0;
    if (plan->explains && fault.status == STATUS_OK &&
        !explain_record(p, extracts, readings, outs))
        fault = fault_memory();
    if (p->cache && fault.status == STATUS_OK)
        cache_learn(p->cache, json, &document.counts, &document.members, extracts, readings,
                    &p->arena, &p->scratch);
    return fault;
}

/* Read the record by comparison with earlier ones, if possible. */
static bool read_again(struct pipeline *p, struct span record, struct reading *readings)
{
    struct arena_mark mark = arena_mark(&p->arena);

    if (!p->begun)
        p->cache = begin_cache(p->plan);
    p->begun = true;
    if (!p->cache)
        return false;
    if (cache_read(p->cache, record, readings, &p->arena, &p->scratch))
        return true;
    arena_back(&p->arena, mark);
    return false;
}

/* Compute the ids of libraries that are wanted. False when memory is out. */
static bool read_libraries(struct pipeline *p, struct span record, struct reading *readings)
{
    p->differing = 0;
    for (size_t i = 0; i < p->plan->target_count; i++) {
        const struct plan_target *target = &p->plan->targets[i];
        struct vector *vector = &readings[i].vector;
        vector->library = (struct library_id){.known = false};
        if (target->library &&
            !library_read(&vector->library, target->catalog, vector->root, record,
                          &p->plan->limits, &p->arena, &p->scratch))
            return false;
        if (vector->library.differs)
            p->differing |= 1u << target->catalog->library;
    }
    return true;
}

/* Note which rows of target number I are in the record of VECTOR. False when memory is out. */
static bool note_absence(struct pipeline *p, size_t i, const struct vector *vector)
{
    if (!p->absences)
        p->absences = calloc(p->plan->target_count, sizeof *p->absences);
    return p->absences && absence_note(&p->absences[i], vector);
}

/* Fold and write the reading for target number I. False when memory is out. */
static bool write_vector(struct pipeline *p, size_t i, struct reading *reading,
                         struct buf *const *outs)
{
    const struct plan *plan = p->plan;
    const struct plan_target *target = &plan->targets[i];
    struct vector *vector = &reading->vector;
    struct buf *out = outs[target->output];

    if (plan->watched && plan->watched[i] && !note_absence(p, i, vector))
        return false;
    vector->sketched = target->sketched;
    if (!fold_vector(vector, &p->arena))
        return false;
    reading->passthrough.origin = p->origin;
    target->writer->put(target->writer_state, out, &reading->passthrough, vector);
    if (plan->dictionary != PLAN_NONE)
        dictionary_put(outs[plan->dictionary], vector, plan->reveal);
    return true;
}

/* Count a record that was written. */
static void count_record(struct pipeline *p, const struct reading *readings, bool unpaired)
{
    p->stats->unpaired += unpaired;
    for (size_t i = 0; i < p->plan->target_count; i++)
        stats_count(p->stats, i, &readings[i].vector);
}

/* Find the signals of the one target in the record. False when memory is out. */
static bool read_target(struct pipeline *p, const struct json *json, struct reading *reading)
{
    const struct plan_target *target = &p->plan->targets[0];
    const struct reshape_rules rules = {&p->plan->limits, p->plan->seed, &p->arena};
    struct extract extract;

    return reshape_target(p, target->catalog, json, &rules, reading) &&
           extract_signals(&extract, target->catalog, &reading->json, &p->arena) &&
           vector_begin(&reading->vector, target->catalog, &p->arena) &&
           vector_normalize(&reading->vector, &reading->json, &extract, 0, &p->arena,
                            &p->scratch) &&
           fold_vector(&reading->vector, &p->arena);
}

/* Observe the record, and the signals of the target, if there is one. */
static struct fault observe_record(struct pipeline *p, struct span record,
                                   struct buf *const *outs)
{
    struct json_document document;
    struct observe_record observed;
    struct reading reading;
    const struct plan *plan = p->plan;
    bool targeted = plan->target_count > 0;

    struct fault fault =
        json_open(&document, record, &plan->limits, JSON_OBJECT_ROOT, plan->seed, &p->arena);
    if (fault.status != STATUS_OK)
        return fault;
    if (targeted && !read_target(p, &document.json, &reading))
        return fault_memory();
    const struct json *json = targeted ? &reading.json : &document.json;
    bool lasting = json->text.p == document.json.text.p;
    if (!observe_put(outs[0], json, lasting ? &document.members : NULL, plan->seed, lasting,
                     plan->observe, &observed, &p->arena, &p->scratch))
        return fault_memory();
    if (targeted)
        signals_put(outs[1], &observed, &reading.vector, plan->seed);
    if (targeted && outs[1]->failed)
        return fault_memory();
    if (p->stats)
        p->stats->unpaired += document.counts.unpaired > 0;
    return fault;
}

static struct fault run_stages(struct pipeline *p, struct span record, struct buf *const *outs)
{
    size_t targets = p->plan->target_count;
    struct reading *readings = arena_take_array(&p->arena, targets, sizeof *readings);
    struct fault fault = FAULT_NONE;
    bool unpaired = false;

    if (!readings)
        return fault_memory();
    if (!read_again(p, record, readings))
        fault = read_full(p, record, readings, &unpaired, outs);
    else if (p->stats)
        unpaired = validate_unpaired(record);
    if (fault.status == STATUS_OK && !read_libraries(p, record, readings))
        fault = fault_memory();
    for (size_t i = 0; i < targets && !p->plan->explains && fault.status == STATUS_OK; i++)
        if (!write_vector(p, i, &readings[i], outs))
            fault = fault_memory();
    for (size_t i = 0; i < p->plan->output_count; i++)
        if (outs[i]->failed || p->arena.failed)
            fault = fault_memory();
    if (p->stats && fault.status == STATUS_OK)
        count_record(p, readings, unpaired);
    return fault;
}

struct fault pipeline_run(struct pipeline *p, struct span record, struct buf *const *outs)
{
    size_t count = p->plan->output_count;

    arena_reset(&p->arena);
    size_t *before = arena_take_array(&p->arena, count, sizeof *before);
    if (!before)
        return fault_memory();
    for (size_t i = 0; i < count; i++)
        before[i] = outs[i]->n;
    struct fault fault = p->plan->observe ? observe_record(p, record, outs)
                                          : run_stages(p, record, outs);
    for (size_t i = 0; i < count && fault.status != STATUS_OK; i++)
        outs[i]->n = before[i];
    return fault;
}
