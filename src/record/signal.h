/*
 * signal: the five states that a signal can be in. They are never merged.
 */
#ifndef WHORL_RECORD_SIGNAL_H
#define WHORL_RECORD_SIGNAL_H

#include "record/value.h"

enum signal_state {
    SIGNAL_MISSING,   /* the record has no such member: no hash */
    SIGNAL_EXCLUDED,  /* the catalogue leaves it out: no hash */
    SIGNAL_UNDEFINED, /* present but undefined: hashed as NAME? */
    SIGNAL_ERROR,     /* an error marker: hashed as NAME!CLASS */
    SIGNAL_VALUE,     /* a value, null among them: hashed as NAME=VALUE */
};

struct signal {
    enum signal_state state;
    union {
        struct value value; /* of SIGNAL_VALUE */
        struct span class;  /* of SIGNAL_ERROR; may be empty */
    };
};

/* Has a signal in STATE a hash? */
static inline bool signal_hashed(enum signal_state state)
{
    return state >= SIGNAL_UNDEFINED;
}

/* Append the signal's canonical text without its name: "=" and JCS, "!" and the class, "?",
 * or nothing. */
void signal_put(struct buf *out, const struct signal *signal);

#endif
