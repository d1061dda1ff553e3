/*
 * step: one step of normalization, and a call of it with its arguments.
 *
 * A step is a pure, total function from a value to a value or to another state. Its row describes
 * it completely: the manual's list of steps and the test of every example are made from the rows. A
 * released step never changes; a fix is a new step.
 */
#ifndef WHORL_STEPS_STEP_H
#define WHORL_STEPS_STEP_H

#include "base/arena.h"
#include "base/fault.h"
#include "json/value.h"
#include "steps/signal.h"
#include "text/rounding.h"

struct step;
struct call;
struct table;

#define STEPS_ITEMS 1024 /* the most items of a list that a step reads from a text */
#define STEPS_BYTES 4096 /* the longest text that a step searches for the rows of a table */

/* Sets of value types, for `takes`, and one more for the other states. */
#define TAKES(type)  (1u << (type))
#define TAKES_STRING TAKES(VALUE_STRING)
#define TAKES_NUMBER TAKES(VALUE_NUMBER)
#define TAKES_ARRAY  TAKES(VALUE_ARRAY)
#define TAKES_OBJECT TAKES(VALUE_OBJECT)
#define TAKES_VALUES (TAKES_STATES - 1)       /* all types, also null */
#define TAKES_STATES TAKES(VALUE_OBJECT + 1u) /* the states that are no value */

/* A pipeline: calls in the order in which they run, maybe none. */
struct normalizer {
    const struct call *calls;
    size_t count;
};

/* One argument. A bare word that is a JSON number, true, false or null is that JSON value; any
 * other bare word is a string. */
struct argument {
    struct span text; /* canonical: a word or a number as written, other JSON as JCS */
    struct value value;
    size_t offset; /* where it begins in the pipeline's text */
};

/* A step with its arguments. */
struct call {
    const struct step *step;
    const struct argument *arguments;
    size_t count;
    struct normalizer inner;  /* each(): the pipeline for each element */
    struct rounding_unit unit; /* step(): its argument, read by step->prepare() */
};

/* Check CALL's arguments, which end at byte END of the pipeline's text, and prepare what
 * apply() needs in it. Scratch memory is ARENA's. FAULT_NONE if the arguments are right;
 * STATUS_NO_MEMORY; or what call_fault() makes. */
typedef struct fault step_prepare(struct call *call, size_t end, struct arena *arena);

/* Turn SIGNAL, of a type in step->takes, into the result; new parts are in ARENA. False when memory
 * is out. */
typedef bool step_apply(const struct call *call, struct signal *signal, struct arena *arena);

struct step {
    const char *name;
    const char *arguments;     /* as the manual shows them, e.g. "(dp)"; "" for none */
    unsigned takes;            /* the types it works on; anything else passes unchanged */
    bool nests;                /* its parentheses hold a pipeline, not arguments */
    bool alone;                /* it is a whole pipeline: no other step may be beside it */
    const char *meaning;       /* one line */
    const char *example;       /* a call, e.g. "round(2)" */
    const char *input;         /* JSON */
    const char *output;        /* canonical text of the result, or "!CLASS", "?", "-" */
    const struct table *table; /* what it reads, so that digests include it; or null */
    step_prepare *prepare;     /* null: it takes no arguments */
    step_apply *apply;
};

/* The fault of a step_prepare: argument number I of CALL is the first that is not EXPECTED, a
 * constant phrase. If there is no argument of that number, it is lacking at END. */
static inline struct fault call_fault(const struct call *call, size_t end, size_t i,
                                      const char *expected)
{
    return fault_invalid(i < call->count ? call->arguments[i].offset : end, expected);
}

/* As a step_prepare: CALL must have one argument, a whole number from LEAST to MOST, which is
 * what EXPECTED says. */
static inline struct fault call_check_whole(const struct call *call, size_t end, int least,
                                            int most, const char *expected)
{
    if (call->count != 1)
        return call_fault(call, end, call->count > 1 ? 1 : 0, expected);
    const struct value *v = &call->arguments[0].value;
    if (v->type == VALUE_NUMBER && v->number >= least && v->number <= most &&
        (int)v->number == v->number)
        return FAULT_NONE;
    return call_fault(call, end, 0, expected);
}

/* The argument number I of CALL, which is known to be a whole number. */
static inline int call_whole(const struct call *call, size_t i)
{
    return (int)call->arguments[i].value.number;
}

#endif
