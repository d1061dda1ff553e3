#include "config.h"

#include "cmd/filter.h"

#include "catalog/catalog.h"
#include "cmd/absent.h"
#include "cmd/explains.h"
#include "cmd/run.h"
#include "filter/batch.h"
#include "format/ndjson.h"

struct filter {
    struct run run; /* the first member: the run's calls find the filter by it */
    struct explains explains;
    struct absent absent;
};

/* Write the vectors of a batch, and look at its first records. */
static bool send_vectors(struct run *run, struct batch *batch)
{
    struct filter *f = (struct filter *)run;

    for (size_t i = 0; i < batch->sample_count && absent_looks(&f->absent); i++)
        absent_look(&f->absent, batch->samples[i]);
    return outputs_send(&run->outputs, batch->outs, run->diag);
}

/* Count what the records of a thread lacked. */
static void add_absent(struct run *run, const struct pipeline *pipeline)
{
    struct filter *f = (struct filter *)run;

    absent_add(&f->absent, pipeline);
}

/* Prepare all that the run needs. False after a message. */
static bool begin_filter(struct filter *f, const struct catalogs *catalogs, uint64_t seed)
{
    struct run *run = &f->run;
    const struct options *options = run->options;

    if (!catalogs_check_libraries(catalogs, options, run->diag) ||
        !outputs_open(&run->outputs, options, catalogs, seed, run->diag) ||
        (options->explain && !explains_open(&f->explains, options, &run->outputs, run->diag)) ||
        !absent_open(&f->absent, options, catalogs, seed, run->diag))
        return false;
    run->plan = (struct plan){.targets = run->outputs.targets,
                              .target_count = run->outputs.target_count,
                              .output_count = run->outputs.count,
                              .dictionary = run->outputs.dictionary,
                              .explains = f->explains.items,
                              .watched = f->absent.watched,
                              .limits = options->limits,
                              .reveal = options->reveal,
                              .cache_memory = options->no_cache || options->explain
                                                  ? 0
                                                  : options->cache_memory,
                              .counted = options->stats != NULL,
                              .origins = options->members & NDJSON_ORIGIN,
                              .verify = options->verify,
                              .seed = seed};
    return run_begin(run);
}

void filter_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                struct diag *diag)
{
    struct filter f = {.run = {.send = send_vectors, .leave = add_absent}};

    run_open(&f.run, options, diag);
    if (begin_filter(&f, catalogs, seed)) {
        run_records(&f.run);
        if (f.run.stats.records && diag->status != DIAG_TROUBLE)
            absent_report(&f.absent);
        run_write_stats(&f.run);
    } else {
        outputs_drop(&f.run.outputs);
    }
    absent_close(&f.absent);
    explains_close(&f.explains);
    run_close(&f.run);
}
