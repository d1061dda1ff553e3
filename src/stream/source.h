/*
 * source: reads bytes from a file or standard input.
 */
#ifndef WHORL_STREAM_SOURCE_H
#define WHORL_STREAM_SOURCE_H

#include <sys/types.h>

#include "base/buf.h"
#include "stream/signal_wait.h"

struct source {
    int fd;
    bool regular;     /* a file, which never needs a wait */
    bool nonblocking; /* do not wait: if nothing is there yet, fail with EAGAIN */
    const struct signal_wait *signal_wait; /* while there is nothing to read; may be null */
};

/* Open the file NAME for reading; "-" is standard input. 0, or errno: EISDIR for a directory, which
 * only read() would report. */
int source_open(struct source *source, const char *name) __attribute__((warn_unused_result));

/* Read at most SIZE bytes to BYTES. Returns their number, 0 at the end, -1 with errno. Unless
 * SOURCE is nonblocking it waits, even if the descriptor itself is nonblocking, and it continues
 * after a signal. */
ssize_t source_read(struct source *source, unsigned char *bytes, size_t size)
    __attribute__((warn_unused_result));

/* Append the whole file NAME to TEXT. 0, or errno: EFBIG if it has more than MOST bytes, because a
 * device may be endless. */
int source_slurp(const char *name, size_t most, struct buf *text)
    __attribute__((warn_unused_result));

/* Close the file; standard input stays open. */
void source_close(struct source *source);

#endif
