/*
 * signal_wait: answers a signal while a thread waits for a descriptor.
 *
 * The signal is blocked in all threads. Only a thread that waits here unblocks it, so it never
 * interrupts other work.
 */
#ifndef WHORL_STREAM_SIGNAL_WAIT_H
#define WHORL_STREAM_SIGNAL_WAIT_H

#include <sys/types.h>

#include "base/span.h"

struct signal_wait {
    int signal; /* blocked in all threads */
    /* Called with CONTEXT by the waiting thread each time it has unblocked the signal, which may
     * have come. */
    void (*arrived)(void *context);
    void *context;
};

/* In both functions WAIT may be null: then no signal is unblocked. */

/* Wait until FD is ready for EVENTS, as in poll(), or has failed. */
void signal_wait_poll(const struct signal_wait *wait, int fd, short events);

/* Like write() of BYTES to FD. If the signal comes, it fails with EINTR or writes less. */
ssize_t signal_wait_write(const struct signal_wait *wait, int fd, struct span bytes)
    __attribute__((warn_unused_result));

#endif
