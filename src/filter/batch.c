#include "config.h"

#include "filter/batch.h"

#include <stdlib.h>

#include "filter/memory_fallback.h"
#include "text/escape.h"

#define ROOM_LEAST    ((size_t)1 << 14)
#define REJECT_WEIGHT (BATCH_OUTPUT / BATCH_REJECTS) /* bytes of output that one weighs */

struct batch *batch_new(const struct plan *plan)
{
    struct batch *batch = calloc(1, sizeof *batch);

    if (!batch)
        return NULL;
    batch->plan = plan;
    batch->room = BLOCK_SIZE;
    batch->outs = calloc(plan->output_count, sizeof *batch->outs);
    bool ready = batch->outs && block_init(&batch->block);
    for (size_t i = 0; ready && i < plan->output_count; i++)
        ready = (batch->outs[i] = calloc(1, sizeof *batch->outs[i]));
    ready = stats_init(&batch->stats, plan->target_count) && ready;
    for (size_t i = 0; ready && plan->counted && i < plan->target_count; i++)
        ready = stats_add_catalog(&batch->stats, plan->targets[i].catalog);
    if (ready)
        return batch;
    batch_free(batch);
    return NULL;
}

void batch_free(struct batch *batch)
{
    if (!batch)
        return;
    for (size_t i = 0; batch->outs && i < batch->plan->output_count && batch->outs[i]; i++) {
        buf_free(batch->outs[i]);
        free(batch->outs[i]);
    }
    free(batch->outs);
    free(batch->rejects);
    free(batch->mismatches);
    free(batch->name);
    buf_free(&batch->origin);
    stats_free(&batch->stats);
    block_free(&batch->block);
    free(batch);
}

/* Reset BATCH before the work. */
static void begin_batch(struct batch *batch, const char *file, struct fault fault)
{
    batch->file = file;
    batch->fault = fault;
    batch->ended = batch->no_memory = false;
    batch->made = 0;
    buf_clear(&batch->origin);
    split_init(&batch->split, &batch->block, batch->plan->limits.length);
}

void batch_fail(struct batch *batch, const char *file, struct fault fault)
{
    batch->block.n = 0;
    begin_batch(batch, file, fault);
}

enum block_event batch_fill(struct batch *batch, const char *file, struct blocks *blocks,
                            struct decompress *decompress, struct source *source)
{
    struct fault fault;
    enum block_event event =
        block_fill(&batch->block, batch->room, blocks, decompress, source, &fault);

    batch->stats.bytes += batch->block.read;
    begin_batch(batch, file, fault);
    if (batch->plan->origins)
        escape_put_utf8(&batch->origin, span_text(file));
    return event;
}

/* Keep LINE as a reject for FAULT. False when memory is out. */
static bool add_reject(struct batch *batch, const struct split_line *line, struct fault fault)
{
    if (!batch->rejects)
        batch->rejects = calloc(BATCH_REJECTS, sizeof *batch->rejects);
    if (!batch->rejects)
        return false;
    batch->rejects[batch->reject_count++] = (struct batch_reject){*line, fault};
    return true;
}

/* Keep that LINE states other ids than those of its components, of LIBRARIES. False when memory is
 * out. */
static bool add_mismatch(struct batch *batch, const struct split_line *line, unsigned libraries)
{
    if (!batch->mismatches)
        batch->mismatches = calloc(BATCH_REJECTS, sizeof *batch->mismatches);
    if (!batch->mismatches)
        return false;
    batch->mismatches[batch->mismatch_count++] =
        (struct batch_mismatch){line->number, libraries};
    return true;
}

/* Turn one line into its vectors, or its fault. False when memory is out. */
static bool run_line(struct batch *batch, struct pipeline *pipeline,
                     const struct split_line *line)
{
    batch->stats.lines++;
    pipeline->origin =
        (struct origin){buf_span(&batch->origin), batch->lines + line->number};
    struct fault fault = memory_fallback_run(pipeline, line->text, batch->outs);

    if (fault.status == STATUS_NO_MEMORY)
        return false;
    if (fault.status != STATUS_OK)
        return add_reject(batch, line, fault);
    batch->stats.records++;
    if (batch->sample_count < BATCH_SAMPLES)
        batch->samples[batch->sample_count++] = line->text;
    return !batch->plan->verify || !pipeline->differing ||
           add_mismatch(batch, line, pipeline->differing);
}

static bool is_much(const struct batch *batch)
{
    for (size_t i = 0; i < batch->plan->output_count; i++)
        if (batch->outs[i]->n >= BATCH_OUTPUT)
            return true;
    return batch->reject_count == BATCH_REJECTS || batch->mismatch_count == BATCH_REJECTS;
}

/* Work until the end, until memory is out, or until there are many results. */
static void work_on_lines(struct batch *batch, struct pipeline *pipeline)
{
    struct split_line line;
    bool going = !batch->origin.failed;

    while (going && !is_much(batch)) {
        switch (split_next(&batch->split, &line)) {
        case SPLIT_LINE:
            going = run_line(batch, pipeline, &line);
            break;
        case SPLIT_LONG:
            batch->stats.lines++;
            going = add_reject(batch, &line, fault_at(STATUS_LENGTH, batch->split.limit));
            break;
        case SPLIT_REST:
            batch->rest = line.raw;
            break;
        case SPLIT_END:
            batch->ended = true;
            return;
        }
    }
    batch->no_memory = !going;
}

bool batch_work(struct batch *batch, struct pipeline *pipeline)
{
    size_t most = 0;

    pipeline->stats = batch->plan->counted ? &batch->stats : NULL;
    work_on_lines(batch, pipeline);
    for (size_t i = 0; i < batch->plan->output_count; i++)
        if (batch->outs[i]->n > most)
            most = batch->outs[i]->n;
    batch->made += most + (batch->reject_count + batch->mismatch_count) * REJECT_WEIGHT;
    return batch->ended || batch->no_memory;
}

/* Read less if lines give much output, so that batches are delivered as a whole: batches delivered
 * in parts must wait for each other. */
static void adapt_room(struct batch *batch)
{
    size_t made = batch->made;

    if (made > BATCH_OUTPUT / 2)
        batch->room = (size_t)((double)batch->room * (BATCH_OUTPUT / 2) / (double)made);
    else if (made < BATCH_OUTPUT / 8)
        batch->room *= 2;
    if (batch->room < ROOM_LEAST)
        batch->room = ROOM_LEAST;
    if (batch->room > BLOCK_SIZE)
        batch->room = BLOCK_SIZE;
}

void batch_clear(struct batch *batch)
{
    for (size_t i = 0; i < batch->plan->output_count; i++)
        buf_clear(batch->outs[i]);
    batch->rest = span_of(NULL, 0);
    batch->reject_count = batch->mismatch_count = 0;
    batch->sample_count = 0;
    if (batch->ended)
        adapt_room(batch);
}
