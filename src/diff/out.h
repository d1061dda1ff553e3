/*
 * diff_out: where a report goes: a buffer, written out by a sink whenever there is much in it,
 * so that a report of any length takes little memory.
 */
#ifndef WHORL_DIFF_OUT_H
#define WHORL_DIFF_OUT_H

#include "stream/sink.h"

struct diff_out {
    struct buf *buf;   /* to append to */
    struct sink *sink; /* the sink that has it, or null: then all of the report stays there */
};

/* Call it after each piece of a report. A write that fails is the sink's to remember. */
static inline void diff_out_relieve(const struct diff_out *out)
{
    if (out->sink)
        (void)!sink_relieve(out->sink);
}

#endif
