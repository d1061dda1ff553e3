/*
 * sink: writes bytes to a descriptor, to the last one.
 */
#ifndef WHORL_STREAM_SINK_H
#define WHORL_STREAM_SINK_H

#include "base/buf.h"
#include "stream/signal_wait.h"

struct sink {
    int fd;
    struct buf buf; /* what is not yet written; append to it */
    int error;      /* of the first failed write; nothing is written after it */
    const struct signal_wait *signal_wait; /* while nothing can be written; may be null */
};

/* Write all of BYTES to the descriptor FD. 0, or errno. Continues after a signal or a short write,
 * and waits while a non-blocking descriptor takes no more. */
int sink_write(int fd, struct span bytes) __attribute__((warn_unused_result));

/* Begin to write to the descriptor FD, which the sink owns from now on, without a signal_wait. */
void sink_init(struct sink *sink, int fd);

/* Write the content of the buffer, if it is large: call this after each record. 0, or errno. */
int sink_relieve(struct sink *sink) __attribute__((warn_unused_result));

/* Write the content of the buffer and after it BYTES, which are not copied. 0, or errno. */
int sink_send(struct sink *sink, struct span bytes) __attribute__((warn_unused_result));

/* Write all content of the buffer, as sink_write(). 0, or errno. */
int sink_flush(struct sink *sink) __attribute__((warn_unused_result));

/* Flush and close the descriptor: a full disk may show itself only here. 0, or errno. */
int sink_close(struct sink *sink) __attribute__((warn_unused_result));

/* Close the descriptor, if it is open, and drop the content of the buffer. */
void sink_free(struct sink *sink);

#endif
