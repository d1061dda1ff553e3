#include "config.h"

#include "match/batch.h"

#include <stdlib.h>

#include "format/row.h"
#include "match/match.h"

struct match_batch *match_batch_new(const struct match_components *components)
{
    struct match_batch *batch = calloc(1, sizeof *batch);

    if (!batch)
        return NULL;
    batch->arena = ARENA_EMPTY;
    for (uint32_t i = 0; i < MATCH_BATCH; i++) {
        struct match_signature *s = &batch->items[i].signature;
        s->values = arena_take_array(&batch->arena, (size_t)components->count + 1, 8);
        s->cells = arena_take_array(&batch->arena, (size_t)components->all_cells + 1, 8);
    }
    if (!batch->arena.failed)
        return batch;
    match_batch_free(batch);
    return NULL;
}

void match_batch_free(struct match_batch *batch)
{
    if (!batch)
        return;
    buf_free(&batch->ids);
    buf_free(&batch->lines);
    arena_free(&batch->arena);
    free(batch);
}

void match_batch_clear(struct match_batch *batch)
{
    batch->count = 0;
    buf_clear(&batch->ids);
    buf_clear(&batch->lines);
}

void match_batch_add(struct match_batch *batch, const struct match_components *components,
                     const struct row *row, const struct match_signature *signature)
{
    struct match_item *item = &batch->items[batch->count++];
    struct match_signature *copy = &item->signature;
    uint64_t *values = copy->values, *cells = copy->cells;

    memcpy(values, signature->values, components->count * sizeof *values);
    memcpy(cells, signature->cells, components->all_cells * sizeof *cells);
    *copy = *signature;
    copy->values = values;
    copy->cells = cells;
    item->id = buf_keep(&batch->ids, row->has_id ? signature->id : span_of(NULL, 0));
    item->truth = row->member_hash[MATCH_TRUTH];
}

void match_batch_decide(struct match_batch *batch, struct match_judge *judge,
                        const struct match_lines *lines)
{
    for (uint32_t i = 0; i < batch->count && !batch->ids.failed; i++) {
        struct match_item *item = &batch->items[i];
        size_t from = batch->lines.n;
        item->decision = match_decide(judge, &item->signature);
        if (!lines)
            continue;
        item->id_n = match_lines_put(lines, &batch->lines, judge,
                                     span_at(batch->ids.p, item->id), &item->decision);
        item->line = (struct extent){(uint32_t)from, (uint32_t)(batch->lines.n - from)};
    }
}
