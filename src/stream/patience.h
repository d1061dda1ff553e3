/*
 * patience: what to do about a signal that comes while a descriptor is waited for.
 */
#ifndef WHORL_STREAM_PATIENCE_H
#define WHORL_STREAM_PATIENCE_H

#include <sys/types.h>

#include "base/span.h"

struct patience {
    int signal; /* held off by all threads, except by one that waits here */
    /* It may have come: called with CONTEXT by who waits, each time it was let in. */
    void (*arrived)(void *context);
    void *context;
};

/* PATIENCE may be null: then no signal is let in. */

/* Wait until FD is ready for EVENTS, as poll() has them, or has failed. */
void patience_poll(const struct patience *patience, int fd, short events);

/* As write(), of BYTES to FD, whatever time it takes; fails with EINTR, or writes less, where
 * the signal has come. */
ssize_t patience_write(const struct patience *patience, int fd, struct span bytes)
    __attribute__((warn_unused_result));

#endif
