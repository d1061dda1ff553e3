/*
 * report_out: where a report goes: a buffer that a sink writes out whenever there is much in it,
 * so that a report of any length takes little memory.
 */
#ifndef WHORL_FORMAT_REPORT_OUT_H
#define WHORL_FORMAT_REPORT_OUT_H

#include "stream/sink.h"

struct report_out {
    struct buf *buf;   /* to append to */
    struct sink *sink; /* of the buffer, or null: then the report stays in the buffer */
};

/* Call it after each piece of a report. The sink remembers a write that fails. */
static inline void report_out_relieve(const struct report_out *out)
{
    if (out->sink)
        (void)!sink_relieve(out->sink);
}

#endif
