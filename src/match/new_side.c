#include "config.h"

#include <stdlib.h>

#include "filter/workers.h"
#include "format/ndjson_read.h"
#include "format/row.h"
#include "match/batch.h"
#include "match/matching.h"

static const char too_many[] = "the new records do not fit in --memory: expected a higher limit, or "
                               "fewer records at once";

/* The new records while they are decided about. */
struct new_side {
    struct matching *m;
    struct row_input input;
    struct match_signature_reader reader;
    const struct match_common *common; /* null if the catalogs are the same */
    struct row row;                    /* the first one, until a batch takes it */
    bool first;                        /* it waits */
    bool failed;                       /* the reading has, and that was reported */
    struct fault kept;                 /* what keeping decisions has met: reported at the end, since
                                          another thread may be reading and reporting */
};

/* All is known, and the first new record has come: get ready. */
static bool begin_new(struct new_side *n)
{
    struct matching *m = n->m;
    bool begun = m->begun;

    if (!matching_fits(m, &n->input, n->row.schema, true))
        return false;
    if (!begun && !matching_check(m, NULL, match_known_finish(&m->known), matching_full))
        return false;
    const struct catalog *catalog;
    if (!match_catalog_find(m->task->plan, n->row.schema->label, &catalog))
        return matching_no_memory(m);
    m->lines.memory = match_known_room(&m->known);
    if (catalog != m->components.catalog) {
        if (!match_common_make(&m->common, &m->components, catalog))
            return matching_no_memory(m);
        n->common = &m->common;
    }
    if (!match_candidates_init(&m->candidates, &m->known) ||
        !match_signature_init(&n->reader, &m->components) ||
        (m->task->judge && !match_truth_init(&m->truth, &m->known, m->task->plan->seed)))
        return matching_no_memory(m);
    n->reader.counted = n->common ? n->common->cells : NULL;
    return true;
}

static void *new_batch(void *context)
{
    struct new_side *n = context;

    return match_batch_new(&n->m->components);
}

static void drop_batch(void *context, void *batch)
{
    (void)context;
    match_batch_free(batch);
}

static void free_judge(void *context, void *worker)
{
    (void)context;
    if (worker)
        match_judge_free(worker);
    free(worker);
}

static void *make_judge(void *context)
{
    struct new_side *n = context;
    struct match_judge *judge = calloc(1, sizeof *judge);

    if (!judge)
        return NULL;
    judge->known = &n->m->known;
    judge->candidates = &n->m->candidates;
    judge->common = n->common;
    memcpy(judge->thresholds, n->m->task->thresholds, sizeof judge->thresholds);
    if (match_judge_init(judge))
        return judge;
    free_judge(n, judge);
    return NULL;
}

/* The next row. False at the end, or when the reading has failed. */
static bool next_row(struct new_side *n)
{
    if (n->first) {
        n->first = false;
        return true;
    }
    return !n->failed && row_input_next(&n->input, &n->row);
}

static enum workers_fill gather_batch(void *context, void *batch_to_fill, bool wait)
{
    struct new_side *n = context;
    struct match_batch *batch = batch_to_fill;

    (void)wait; /* nothing is written before the end of the input */
    match_batch_clear(batch);
    while (batch->count < MATCH_BATCH && next_row(n)) {
        if (!matching_fits(n->m, &n->input, n->row.schema, true)) {
            n->failed = true;
        } else if (!match_signature_read(&n->reader, &n->row)) {
            n->failed = true;
            matching_no_memory(n->m);
        } else {
            match_batch_add(batch, &n->m->components, &n->row, &n->reader.signature);
        }
    }
    return batch->count && !n->failed ? WORKERS_FULL : WORKERS_END;
}

static void decide_batch(void *context, void *worker, void *batch)
{
    struct new_side *n = context;

    match_batch_decide(batch, worker, n->m->task->judge ? NULL : &n->m->lines);
}

/* Count or keep what was decided about ITEM. */
static struct fault keep_item(struct matching *m, const struct match_batch *batch,
                              const struct match_item *item)
{
    if (m->task->judge)
        return match_truth_add(&m->truth, &item->decision, item->truth) ? FAULT_NONE
                                                                        : fault_memory();
    return match_lines_add(&m->lines, item->signature.key, span_at(batch->lines.p, item->line),
                           item->id_n, item->id.n);
}

static bool keep_decisions(void *context, void *batch_to_deliver)
{
    struct new_side *n = context;
    const struct match_batch *batch = batch_to_deliver;

    if (batch->lines.failed || batch->ids.failed)
        n->kept = fault_memory();
    for (uint32_t i = 0; i < batch->count && n->kept.status == STATUS_OK; i++)
        n->kept = keep_item(n->m, batch, &batch->items[i]);
    return n->kept.status == STATUS_OK;
}

/* Decide about all records, from the first one on. */
static bool decide_all(struct new_side *n)
{
    static const struct workers_calls calls = {.make_batch = new_batch,
                                               .make_worker = make_judge,
                                               .free_batch = drop_batch,
                                               .free_worker = free_judge,
                                               .fill = gather_batch,
                                               .work = decide_batch,
                                               .deliver = keep_decisions};
    struct workers *workers = workers_new(&calls, n, n->m->task->jobs);
    bool fine = workers && workers_run(workers);

    workers_free(workers);
    return fine ? matching_check(n->m, n->m->task->new, n->kept, too_many) && !n->failed
                : matching_no_memory(n->m);
}

bool matching_read_new(struct matching *m)
{
    struct new_side n = {.m = m};
    struct row_names names = *m->task->names;

    names.members[MATCH_BY] = span_of(NULL, 0); /* only known records need it */
    bool fine = matching_open(m, &n.input, m->task->new, &names);
    if (fine && row_input_next(&n.input, &n.row)) {
        n.first = true;
        fine = begin_new(&n) && decide_all(&n);
    }
    fine = fine && !n.input.now.what; /* nor did a fault end it early */
    row_input_close(&n.input);
    match_signature_free(&n.reader);
    return fine;
}
