/*
 * patience: what to do about a signal that comes while a descriptor is waited for.
 */
#ifndef WHORL_STREAM_PATIENCE_H
#define WHORL_STREAM_PATIENCE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/span.h"

struct patience {
    int signal; /* held off by all threads, except by one that waits here */
    /* It may have come: called with CONTEXT by the thread that waits, each time it was let in. */
    void (*arrived)(void *context);
    void *context;
};

/* Wait until FD is ready for EVENTS, as poll() has them, or has failed. PATIENCE may be null:
 * then a signal changes nothing. */
void patience_poll(const struct patience *patience, int fd, short events);

/* As write(), of BYTES to FD, whatever time it takes; fails with EINTR, or writes less, where
 * the signal has come. PATIENCE is not null. */
ssize_t patience_write(const struct patience *patience, int fd, struct span bytes)
    __attribute__((warn_unused_result));

#endif
