/*
 * signal_wait: a signal that is answered while a thread waits for a descriptor.
 *
 * The signal is blocked in all threads. A thread that waits here lets it in, so that it never
 * interrupts other work.
 */
#ifndef WHORL_STREAM_SIGNAL_WAIT_H
#define WHORL_STREAM_SIGNAL_WAIT_H

#include <sys/types.h>

#include "base/span.h"

struct signal_wait {
    int signal; /* blocked in all threads */
    /* The signal may have come. Called with CONTEXT by the waiting thread, each time it has let
     * the signal in. */
    void (*arrived)(void *context);
    void *context;
};

/* In both functions WAIT may be null: then no signal is let in. */

/* Wait until FD is ready for EVENTS, which are those of poll(), or has failed. */
void signal_wait_poll(const struct signal_wait *wait, int fd, short events);

/* Like write(), of BYTES to FD, however long it takes. If the signal comes it fails with EINTR
 * or writes less. */
ssize_t signal_wait_write(const struct signal_wait *wait, int fd, struct span bytes)
    __attribute__((warn_unused_result));

#endif
