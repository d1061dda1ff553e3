/*
 * decompress: the bytes of a source, decompressed if necessary, if they are text.
 *
 * Compressed data is recognised by its first bytes (codec.h), never by a file's name. Members and
 * frames of all formats may follow one another; zero bytes between and after them, which tapes add,
 * are skipped. All else is plain. If the result is known not to be text (foreign.h), it is not
 * read.
 */
#ifndef WHORL_STREAM_DECOMPRESS_H
#define WHORL_STREAM_DECOMPRESS_H

#include "base/fault.h"
#include "stream/source.h"

struct decompress;

/* Make a decompressor for one source after the other; WINDOW_LOG as in codec.h, ROWS as in
 * foreign_find(). Null when memory is out. */
struct decompress *decompress_new(int window_log, bool rows)
    __attribute__((warn_unused_result));
void decompress_free(struct decompress *decompress);

/* Begin with another source. */
void decompress_reset(struct decompress *decompress);

/* Read at most SIZE bytes, at least 1, from SOURCE to BYTES. Returns their number, 0 at the end, or
 * -1 with *FAULT: of the system, or that the data is damaged or cut off, or what it is instead of
 * text; FAULT_NONE if SOURCE is nonblocking and has nothing yet. All bytes before a fault have been
 * given. Once the kind of the source is decided (foreign.h), one read that yields bytes is the last
 * of the call, so available data is not held up by a wait for more. */
ssize_t decompress_read(struct decompress *decompress, struct source *source,
                        unsigned char *bytes, size_t size, struct fault *fault)
    __attribute__((warn_unused_result));

#endif
