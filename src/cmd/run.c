#include "config.h"

#include "cmd/run.h"

#ifdef HAVE_MALLOC_H
#include <malloc.h>
#endif
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "catalog/library_name.h"
#include "filter/batch.h"
#include "filter/workers.h"
#include "text/hash_long.h"

#define JOBS_AUTO_MAX  8
#define PROCESSORS_MAX 8192 /* that are counted */

/* Report that a record states other ids of libraries. */
static void deliver_mismatch(struct run *run, const struct batch *batch,
                             const struct batch_mismatch *mismatch)
{
    char what[100];

    for (enum library i = LIBRARY_NONE + 1; i < LIBRARIES; i++) {
        if (!(mismatch->libraries >> i & 1))
            continue;
        snprintf(what, sizeof what, "%s is not that of the components: see --verify",
                 library_id_name(i));
        diag_mismatch(run->diag, batch->file, run->lines + mismatch->line, what);
    }
}

/* Report the rejects and mismatches of BATCH, by line, and keep the lines of rejects. False when
 * the run must end. */
static bool deliver_rejects(struct run *run, const struct batch *batch)
{
    size_t next = 0; /* mismatch */

    if (!rejects_add_rest(&run->rejects, batch->rest))
        return false;
    for (size_t i = 0; i <= batch->reject_count; i++) {
        bool last = i == batch->reject_count;
        while (next < batch->mismatch_count &&
               (last || batch->mismatches[next].line < batch->rejects[i].line.number))
            deliver_mismatch(run, batch, &batch->mismatches[next++]);
        if (last)
            break;
        struct split_line line = batch->rejects[i].line;
        line.number += run->lines;
        if (!rejects_add(&run->rejects, batch->file, &line, batch->rejects[i].fault))
            return false;
    }
    if (batch->no_memory) {
        rejects_end_run(&run->rejects);
        diag_trouble_at(run->diag, batch->file, run->lines + batch->split.lines, 0,
                        status_text(STATUS_NO_MEMORY));
    }
    return !batch->no_memory;
}

/* BATCH is the first of a file. The name of the file before it is not needed any more. */
static void begin_file(struct run *run, struct batch *batch)
{
    rejects_end_run(&run->rejects);
    free(run->name);
    run->name = batch->name;
    batch->name = NULL;
    run->lines = 0;
}

/* Deliver the results of a batch. False when the run must end. */
static bool deliver_batch(void *context, void *item)
{
    struct run *run = context;
    struct batch *batch = item;

    progress_step(&run->progress);
    if (batch->name)
        begin_file(run, batch);
    bool go_on = deliver_rejects(run, batch);
    stats_move(&run->stats, &batch->stats);
    go_on = run->send(run, batch) && go_on;
    go_on = go_on && rejects_flush(&run->rejects);
    if (go_on && batch->ended && batch->fault.status != STATUS_OK) {
        rejects_end_run(&run->rejects);
        diag_trouble(run->diag, batch->file, "%s", fault_text(batch->fault));
    }
    if (batch->ended)
        run->lines += batch->split.lines;
    batch_clear(batch);
    return go_on;
}

static void *make_batch(void *context)
{
    const struct run *run = context;

    return batch_new(&run->plan);
}

static void free_batch(void *context, void *batch)
{
    (void)context;
    batch_free(batch);
}

static void *make_worker(void *context)
{
    const struct run *run = context;
    struct pipeline *pipeline = malloc(sizeof *pipeline);

    if (pipeline)
        pipeline_init(pipeline, &run->plan, NULL);
    return pipeline;
}

static void free_worker(void *context, void *worker)
{
    struct run *run = context;

    if (run->leave)
        run->leave(run, worker);
    pipeline_free(worker);
    free(worker);
}

static enum workers_fill fill_batch(void *context, void *batch, bool wait)
{
    struct run *run = context;

    return feed_fill(&run->feed, batch, wait);
}

static void work_on_batch(void *context, void *worker, void *batch)
{
    const struct run *run = context;

    while (!batch_work(batch, worker) && workers_relieve(run->workers, batch))
        ;
}

/* Read, work and deliver until the input ends or the run fails. */
static void read_records(struct run *run, unsigned jobs)
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
    run->workers = workers_new(&calls, run, jobs);
    if (!run->workers || !workers_run(run->workers))
        diag_no_memory(run->diag);
    workers_free(run->workers);
}

/* Take the memory of the run. False after a message. */
static bool init_stats(struct run *run)
{
    bool ready = stats_init(&run->stats, run->plan.target_count);

    for (size_t i = 0; ready && run->plan.counted && i < run->plan.target_count; i++)
        ready = stats_add_catalog(&run->stats, run->plan.targets[i].catalog);
    return ready || diag_no_memory(run->diag);
}

/* Open the files for the statistics and for rejects. Each must differ from all other files and
 * inputs; the dictionary too must not be an input. False after a message. */
static bool open_reports(struct run *run)
{
    const struct options *options = run->options;
    const char *stats = options->stats, *rejects = options->rejects,
               *dictionary = options->dictionary;

    if ((stats && !guard_add(&run->guard, stats, "--stats", &run->stats_file, run->diag)) ||
        (dictionary && !guard_add(&run->guard, dictionary, "--dictionary",
                                  outputs_dictionary(&run->outputs), run->diag)))
        return false;
    if (rejects && outputs_clash(&run->outputs, rejects, run->diag))
        return false;
    if (stats && outputs_clash(&run->outputs, stats, run->diag))
        return false;
    if (stats &&
        !diag_check(run->diag, outputs_label(stats), atomic_file_open(&run->stats_file, stats)))
        return false;
    if (stats && rejects && atomic_file_clash_path(&run->stats_file, rejects)) {
        diag_trouble(run->diag, outputs_label(rejects),
                     "the statistics go to it: expected a file for each output");
        return false;
    }
    return rejects_open(&run->rejects, options, &run->guard, &run->plan, &run->stats,
                        run->diag);
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
unsigned run_thread_count(const struct options *options)
{
    bool automatic = options->jobs == OPTIONS_JOBS_AUTO;
    size_t count = automatic || !options->jobs ? processor_count() : options->jobs;
    size_t most = automatic ? JOBS_AUTO_MAX : OPTIONS_JOBS_MAX;

    return (unsigned)(count < most ? count : most);
}

void run_open(struct run *run, const struct options *options, struct diag *diag)
{
    run->options = options;
    run->diag = diag;
    run->stats_file.sink.fd = -1;
    progress_start(&run->progress, options->progress, &run->stats, diag);
    guard_init(&run->guard, options);
}

bool run_begin(struct run *run)
{
    bool ready = feed_init(&run->feed, run->options, &run->outputs, &run->guard, &run->progress,
                           run->diag) &&
                 init_stats(run) && open_reports(run);

    run->rejects.output.sink.signal_wait = &run->progress.signal_wait;
    return ready;
}

void run_records(struct run *run)
{
    if (outputs_begin(&run->outputs, &run->progress.signal_wait, run->diag))
        read_records(run, run_thread_count(run->options));
    diag_clear(run->diag);
    rejects_close(&run->rejects, &run->options->max_rejects);
}

void run_write_stats(struct run *run)
{
    const char *path = run->options->stats;

    if (!path || guard_met(&run->guard, &run->stats_file))
        return;
    stats_put(&run->stats_file.sink.buf, &run->stats, progress_seconds(&run->progress),
              run->plan.reveal);
    if (diag_check(run->diag, outputs_label(path), atomic_file_finish(&run->stats_file)))
        diag_check(run->diag, outputs_label(path), atomic_file_commit(&run->stats_file));
}

void run_close(struct run *run)
{
    outputs_close(&run->outputs, run->diag);
    atomic_file_free(&run->stats_file);
    feed_free(&run->feed);
    free(run->name);
    stats_free(&run->stats);
}
