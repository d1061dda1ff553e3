#include "config.h"

#include "cmd/filter.h"

#ifdef HAVE_MALLOC_H
#include <malloc.h>
#endif
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "catalog/catalog.h"
#include "cmd/absent.h"
#include "cmd/explains.h"
#include "cmd/feed.h"
#include "cmd/outputs.h"
#include "cmd/progress.h"
#include "cmd/rejects.h"
#include "filter/batch.h"
#include "filter/pipeline.h"
#include "filter/workers.h"
#include "format/ndjson.h"
#include "text/hash_long.h"

#define JOBS_AUTO_MAX  8
#define PROCESSORS_MAX 8192 /* that are counted */

struct filter {
    struct diag *diag;
    struct plan plan;
    struct workers *workers;
    struct explains explains;
    struct feed feed;
    struct guard guard;
    char *name;     /* of the file that is delivered; null before there is one */
    uint64_t lines; /* of the file that is delivered, before the batch that is delivered */

    /* What comes out, in the order of the input: */
    struct stats stats;
    struct outputs outputs;
    struct rejects rejects;
    struct absent absent;
    struct progress progress;
    struct atomic_file stats_file;
};

/* Report that a record states other ids of libraries. */
static void deliver_mismatch(struct filter *f, const struct batch *batch,
                             const struct batch_mismatch *mismatch)
{
    char what[100];

    for (enum library i = LIBRARY_NONE + 1; i < LIBRARIES; i++) {
        if (!(mismatch->libraries >> i & 1))
            continue;
        snprintf(what, sizeof what, "%s is not that of the components: see --verify",
                 library_id_name(i));
        diag_mismatch(f->diag, batch->file, f->lines + mismatch->line, what);
    }
}

/* Report the rejects and mismatches of BATCH, by line, and keep the lines of rejects. False when
 * the run must end. */
static bool deliver_rejects(struct filter *f, const struct batch *batch)
{
    size_t next = 0; /* mismatch */

    if (!rejects_add_rest(&f->rejects, batch->rest))
        return false;
    for (size_t i = 0; i <= batch->reject_count; i++) {
        bool last = i == batch->reject_count;
        while (next < batch->mismatch_count &&
               (last || batch->mismatches[next].line < batch->rejects[i].line.number))
            deliver_mismatch(f, batch, &batch->mismatches[next++]);
        if (last)
            break;
        struct split_line line = batch->rejects[i].line;
        line.number += f->lines;
        if (!rejects_add(&f->rejects, batch->file, &line, batch->rejects[i].fault))
            return false;
    }
    if (batch->no_memory) {
        rejects_end_run(&f->rejects);
        diag_trouble_at(f->diag, batch->file, f->lines + batch->split.lines, 0,
                        status_text(STATUS_NO_MEMORY));
    }
    return !batch->no_memory;
}

/* BATCH is the first of a file. The name of the file before it is not needed any more. */
static void begin_file(struct filter *f, struct batch *batch)
{
    rejects_end_run(&f->rejects);
    free(f->name);
    f->name = batch->name;
    batch->name = NULL;
    f->lines = 0;
}

/* Write the results of a batch. False when the run must end. */
static bool deliver_batch(void *context, void *item)
{
    struct filter *f = context;
    struct batch *batch = item;

    progress_step(&f->progress);
    if (batch->name)
        begin_file(f, batch);
    bool go_on = deliver_rejects(f, batch);
    for (size_t i = 0; i < batch->sample_count && absent_looks(&f->absent); i++)
        absent_look(&f->absent, batch->samples[i]);
    stats_move(&f->stats, &batch->stats);
    go_on = outputs_send(&f->outputs, batch->outs, f->diag) && go_on;
    go_on = go_on && rejects_flush(&f->rejects);
    if (go_on && batch->ended && batch->fault.status != STATUS_OK) {
        rejects_end_run(&f->rejects);
        diag_trouble(f->diag, batch->file, "%s", fault_text(batch->fault));
    }
    if (batch->ended)
        f->lines += batch->split.lines;
    batch_clear(batch);
    return go_on;
}

static void *make_batch(void *context)
{
    const struct filter *f = context;

    return batch_new(&f->plan);
}

static void free_batch(void *context, void *batch)
{
    (void)context;
    batch_free(batch);
}

static void *make_worker(void *context)
{
    const struct filter *f = context;
    struct pipeline *pipeline = malloc(sizeof *pipeline);

    if (pipeline)
        pipeline_init(pipeline, &f->plan, NULL);
    return pipeline;
}

static void free_worker(void *context, void *worker)
{
    struct filter *f = context;

    absent_add(&f->absent, worker);
    pipeline_free(worker);
    free(worker);
}

static enum workers_fill fill_batch(void *context, void *batch, bool wait)
{
    struct filter *f = context;

    return feed_fill(&f->feed, batch, wait);
}

static void work_on_batch(void *context, void *worker, void *batch)
{
    const struct filter *f = context;

    while (!batch_work(batch, worker) && workers_relieve(f->workers, batch))
        ;
}

/* Read, work and deliver until the input ends or the run fails. */
static void run_workers(struct filter *f, unsigned jobs)
{
    static const struct workers_calls calls = {.make_batch = make_batch,
                                               .make_worker = make_worker,
                                               .free_batch = free_batch,
                                               .free_worker = free_worker,
                                               .fill = fill_batch,
                                               .work = work_on_batch,
                                               .deliver = deliver_batch};

#ifdef M_ARENA_MAX
    /* A heap of each thread's own would take 64 MiB of address space, and threads that seldom
     * allocate have no use for it. */
    mallopt(M_ARENA_MAX, 1);
#endif
    /* Before there are other threads: helgrind does not know that pthread_once() orders. */
    if (jobs > 1)
        hash_long_choose();
    f->workers = workers_new(&calls, f, jobs);
    if (!f->workers || !workers_run(f->workers))
        diag_no_memory(f->diag);
    workers_free(f->workers);
}

/* Take the memory of the run. False after a message. */
static bool init_stats(struct filter *f)
{
    bool ready = stats_init(&f->stats, f->plan.target_count);

    for (size_t i = 0; ready && f->plan.counted && i < f->plan.target_count; i++)
        ready = stats_add_catalog(&f->stats, f->plan.targets[i].catalog);
    return ready || diag_no_memory(f->diag);
}

/* Open the files for the statistics and for rejects. Each must differ from all other files and
 * inputs; the dictionary too must not be an input. False after a message. */
static bool open_reports(struct filter *f, const struct options *options)
{
    const char *stats = options->stats, *rejects = options->rejects,
               *dictionary = options->dictionary;

    if ((stats && !guard_add(&f->guard, stats, "--stats", &f->stats_file, f->diag)) ||
        (dictionary && !guard_add(&f->guard, dictionary, "--dictionary",
                                  outputs_dictionary(&f->outputs), f->diag)))
        return false;
    if (rejects && outputs_clash(&f->outputs, rejects, f->diag))
        return false;
    if (stats && outputs_clash(&f->outputs, stats, f->diag))
        return false;
    if (stats &&
        !diag_check(f->diag, outputs_label(stats), atomic_file_open(&f->stats_file, stats)))
        return false;
    if (stats && rejects && atomic_file_clash_path(&f->stats_file, rejects)) {
        diag_trouble(f->diag, outputs_label(rejects),
                     "the statistics go to it: expected a file for each output");
        return false;
    }
    return rejects_open(&f->rejects, options, &f->guard, &f->plan, &f->stats, f->diag);
}

/* Write the statistics, also of a run that met trouble; but not to an input. */
static void write_stats(struct filter *f, const char *path)
{
    bool reveal = f->plan.reveal;

    if (guard_met(&f->guard, &f->stats_file))
        return;
    stats_put(&f->stats_file.sink.buf, &f->stats, progress_seconds(&f->progress), reveal);
    if (diag_check(f->diag, outputs_label(path), atomic_file_finish(&f->stats_file)))
        diag_check(f->diag, outputs_label(path), atomic_file_commit(&f->stats_file));
}

/* Has a catalog the library whose id is selected, or any library if ids are verified? False after a
 * message. */
static bool check_libraries(const struct options *options, const struct catalogs *catalogs,
                            struct diag *diag)
{
    bool has[LIBRARIES] = {false}, any = false;

    for (size_t i = 0; i < catalogs->count; i++) {
        has[catalogs->items[i]->library] = true;
        any |= catalogs->items[i]->library != LIBRARY_NONE;
    }
    if (options->verify && !any)
        diag_trouble(diag, NULL,
                     "--verify: expected a catalog with a line '@library NAME', such as "
                     "--catalog=fingerprintjs");
    for (enum library i = LIBRARY_NONE + 1; i < LIBRARIES; i++)
        if (options->members >> ndjson_library_member(i) & 1 && !has[i])
            diag_trouble(diag, NULL,
                         "--select=ids.%s: expected a catalog with a line '@library %s', such as "
                         "--catalog=%s",
                         library_id_name(i), library_name(i), library_name(i));
    return diag->status != DIAG_TROUBLE;
}

/* Prepare all that the run needs. False after a message. */
static bool begin_run(struct filter *f, const struct options *options,
                      const struct catalogs *catalogs, uint64_t seed)
{
    progress_start(&f->progress, options->progress, &f->stats, f->diag);
    guard_init(&f->guard, options);
    if (!check_libraries(options, catalogs, f->diag) ||
        !outputs_open(&f->outputs, options, catalogs, seed, f->diag) ||
        (options->explain &&
         !explains_open(&f->explains, options, &f->outputs, f->diag)) ||
        !absent_open(&f->absent, options, catalogs, seed, f->diag) ||
        !feed_init(&f->feed, options, &f->outputs, &f->guard, &f->progress, f->diag))
        return false;
    f->plan = (struct plan){.targets = f->outputs.targets,
                            .target_count = f->outputs.target_count,
                            .output_count = f->outputs.count,
                            .dictionary = f->outputs.dictionary,
                            .explains = f->explains.items,
                            .watched = f->absent.watched,
                            .limits = options->limits,
                            .reveal = options->reveal,
                            .cache_memory = options->no_cache || options->explain
                                                ? 0
                                                : options->cache_memory,
                            .counted = options->stats != NULL,
                            .verify = options->verify,
                            .seed = seed};
    return init_stats(f) && open_reports(f, options);
}

/* The number of processors that the process may use, from the kernel: sysconf() would open files.
 */
static size_t processor_count(void)
{
    cpu_set_t sets[PROCESSORS_MAX / CPU_SETSIZE];

    if (sched_getaffinity(0, sizeof sets, sets) != 0)
        return 1;
    return (size_t)CPU_COUNT_S(sizeof sets, sets);
}

/* The number of threads by OPTIONS; by default one for each processor that the process may use, up
 * to OPTIONS_JOBS_AUTO. */
static unsigned thread_count(const struct options *options)
{
    bool automatic = options->jobs == OPTIONS_JOBS_AUTO;
    size_t count = automatic || !options->jobs ? processor_count() : options->jobs;
    size_t most = automatic ? JOBS_AUTO_MAX : OPTIONS_JOBS_MAX;

    return (unsigned)(count < most ? count : most);
}

void filter_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                struct diag *diag)
{
    struct filter f = {.diag = diag, .stats_file.sink.fd = -1};

    if (begin_run(&f, options, catalogs, seed)) {
        f.rejects.output.sink.signal_wait = &f.progress.signal_wait;
        if (outputs_begin(&f.outputs, &f.progress.signal_wait, diag))
            run_workers(&f, thread_count(options));
        diag_clear(diag);
        rejects_close(&f.rejects, &options->max_rejects);
        if (f.stats.records && diag->status != DIAG_TROUBLE)
            absent_report(&f.absent);
        if (options->stats)
            write_stats(&f, options->stats);
    } else {
        outputs_drop(&f.outputs);
    }
    absent_close(&f.absent);
    explains_close(&f.explains);
    outputs_close(&f.outputs, diag);
    atomic_file_free(&f.stats_file);
    feed_free(&f.feed);
    free(f.name);
    stats_free(&f.stats);
}
