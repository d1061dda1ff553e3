/*
 * settle: from the trace of a record to its readings: the results of the shape, but for the
 * leaves that are others, or not there. Those that the memo does not know are read.
 */
#ifndef WHORL_CACHE_SETTLE_H
#define WHORL_CACHE_SETTLE_H

#include "cache/leaf.h"
#include "cache/memo.h"
#include "cache/trace.h"

/* So many values of a record are kept at first sight. Of one that has more they are all new. */
#define SETTLE_AT_ONCE 128

struct settle {
    const struct cells_layout *layout;
    const struct places *places;
    struct memo *memo;
    struct leaf_reader reader; /* its arena and scratch are to be set for each record */
    const struct trace *trace;
    struct cells cells;            /* of the record in work */
    struct span *texts;            /* one a cell */
    struct vector_signal *results; /* of a leaf */
    uint32_t read;                 /* leaves of the record that the memo did not know */
};

/* Take the memory for one record. False when it is out; settle_free() must follow in either
 * case. */
bool settle_init(struct settle *settle, const struct cells_layout *layout,
                 const struct places *places, struct memo *memo)
    __attribute__((warn_unused_result));
void settle_free(struct settle *settle);

/* Make READINGS, one a target, of TRACE. They are in the arena and in SETTLE. False if the
 * record must be read in full: a leaf holds a name twice, the id is none, there is no signal,
 * or memory is out. */
bool settle_record(struct settle *settle, const struct trace *trace, struct reading *readings)
    __attribute__((warn_unused_result));

#endif
