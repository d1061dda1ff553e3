#include "config.h"

#include "cmd/examine.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/option_pointer.h"
#include "cmd/run.h"
#include "filter/batch.h"
#include "json/pointer.h"
#include "steps/normalize_compile.h"
#include "steps/step.h"
#include "survey/audit.h"
#include "survey/observe.h"
#include "survey/proposal.h"
#include "survey/report.h"
#include "survey/signals.h"

struct examine {
    struct run run; /* the first member: the run's calls find the rest by it */
    struct arena arena;
    struct pointer by, time;
    struct normalizer data_url;
    struct observe_rules rules;
    struct survey survey;
    struct plan_target target;
    const struct catalog *catalog; /* that is judged; null for none */
    struct survey signals;         /* of it */
};

/* Add what a batch has observed. */
static bool add_observed(struct run *run, struct batch *batch)
{
    struct examine *e = (struct examine *)run;
    struct fault fault = survey_add(&e->survey, buf_span(batch->outs[0]));

    if (fault.status == STATUS_OK && e->catalog)
        fault = survey_add(&e->signals, buf_span(batch->outs[1]));
    if (fault.status != STATUS_OK)
        diag_trouble(run->diag, NULL, "%s", fault_text(fault));
    return fault.status == STATUS_OK;
}

/* Read the pointer TEXT of --NAME, if there is one. False after a message. */
static bool read_pointer(struct examine *e, const char *name, const char *text,
                         struct pointer *pointer, const struct pointer **rule)
{
    if (!text)
        return true;
    *rule = pointer;
    return option_pointer_read(pointer, name, text, "/visitor", &e->arena, e->run.diag);
}

/* Prepare all that the run needs. False after a message. */
static bool begin_survey(struct examine *e, uint64_t seed)
{
    struct run *run = &e->run;
    const struct options *options = run->options;

    uint32_t left = 1;

    if (normalize_compile(&e->data_url, span_text("data-url"), &left, &e->arena).status !=
        STATUS_OK)
        return diag_no_memory(run->diag);
    e->rules.data_url = &e->data_url;
    if (!read_pointer(e, "by", options->by, &e->by, &e->rules.by) ||
        !read_pointer(e, "time", options->time, &e->time, &e->rules.time) ||
        !outputs_open_report(&run->outputs, options, run->diag))
        return false;
    e->target.catalog = e->catalog;
    run->plan = (struct plan){.targets = &e->target,
                              .target_count = e->catalog ? 1 : 0,
                              .output_count = e->catalog ? 2 : 1,
                              .dictionary = run->outputs.dictionary,
                              .observe = &e->rules,
                              .limits = options->limits,
                              .counted = options->stats != NULL,
                              .seed = seed};
    size_t memory = e->catalog ? options->memory / 2 : options->memory;
    if (!survey_init(&e->survey, memory, options->by, options->time, seed) ||
        (e->catalog && (!survey_init(&e->signals, memory, options->by, options->time, seed) ||
                        !signals_begin(&e->signals, e->catalog, seed))))
        return diag_no_memory(run->diag);
    return run_begin(run);
}

/* Write the catalog that --draft asks for. */
static void write_draft(struct examine *e, const struct report_out *out,
                        const struct rows *rows)
{
    const struct options *options = e->run.options;
    const struct proposal_keys keys = {
        options->by ? span_text(options->by) : span_of(NULL, 0),
        options->time ? span_text(options->time) : span_of(NULL, 0), e->catalog};
    struct verdicts verdicts;

    bool found = verdicts_find(&verdicts, &e->survey, rows, keys.by, keys.time);
    if (found && !verdicts_rows(&verdicts, rows->count))
        diag_trouble(
            e->run.diag, NULL,
            "--draft: no path can be a signal: expected records with members beside the keys");
    else if (!found ||
             !proposal_put(out, &e->survey, rows, &verdicts, span_text(options->draft), &keys))
        diag_no_memory(e->run.diag);
    verdicts_free(&verdicts);
}

/* Write how the catalog does. */
static void write_audit(struct examine *e, const struct report_out *out,
                        const struct rows *rows, bool terminal)
{
    const struct audit audit = {e->catalog, &e->signals, &e->survey, rows};

    if (!(e->run.options->format
              ? audit_put_json(out, &audit)
              : audit_put_text(out, &audit, terminal, terminal && outputs_coloured())))
        diag_no_memory(e->run.diag);
}

static void write_survey(struct examine *e)
{
    struct run *run = &e->run;
    struct atomic_file *file = outputs_report(&run->outputs);
    const struct report_out out = {&file->sink.buf, &file->sink};
    bool terminal = atomic_file_is_terminal(file);
    struct rows rows;

    if (!rows_find(&rows, &e->survey))
        diag_no_memory(run->diag);
    else if (run->options->draft)
        write_draft(e, &out, &rows);
    else if (e->catalog)
        write_audit(e, &out, &rows, terminal);
    else if (run->options->format)
        report_put_json(&out, &e->survey, &rows);
    else
        report_put_text(&out, &e->survey, &rows, terminal, terminal && outputs_coloured());
    rows_free(&rows);
}

void examine_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                 struct diag *diag)
{
    struct examine e = {.run.send = add_observed, .arena = ARENA_EMPTY};

    if (options->judged)
        e.catalog = catalogs->items[0];
    run_open(&e.run, options, diag);
    if (begin_survey(&e, seed)) {
        run_records(&e.run);
        if (diag->status != DIAG_TROUBLE)
            write_survey(&e);
        run_write_stats(&e.run);
    } else {
        outputs_drop(&e.run.outputs);
    }
    run_close(&e.run);
    survey_free(&e.survey);
    survey_free(&e.signals);
    arena_free(&e.arena);
}
