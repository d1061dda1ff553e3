/*
 * normalize: a pipeline of steps, read from text and run over values.
 *
 *     each(nfc squeeze) sort uniq
 *
 * Steps are separated by spaces; arguments are JSON texts or bare [A-Za-z0-9._-]+, separated
 * by commas, in parentheses right behind the name; each() holds a pipeline. Other spaces
 * outside strings do not count. No step at all is a pipeline too: it changes nothing.
 */
#ifndef WHORL_STEPS_NORMALIZE_H
#define WHORL_STEPS_NORMALIZE_H

#include "steps/signal.h"
#include "steps/steps.h"
#include "text/decimal.h"

#define PIPELINE_DEPTH 4 /* each() within each() */

/* Bounds: the arguments of a step; and the steps of a whole catalog, their arguments, and the
 * values within those, all together. */
#define NORMALIZE_ARGUMENTS 4096
#define NORMALIZE_ITEMS     ((uint32_t)1 << 20)

/* One argument. A bare word is a number if it is a JSON number, true, false and null are
 * what they are in JSON, and any other bare word is a string. */
struct argument {
    struct span text; /* canonical: a word or a number as written, other JSON as JCS */
    struct value value;
    size_t offset; /* where it begins in the pipeline's text */
};

struct normalizer {
    const struct call *calls;
    size_t count;
};

/* A step with its arguments. */
struct call {
    const struct step *step;
    const struct argument *arguments;
    size_t count;
    struct normalizer inner;  /* each(): what to do with each element */
    struct decimal_unit unit; /* step(): its argument, as step->prepare() has read it */
};

/* The argument number I of CALL, which is known to be a whole number. */
static inline int call_whole(const struct call *call, size_t i)
{
    return (int)call->arguments[i].value.number;
}

/* Where and why a pipeline's text is wrong. */
struct normalizer_fault {
    size_t offset; /* of the first wrong byte, in the text; its length if it ends too early */
    char expected[160]; /* "round: expected one whole number from 0 to 15" */
};

/* Read TEXT into *PIPELINE, in ARENA; it must live as long as the pipeline. There may be *LEFT
 * steps and values in their arguments: those that were read are taken off. True, or false with
 * *FAULT filled; ARENA has `failed` if memory is out. */
bool normalize_compile(struct normalizer *pipeline, struct span text, uint32_t *left,
                       struct arena *arena, struct normalizer_fault *fault)
    __attribute__((warn_unused_result));

/* Append the pipeline's canonical spelling: steps by one space, arguments by one comma. */
void normalize_put(struct buf *out, const struct normalizer *pipeline);

/* Has the pipeline, or an each() in it, a step that reads TABLE? */
bool normalize_reads(const struct normalizer *pipeline, const struct table *table);

/* Run SIGNAL through PIPELINE: a signal in another state than SIGNAL_VALUE passes, and the
 * first step that yields another state ends it; but whatever it is, `retired` excludes it.
 * False when memory is out. */
bool normalize_apply(const struct normalizer *pipeline, struct signal *signal,
                     struct arena *arena) __attribute__((warn_unused_result));

#endif
