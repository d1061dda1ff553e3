/*
 * run: the records of all inputs, worked on by threads, with what every such run reports: rejects,
 * progress, statistics. What becomes of the results is the caller's.
 */
#ifndef WHORL_CMD_RUN_H
#define WHORL_CMD_RUN_H

#include "cmd/feed.h"
#include "cmd/outputs.h"
#include "cmd/progress.h"
#include "cmd/rejects.h"
#include "filter/pipeline.h"

struct workers;

struct run {
    const struct options *options;
    struct diag *diag;
    struct plan plan;
    struct outputs outputs; /* opened before run_begin() */

    /* What is done with the results of a batch, in the order of the input. False to end the run,
     * after a message. */
    bool (*send)(struct run *run, struct batch *batch);

    /* A thread's pipeline is about to be freed; by any thread. Null for nothing. */
    void (*leave)(struct run *run, const struct pipeline *pipeline);

    /* Inner: */
    struct workers *workers;
    struct feed feed;
    struct guard guard;
    char *name;     /* of the file that is delivered; null before there is one */
    uint64_t lines; /* of the file that is delivered, before the batch that is delivered */
    struct stats stats;
    struct rejects rejects;
    struct progress progress;
    struct atomic_file stats_file;
};

/* The threads that OPTIONS allow. */
unsigned run_thread_count(const struct options *options);

/* Begin RUN, which is cleared, by OPTIONS: measure the time, guard files. run_close() must follow,
 * and RUN must not move until then. */
void run_open(struct run *run, const struct options *options, struct diag *diag);

/* Prepare to read, with `plan` and `outputs` set: open the inputs, and the files for rejects and
 * statistics. False after a message. */
bool run_begin(struct run *run) __attribute__((warn_unused_result));

/* Read, work and deliver until the input ends or the run fails; then close the file of rejects. */
void run_records(struct run *run);

/* Write the statistics, if they are asked for, also of a run that met trouble; but not to an
 * input. */
void run_write_stats(struct run *run);

void run_close(struct run *run);

#endif
