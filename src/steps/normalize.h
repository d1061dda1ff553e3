/*
 * normalize: a pipeline of steps, run over signals and printed.
 */
#ifndef WHORL_STEPS_NORMALIZE_H
#define WHORL_STEPS_NORMALIZE_H

#include <stdbool.h>

struct arena;
struct buf;
struct call;
struct normalizer;
struct signal;
struct table;

/* Append the pipeline's canonical spelling: one space between steps, one comma between
 * arguments. */
void normalize_put(struct buf *out, const struct normalizer *pipeline);

/* Has the pipeline, or an each() in it, a step that reads TABLE? */
bool normalize_reads(const struct normalizer *pipeline, const struct table *table);

/* Run SIGNAL through PIPELINE. A signal in a state other than SIGNAL_VALUE passes unchanged, and
 * the first step that gives another state is the last to run; but `retired` excludes any signal.
 * False when memory is out. */
bool normalize_apply(const struct normalizer *pipeline, struct signal *signal,
                     struct arena *arena) __attribute__((warn_unused_result));

/* The same with one step of it. */
bool normalize_call(const struct call *call, struct signal *signal, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
