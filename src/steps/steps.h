/*
 * steps: the table of all normalizer steps.
 *
 * A step is a pure, total function from a value to a value or to another state. One row of
 * the table is all there is to know of it: the manual's table and the test of every example
 * are made from the rows. A step never changes once released; a fix is a new step.
 */
#ifndef WHORL_STEPS_STEPS_H
#define WHORL_STEPS_STEPS_H

#include "base/arena.h"
#include "json/value.h"
#include "steps/signal.h"

struct call;
struct table;

#define STEPS_ITEMS 1024 /* the most items of a list that a step reads out of a text */
#define STEPS_BYTES 4096 /* the longest text that a step searches for the rows of a table */

/* Sets of value types, for `takes`, and one more for the other states. */
#define TAKES(type)  (1u << (type))
#define TAKES_STRING TAKES(VALUE_STRING)
#define TAKES_NUMBER TAKES(VALUE_NUMBER)
#define TAKES_ARRAY  TAKES(VALUE_ARRAY)
#define TAKES_OBJECT TAKES(VALUE_OBJECT)
#define TAKES_VALUES (TAKES_STATES - 1)       /* all of them, null too */
#define TAKES_STATES TAKES(VALUE_OBJECT + 1u) /* the states that are no value */

/* Check CALL's arguments and prepare what apply() needs in it. Null if they are right; else
 * what was expected, a phrase, and *WRONG the first argument that is not that (call->count if
 * one is lacking). Scratch memory is ARENA's; if that has `failed`, the rest means nothing. */
typedef const char *steps_prepare(struct call *call, size_t *wrong, struct arena *arena);

struct step {
    const char *name;
    const char *arguments;     /* as the manual shows them, e.g. "(dp)"; "" for none */
    unsigned takes;            /* the types it works on; anything else passes unchanged */
    bool nests;                /* its parentheses hold a pipeline, not arguments */
    bool alone;                /* it is a whole pipeline: no other step stands beside it */
    const char *meaning;       /* one line */
    const char *example;       /* a call, e.g. "round(2)" */
    const char *input;         /* JSON */
    const char *output;        /* canonical text of the result, or "!CLASS", "?", "-" */
    const struct table *table; /* that it reads, so that it is part of digests; or null */

    steps_prepare *prepare; /* null: it takes no arguments */

    /* Turn SIGNAL, which is one of `takes`, into the result; new parts are in ARENA. False
     * when memory is out. */
    bool (*apply)(const struct call *call, struct signal *signal, struct arena *arena);
};

/* The table, in the manual's order, and its length. */
extern const struct step steps_table[];
extern const size_t steps_count;

/* The row NAME; null if there is none. */
const struct step *steps_find(struct span name);

#endif
