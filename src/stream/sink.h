/*
 * sink: bytes out, to the last one.
 */
#ifndef WHORL_STREAM_SINK_H
#define WHORL_STREAM_SINK_H

#include "base/buf.h"
#include "stream/signal_wait.h"

struct sink {
    int fd;
    struct buf buf; /* what is not yet written; append to it */
    int error;      /* of the first write that failed, after which nothing more is written */
    const struct signal_wait *signal_wait; /* while nothing can be written; may be null */
};

/* Write all of BYTES to the descriptor FD. 0, or errno. Goes on after a signal and a short
 * write, and waits where a non-blocking descriptor takes no more. */
int sink_write(int fd, struct span bytes) __attribute__((warn_unused_result));

/* Write to the descriptor FD, which the sink owns from now on, without a signal_wait. */
void sink_init(struct sink *sink, int fd);

/* Write out what is in the buffer, if that is much: call it after each record. 0, or errno. */
int sink_relieve(struct sink *sink) __attribute__((warn_unused_result));

/* Write out what is in the buffer and, behind it, BYTES, which are not copied. 0, or errno. */
int sink_send(struct sink *sink, struct span bytes) __attribute__((warn_unused_result));

/* Write out all that is in the buffer, as sink_write(). 0, or errno. */
int sink_flush(struct sink *sink) __attribute__((warn_unused_result));

/* Flush and close the descriptor: a full disk may show itself only here. 0, or errno. */
int sink_close(struct sink *sink) __attribute__((warn_unused_result));

/* Close the descriptor, if that is not done, and let go of what is in the buffer. */
void sink_free(struct sink *sink);

#endif
