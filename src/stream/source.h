/*
 * source: bytes in: a file, or standard input.
 */
#ifndef WHORL_STREAM_SOURCE_H
#define WHORL_STREAM_SOURCE_H

#include <sys/types.h>

#include "base/buf.h"
#include "stream/signal_wait.h"

struct source {
    int fd;
    bool regular;     /* a file, for which nobody has to wait */
    bool nonblocking; /* do not wait: where nothing is there yet, fail with EAGAIN */
    const struct signal_wait *signal_wait; /* while there is nothing to read; may be null */
};

/* Open the file NAME for reading; "-" is standard input. 0, or errno: a directory is EISDIR,
 * as read() would say only later. */
int source_open(struct source *source, const char *name) __attribute__((warn_unused_result));

/* Read at most SIZE bytes to BYTES: how many, 0 at the end, -1 with errno. Waits, unless
 * SOURCE is nonblocking, also where the descriptor itself is nonblocking and has nothing yet, and
 * goes on after a signal. */
ssize_t source_read(struct source *source, unsigned char *bytes, size_t size)
    __attribute__((warn_unused_result));

/* Append all of the file NAME to TEXT. 0, or errno: EFBIG if there are more than MOST bytes,
 * for a device may have no end. */
int source_slurp(const char *name, size_t most, struct buf *text)
    __attribute__((warn_unused_result));

/* Close the file; standard input stays open. */
void source_close(struct source *source);

#endif
