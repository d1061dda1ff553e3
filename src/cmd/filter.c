#include "config.h"

#include "cmd/filter.h"

#include <string.h>

#include "cmd/feed.h"
#include "cmd/outputs.h"
#include "cmd/progress.h"
#include "cmd/rejects.h"
#include "run/batch.h"
#include "run/pipeline.h"

struct filter {
    struct diag *diag;
    struct plan plan;
    bool counted; /* the statistics are asked for */
    struct feed feed;
    uint64_t lines; /* of the file that is delivered, before the batch that is delivered */

    /* What comes out, in the order of the input: */
    struct stats stats;
    struct outputs outputs;
    struct rejects rejects;
    struct progress progress;
    struct output stats_file;
};

static bool out_of_memory(struct filter *f)
{
    diag_trouble(f->diag, NULL, "%s", status_text(STATUS_NO_MEMORY));
    return false;
}

/* Tell of what is wrong with the lines of BATCH, and keep them. False when the run must end. */
static bool deliver_rejects(struct filter *f, const struct batch *batch)
{
    if (!rejects_add_rest(&f->rejects, batch->rest))
        return false;
    for (size_t i = 0; i < batch->reject_count; i++) {
        struct split_line line = batch->rejects[i].line;
        line.number += f->lines;
        if (!rejects_add(&f->rejects, batch->file, &line, batch->rejects[i].fault))
            return false;
    }
    if (batch->no_memory)
        diag_trouble_at(f->diag, batch->file, f->lines + batch->split.lines, 0,
                        status_text(STATUS_NO_MEMORY));
    return !batch->no_memory;
}

/* Let out what has come of BATCH. False when the run must end. */
static bool deliver(struct filter *f, struct batch *batch)
{
    progress_step(&f->progress);
    if (batch->block.first)
        f->lines = 0;
    bool go_on = deliver_rejects(f, batch);
    stats_move(&f->stats, &batch->stats);
    go_on = outputs_send(&f->outputs, batch->outs, f->diag) && go_on;
    go_on = go_on && rejects_flush(&f->rejects);
    if (go_on && batch->ended && batch->trouble)
        diag_trouble(f->diag, batch->file, "%s", batch->trouble);
    if (batch->ended)
        f->lines += batch->split.lines;
    batch_clear(batch);
    return go_on;
}

/* Read, work, deliver, as long as there is something and all is well. */
static void run(struct filter *f)
{
    struct pipeline pipeline;
    struct batch *batch = batch_new(&f->plan, f->counted);
    bool go_on = batch || out_of_memory(f), whole;

    go_on = (pipeline_init(&pipeline, &f->plan, NULL) || out_of_memory(f)) && go_on;
    while (go_on && feed_fill(&f->feed, batch, true) != FEED_END)
        do {
            whole = batch_work(batch, &pipeline);
            go_on = deliver(f, batch);
        } while (go_on && !whole);
    pipeline_free(&pipeline);
    batch_free(batch);
}

/* Have the memory of the run. False after a message. */
static bool prepare(struct filter *f)
{
    bool ready = stats_init(&f->stats, f->plan.target_count);

    for (size_t i = 0; ready && i < f->plan.target_count; i++)
        ready = stats_add_catalog(&f->stats, f->plan.targets[i].catalog);
    return ready || out_of_memory(f);
}

/* Tell of ERROR at PATH, if there is one; whether all is well. */
static bool told(struct filter *f, const char *path, int error)
{
    if (error)
        diag_trouble(f->diag, outputs_label(path), "%s", strerror(error));
    return !error;
}

/* Open the files for the statistics and for rejects, each apart from all others, the inputs
 * among them; the dictionary too is no input. False after a message. */
static bool open_reports(struct filter *f, const struct options *options)
{
    const char *stats = options->stats, *rejects = options->rejects,
               *dictionary = options->dictionary;

    if ((stats && inputs_clash(&f->feed.inputs, stats, "--stats", f->diag)) ||
        (dictionary && inputs_clash(&f->feed.inputs, dictionary, "--dictionary", f->diag)))
        return false;
    if (rejects && outputs_clash(&f->outputs, rejects, f->diag))
        return false;
    if (stats && (outputs_clash(&f->outputs, stats, f->diag) ||
                  !told(f, stats, output_open(&f->stats_file, stats))))
        return false;
    if (stats && rejects && output_at(&f->stats_file, rejects)) {
        diag_trouble(f->diag, outputs_label(rejects), "the statistics go there too");
        return false;
    }
    return rejects_open(&f->rejects, options, &f->feed.inputs, &f->plan, &f->stats, f->diag);
}

/* Write the statistics, also of a run that met trouble. */
static void write_stats(struct filter *f, const char *path)
{
    stats_put(&f->stats_file.sink.buf, &f->stats, progress_seconds(&f->progress));
    if (told(f, path, output_finish(&f->stats_file)))
        told(f, path, output_commit(&f->stats_file));
}

/* Have all that the run needs. False after a message. */
static bool begin(struct filter *f, const struct options *options,
                  const struct catalogs *catalogs, uint64_t seed)
{
    f->counted = options->stats;
    progress_start(&f->progress, options->progress, &f->stats, f->diag);
    if (!outputs_open(&f->outputs, options, catalogs, seed, f->diag) ||
        !feed_init(&f->feed, options, &f->outputs, &f->progress, f->diag))
        return false;
    f->plan = (struct plan){.targets = f->outputs.targets,
                            .target_count = f->outputs.target_count,
                            .output_count = f->outputs.count,
                            .dictionary = f->outputs.dictionary,
                            .limits = options->limits,
                            .members = options->members,
                            .reveal = options->reveal,
                            .recall = !options->no_cache,
                            .counted = options->stats != NULL,
                            .seed = seed};
    return prepare(f) && open_reports(f, options);
}

void filter_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                struct diag *diag)
{
    struct filter f = {.diag = diag, .stats_file.sink.fd = -1};

    if (begin(&f, options, catalogs, seed)) {
        if (outputs_begin(&f.outputs, diag))
            run(&f);
        diag_clear(diag);
        rejects_close(&f.rejects, &options->budget);
        if (options->stats)
            write_stats(&f, options->stats);
    } else {
        outputs_drop(&f.outputs);
    }
    outputs_close(&f.outputs, diag);
    output_free(&f.stats_file);
    feed_free(&f.feed);
    stats_free(&f.stats);
}
