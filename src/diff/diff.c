#include "config.h"

#include "diff/diff.h"

#include <string.h>

#include "format/ndjson_read.h"

static void report_input_fault(void *context, const struct row_input *input, uint64_t line,
                               uint64_t column, const char *what)
{
    struct diff *d = context;

    d->task->tell(d->task->context, input->path, input->is_binary, line, column, what);
}

/* Report FAULT. True if it is FAULT_NONE: then nothing is reported. */
static bool check_fault(struct diff *d, struct fault fault)
{
    const char *path = fault.status == STATUS_SYSTEM ? d->task->directory : NULL;

    if (fault.status != STATUS_OK)
        d->task->tell(d->task->context, path, false, 0, 0, fault_text(fault));
    return fault.status == STATUS_OK;
}

static struct fault on_pair(void *context, const struct row *old, const struct row *new)
{
    struct diff *d = context;

    d->collision |= old->id.n && new->id.n && !span_equal(old->id, new->id);
    if (d->collision)
        return FAULT_NONE;
    bool flipped = diff_catalogs_flipped(&d->catalogs);
    return diff_tally_pair(&d->tally, flipped ? new : old, flipped ? old : new);
}

static struct fault add_id(struct diff *d, struct diff_ids *ids, const struct row *row)
{
    struct quota *quota = &d->task->memory->kept;
    struct diff_id_text *text = NULL;
    bool added = diff_ids_add(ids, row, &text, quota);

    diff_ids_drop(text, quota);
    return added ? FAULT_NONE : quota_fault(quota);
}

static struct fault on_alone(void *context, unsigned side, const struct row *row)
{
    struct diff *d = context;
    struct diff_side *s = &d->sides[side];

    s->alone++;
    return add_id(d, &s->alone_ids, row);
}

static struct fault on_left_out(void *context, unsigned side, const struct row *row)
{
    struct diff *d = context;
    struct diff_side *s = &d->sides[side];

    s->left_out++;
    return add_id(d, &s->left_out_ids, row);
}

static bool start_comparison(struct diff *d, const struct diff_task *task)
{
    struct diff_join_calls calls = {on_pair, on_alone, on_left_out, d};
    struct diff_memory *memory = task->memory;
    const struct row_names names = {.by = task->by};

    *d = (struct diff){.task = task, .chain = task->plan->by != NULL};
    for (unsigned i = 0; i < 2; i++) {
        d->inputs[i].tell = report_input_fault;
        d->inputs[i].context = d;
    }
    bool made =
        diff_catalogs_init(&d->catalogs, task->maps, task->map_count, task->path_count == 1,
                           d->chain, task->plan->seed, &memory->kept);
    d->join = diff_join_new(&calls, d->chain, memory->join, task->directory, task->plan->seed,
                            &memory->kept);
    if (!diff_tally_init(&d->tally, task->ignore, task->reveal, memory, task->directory,
                         task->plan->seed) ||
        !d->join || !made)
        return check_fault(d, quota_fault(&memory->kept));
    for (unsigned i = 0; i < task->path_count; i++)
        if (!row_input_open(&d->inputs[i], task->paths[i], task->plan, &names, task->window,
                            d->chain ? NULL : task->directory))
            return false;
    return true;
}

/* A row that can be joined, its side, and the number of rows that it can be joined with. */
struct row_candidate {
    struct row row;
    unsigned side;
    uint32_t number;
};

/* The next row of INPUT that can be joined. */
static bool next_candidate(struct diff *d, unsigned input, struct row_candidate *candidate,
                           struct fault *fault)
{
    while (fault->status == STATUS_OK && row_input_next(&d->inputs[input], &candidate->row)) {
        const struct diff_catalog *catalog =
            diff_catalogs_of(&d->catalogs, input, &candidate->row);
        if (!catalog) {
            *fault = quota_fault(&d->task->memory->kept);
        } else if (!catalog->skipped && candidate->row.has_id) {
            candidate->side = catalog->side;
            candidate->number = catalog->number;
            return true;
        } else {
            d->sides[catalog->side].no_id += !catalog->skipped;
        }
    }
    return false;
}

/* Read all rows, one of each input in turn. */
static struct fault read_inputs(struct diff *d)
{
    struct row_candidate found[2];
    bool more[2] = {true, d->task->path_count == 2};
    struct fault fault = FAULT_NONE;

    while ((more[0] || more[1]) && fault.status == STATUS_OK && !d->collision) {
        for (unsigned i = 0; i < 2; i++) {
            more[i] = more[i] && next_candidate(d, i, &found[i], &fault);
            if (d->task->memory->kept.reached)
                return fault;
        }
        if (fault.status == STATUS_OK && more[0] && more[1]) {
            const uint32_t numbers[] = {found[0].number, found[1].number};
            fault = diff_join_add_both(d->join, numbers, &found[0].row, &found[1].row);
            continue;
        }
        for (unsigned i = 0; i < 2 && fault.status == STATUS_OK; i++)
            if (more[i])
                fault = diff_join_add(d->join, found[i].side, found[i].number, &found[i].row);
    }
    return fault;
}

/* Set all counts to 0. */
static void clear_counts(struct diff *d)
{
    diff_tally_clear(&d->tally);
    diff_catalogs_clear(&d->catalogs);
    for (unsigned i = 0; i < 2; i++) {
        diff_ids_free(&d->sides[i].alone_ids, &d->task->memory->kept);
        diff_ids_free(&d->sides[i].left_out_ids, &d->task->memory->kept);
        d->sides[i] = (struct diff_side){.no_id = 0};
    }
}

/* Read and join. *AGAIN becomes whether that must be done once more. */
static bool join_once(struct diff *d, bool *again)
{
    struct fault fault = read_inputs(d);

    if (fault.status == STATUS_OK && d->task->memory->kept.reached)
        return false; /* The input where it was reached has reported it. */
    if (fault.status == STATUS_OK)
        fault = diff_join_finish(d->join, again);
    if (fault.status == STATUS_OK && d->collision) {
        d->task->tell(d->task->context, NULL, false, 0, 0,
                      "two different ids have the same key");
        return false;
    }
    return check_fault(d, fault);
}

/* Read and join, a second time if ids occur twice. */
static bool join_all(struct diff *d)
{
    bool again = false, same = true;

    if (!join_once(d, &again))
        return false;
    if (!again)
        return true;
    clear_counts(d);
    for (unsigned i = 0; i < d->task->path_count; i++)
        if (!row_input_again(&d->inputs[i]))
            return false;
    if (!join_once(d, &again))
        return false;
    /* If the inputs are the same, it was known from the beginning which ids occur twice, and
     * there is no third reading. If not, the counts are wrong. */
    for (unsigned i = 0; i < d->task->path_count; i++)
        same &= row_input_same(&d->inputs[i]);
    return same;
}

/* Do pairs have features, but none that both sides have or could have? Rows without features
 * are compared by their ids alone, which is no fault. */
static bool has_nothing(const struct diff *d)
{
    const struct diff_features *features = &d->tally.features;
    bool nothing = diff_tally_pairs(&d->tally) && features->names.count;

    for (uint32_t i = 0; i < features->names.count && nothing; i++) {
        const struct diff_feature *feature = &features->items[i];
        nothing = !feature->compared && feature->has[0] == feature->has[1];
    }
    return nothing;
}

bool diff_run(struct diff *diff, const struct diff_task *task)
{
    if (!start_comparison(diff, task) || !join_all(diff))
        return false;
    if (diff->inputs[0].useless || diff->inputs[1].useless)
        return false;
    const char *what = diff_catalogs_check(&diff->catalogs);
    if (!what && has_nothing(diff))
        what = "records that belong together have nothing in common to compare: expected ids, "
               "groups, or signals in --select of both";
    if (what) {
        task->tell(task->context, task->paths[0], false, 0, 0, what);
        return false;
    }
    for (unsigned side = 0; side < 2; side++)
        diff->sides[side].repeated = diff_join_repeated(diff->join, side);
    diff_join_free(diff->join);
    diff->join = NULL;
    if (diff_catalogs_flipped(&diff->catalogs)) {
        /* Not before: only the second catalog shows which one is old, and rows come first. */
        struct diff_side old = diff->sides[1];
        diff->sides[1] = diff->sides[0];
        diff->sides[0] = old;
    }
    return check_fault(diff, diff_report_make(&diff->report, diff));
}

void diff_free(struct diff *diff)
{
    clear_counts(diff);
    diff_join_free(diff->join);
    diff_report_free(&diff->report, &diff->task->memory->kept);
    diff_tally_free(&diff->tally);
    diff_catalogs_free(&diff->catalogs);
    for (unsigned i = 0; i < 2; i++)
        row_input_close(&diff->inputs[i]);
}
