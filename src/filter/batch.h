/*
 * batch: a block of lines, and what comes of it.
 *
 * A batch is filled from a file, worked on, and delivered by whoever runs it, in this order;
 * each of these may be done by another thread, but by one at a time. Its memory is bounded by
 * the longest record and the longest line of output: when what comes of it is much, it must be
 * delivered in part before the work goes on.
 */
#ifndef WHORL_FILTER_BATCH_H
#define WHORL_FILTER_BATCH_H

#include "filter/pipeline.h"
#include "filter/stats.h"
#include "stream/split.h"

/* So many bytes in one output are much, and so many rejects; fewer for the fuzzers. */
#ifndef BATCH_OUTPUT
#define BATCH_OUTPUT  ((size_t)1 << 20)
#define BATCH_REJECTS ((size_t)1 << 10)
#endif

/* A line that is no record, and why. */
struct batch_reject {
    struct split_line line;
    struct fault fault;
};

struct batch {
    const struct plan *plan;
    const char *file;    /* that the lines are of; not the batch's, */
    char *name;          /* but this is the same by malloc(), in the first batch of a file, if who
                            fills it says so: who it is delivered to takes it from here, and keeps
                            it until the next one comes, for `file` of the batches between */
    const char *trouble; /* with the file, which ends behind the lines; null for none */
    struct block block;
    size_t room; /* to read about so many bytes next */

    /* What the work has got to: */
    struct split split;
    bool ended;     /* all lines are done, or */
    bool no_memory; /* memory is out, at the line that began last */

    /* What has come of it since it was delivered last: */
    struct buf **outs; /* one an output of the plan */
    struct span rest;  /* of a long line that began in the batch before */
    struct batch_reject *rejects;
    size_t reject_count;
    struct stats stats; /* of what only the work knows: all but rejects; of the catalogs */
                        /* only if plan->counted */
    size_t made;        /* bytes that came of the block so far, with those delivered */
};

/* A batch for PLAN. Null when memory is out. */
struct batch *batch_new(const struct plan *plan) __attribute__((warn_unused_result));
void batch_free(struct batch *batch);

/* There is nothing to be had of FILE but TROUBLE. */
void batch_fail(struct batch *batch, const char *file, const char *trouble);

/* Fill with the next lines of FILE, as block_fill() does. */
enum block_event batch_fill(struct batch *batch, const char *file, struct blocks *blocks,
                            struct decompress *decompress, struct source *source)
    __attribute__((warn_unused_result));

/* Work on the lines, by PIPELINE. False if what has come of them must be delivered before the
 * work can go on. */
bool batch_work(struct batch *batch, struct pipeline *pipeline)
    __attribute__((warn_unused_result));

/* What has come of it is delivered. */
void batch_clear(struct batch *batch);

#endif
