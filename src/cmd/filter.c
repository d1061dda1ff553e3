#include "config.h"

#include "cmd/filter.h"

#include <signal.h>
#include <string.h>

#include "cmd/inputs.h"
#include "cmd/outputs.h"
#include "cmd/progress.h"
#include "cmd/rejects.h"
#include "run/pipeline.h"
#include "stream/source.h"
#include "stream/split.h"
#include "stream/unzstd.h"

struct filter {
    struct diag *diag;
    struct plan plan;
    struct stats stats;
    struct pipeline pipeline;
    struct decompress *decompress;
    struct split split;
    struct inputs inputs;
    struct outputs outputs;
    struct rejects rejects;
    struct progress progress;
    struct output stats_file;
};

/* One line to its vectors. False when the run must end. */
static bool run_line(struct filter *f, const char *file, const struct split_line *line)
{
    f->stats.lines++;
    struct fault fault = pipeline_run(&f->pipeline, line->text, f->outputs.bufs);

    if (fault.status == STATUS_NO_MEMORY) {
        diag_trouble_at(f->diag, file, line->number, 0, status_text(fault.status));
        return false;
    }
    if (fault.status == STATUS_OK)
        f->stats.records++;
    else if (!rejects_add(&f->rejects, file, line, fault))
        return false;
    return outputs_relieve(&f->outputs, f->diag);
}

/* Read more. Nothing is held back while that may have to wait. False when the run must end;
 * what is wrong with the file goes to *WHAT. */
static bool fill(struct filter *f, struct source *source, const char **what)
{
    progress_step(&f->progress);
    if (!outputs_flush(&f->outputs, f->diag) || !rejects_flush(&f->rejects))
        return false;
    size_t before = f->split.end - f->split.start;
    *what = split_fill(&f->split, f->decompress, source);
    f->stats.bytes += f->split.end - f->split.start - before;
    return true;
}

/* All lines of the open SOURCE. False when the run must end. */
static bool run_source(struct filter *f, const char *file, struct source *source)
{
    struct split_line line;
    const char *what = NULL;
    bool go_on = true;

    decompress_reset(f->decompress);
    split_reset(&f->split);
    while (go_on && !what) {
        switch (split_next(&f->split, &line)) {
        case SPLIT_LINE:
            go_on = run_line(f, file, &line);
            break;
        case SPLIT_LONG:
            f->stats.lines++;
            go_on = rejects_add(&f->rejects, file, &line,
                                (struct fault){STATUS_LENGTH, f->split.limit});
            break;
        case SPLIT_REST:
            go_on = rejects_add_rest(&f->rejects, &line);
            break;
        case SPLIT_HUNGRY:
            go_on = fill(f, source, &what);
            break;
        case SPLIT_END:
            return true;
        }
    }
    if (what)
        diag_trouble(f->diag, file, "%s", what);
    return go_on;
}

/* SIGUSR1 is answered also while there is nothing to read. */
static void interrupted(void *context)
{
    progress_step(context);
}

static bool run_file(struct filter *f, const char *file)
{
    struct source source;
    int error = source_open(&source, file);

    if (error) {
        diag_trouble(f->diag, file, "%s", strerror(error));
        return true;
    }
    if (outputs_feed(&f->outputs, source.fd)) {
        diag_trouble(f->diag, file, "the input is an output too, and would never end");
        source_close(&source);
        return true;
    }
    source.interrupted = interrupted;
    source.signal = SIGUSR1;
    source.context = &f->progress;
    bool go_on = run_source(f, file, &source);
    source_close(&source);
    return go_on;
}

/* Have the memory of the run. False after a message. */
static bool prepare(struct filter *f, const struct options *options)
{
    bool ready = stats_init(&f->stats, f->plan.target_count);

    for (size_t i = 0; ready && i < f->plan.target_count; i++)
        ready = stats_add_catalog(&f->stats, f->plan.targets[i].catalog);
    ready = pipeline_init(&f->pipeline, &f->plan, options->stats ? &f->stats : NULL) && ready;
    f->decompress = decompress_new(options->long_window ? UNZSTD_WINDOW_LONG : UNZSTD_WINDOW);
    ready = split_init(&f->split, options->limits.length) && f->decompress && ready;
    if (!ready)
        diag_trouble(f->diag, NULL, "%s", status_text(STATUS_NO_MEMORY));
    return ready;
}

static void free_memory(struct filter *f)
{
    split_free(&f->split);
    decompress_free(f->decompress);
    pipeline_free(&f->pipeline);
    stats_free(&f->stats);
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

    if ((stats && inputs_clash(&f->inputs, stats, "--stats", f->diag)) ||
        (dictionary && inputs_clash(&f->inputs, dictionary, "--dictionary", f->diag)))
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
    return rejects_open(&f->rejects, options, &f->inputs, &f->plan, &f->stats, f->diag);
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
    if (!outputs_open(&f->outputs, options, catalogs, f->diag) ||
        !inputs_read(&f->inputs, options, f->diag))
        return false;
    f->plan = (struct plan){.targets = f->outputs.targets,
                            .target_count = f->outputs.target_count,
                            .output_count = f->outputs.count,
                            .dictionary = f->outputs.dictionary,
                            .limits = options->limits,
                            .members = options->members,
                            .reveal = options->reveal,
                            .recall = !options->no_cache,
                            .seed = seed};
    progress_start(&f->progress, options->progress, &f->stats, f->diag);
    return prepare(f, options) && open_reports(f, options);
}

void filter_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                struct diag *diag)
{
    struct filter f = {.diag = diag, .stats_file.sink.fd = -1};

    if (begin(&f, options, catalogs, seed)) {
        for (size_t i = 0; i < f.inputs.count && run_file(&f, f.inputs.names[i]); i++)
            ;
        diag_clear(diag);
        rejects_close(&f.rejects, &options->budget);
        if (options->stats)
            write_stats(&f, options->stats);
    } else {
        outputs_drop(&f.outputs);
    }
    outputs_close(&f.outputs, diag);
    output_free(&f.stats_file);
    inputs_free(&f.inputs);
    free_memory(&f);
}
