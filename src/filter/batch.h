/*
 * batch: a block of lines, and its results.
 *
 * A batch is filled from a file, worked on, and delivered, in this order. Each step may be done
 * by another thread, but only one thread has the batch at a time. Its memory is bounded by the
 * longest record and the longest line of output: when it has many results, they must be delivered
 * before the work continues.
 */
#ifndef WHORL_FILTER_BATCH_H
#define WHORL_FILTER_BATCH_H

#include "filter/pipeline.h"
#include "filter/stats.h"
#include "stream/split.h"

/* This many bytes in one output, or this many rejects, are many results; the fuzzers have fewer. */
#ifndef BATCH_OUTPUT
#define BATCH_OUTPUT  ((size_t)1 << 20)
#define BATCH_REJECTS ((size_t)1 << 10) /* and so many mismatches */
#endif

#define BATCH_SAMPLES 16 /* records that are shown to who delivers */

/* A line that is not a record, and why. */
struct batch_reject {
    struct split_line line;
    struct fault fault;
};

/* A record that states another id than that of its components. */
struct batch_mismatch {
    uint64_t line;      /* in the block, as in struct split_line */
    unsigned libraries; /* a set of 1 << enum library */
};

struct batch {
    const struct plan *plan;
    const char *file;    /* the name of the file that the lines are from; not owned */
    char *name;          /* null, or in the first batch of a file its name by malloc(), owned: the
                            thread that delivers takes it, and frees it when the next one comes,
                            because `file` of the batches between is the same pointer */
    struct buf origin;   /* the name as in struct origin; only if plan->origins, as is: */
    uint64_t lines;      /* how many lines the file has before the block; who fills sets it */
    struct fault fault;  /* why the file ends after the lines; FAULT_NONE if nothing is wrong */
    struct block block;
    size_t room; /* to read about so many bytes next */

    /* How far the work is: */
    struct split split;
    bool ended;     /* all lines are done, or */
    bool no_memory; /* memory is out, at the line that began last */

    /* The results since it was delivered last: */
    struct buf **outs; /* one for each output of the plan */
    struct span rest;  /* of a long line that began in the batch before */
    struct span samples[BATCH_SAMPLES]; /* the first records among the lines */
    size_t sample_count;
    struct batch_reject *rejects;
    size_t reject_count;
    struct batch_mismatch *mismatches; /* only if plan->verify */
    size_t mismatch_count;
    struct stats stats; /* of what only the work knows: all but rejects; of the catalogs */
                        /* only if plan->counted */
    size_t made;        /* bytes that came of the block so far, with those delivered */
};

/* A batch for PLAN. Null when memory is out. */
struct batch *batch_new(const struct plan *plan) __attribute__((warn_unused_result));
void batch_free(struct batch *batch);

/* FILE gives no lines, only FAULT. */
void batch_fail(struct batch *batch, const char *file, struct fault fault);

/* Fill with the next lines of FILE, as block_fill() does. */
enum block_event batch_fill(struct batch *batch, const char *file, struct blocks *blocks,
                            struct decompress *decompress, struct source *source)
    __attribute__((warn_unused_result));

/* Work on the lines, by PIPELINE. False if the results must be delivered before the work can
 * continue. */
bool batch_work(struct batch *batch, struct pipeline *pipeline)
    __attribute__((warn_unused_result));

/* The results are delivered: remove them. */
void batch_clear(struct batch *batch);

#endif
