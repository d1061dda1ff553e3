/*
 * signal: the states of a signal. They are never merged.
 */
#ifndef WHORL_STEPS_SIGNAL_H
#define WHORL_STEPS_SIGNAL_H

#include "json/value.h"

enum signal_state {
    SIGNAL_MISSING,   /* the record has no such member: no hash */
    SIGNAL_EXCLUDED,  /* the catalog leaves it out: no hash */
    SIGNAL_UNDEFINED, /* present but undefined: hashed as NAME? */
    SIGNAL_ERROR,     /* an error marker: hashed as NAME!CLASS */
    SIGNAL_TRANSIENT, /* in a vector only: an error of a class that @transient names */
    SIGNAL_VALUE,     /* a value, which may be null: hashed as NAME=VALUE */
};
#define SIGNAL_STATES 6

struct signal {
    enum signal_state state;
    union {
        struct value value; /* of SIGNAL_VALUE */
        struct span class;  /* of SIGNAL_ERROR; may be empty */
    };
};

/* Is STATE that of an error? */
static inline bool signal_failed(enum signal_state state)
{
    return state == SIGNAL_ERROR || state == SIGNAL_TRANSIENT;
}

/* Has a signal in STATE a hash? */
static inline bool signal_hashed(enum signal_state state)
{
    return state >= SIGNAL_UNDEFINED;
}

/* The class of an error whose message is MESSAGE: the text before its first colon, or all of it, if
 * that is a class, [A-Za-z_][A-Za-z0-9_]* of at most 64 bytes; else empty. */
struct span signal_class(struct span message);

/* Is TEXT a class? */
bool signal_is_class(struct span text);

/* Append the signal's canonical text without its name: "=" and JCS, "!" and the class, "?",
 * or nothing. */
void signal_put(struct buf *out, const struct signal *signal);

#endif
