/*
 * decompress: a source's bytes, whether they are compressed or not, if they are text.
 *
 * Compressed data is known by how it begins (codec.h), never by a file's name. Members and
 * frames of all formats may follow one another; zero bytes between and after them, which tapes
 * add, are skipped. Anything else is plain. What is then known not to be text (foreign.h) is
 * not read.
 */
#ifndef WHORL_STREAM_DECOMPRESS_H
#define WHORL_STREAM_DECOMPRESS_H

#include "base/span.h"
#include "stream/source.h"

struct decompress;

/* A decompressor for one source after the other; WINDOW_LOG as in codec.h, ROWS as in
 * foreign_find(). Null when memory is out. */
struct decompress *decompress_new(int window_log, bool rows)
    __attribute__((warn_unused_result));
void decompress_free(struct decompress *decompress);

/* Begin with another source. */
void decompress_reset(struct decompress *decompress);

/* Read at most SIZE bytes, at least 1, from SOURCE to BYTES: how many, 0 at the end, or -1
 * with what is wrong in *WHAT: the text of errno, or that the data is damaged or cut off, or
 * what it is instead of text; null if SOURCE is nonblocking and has
 * nothing yet. All that was there before has been given. Once what the source begins with is
 * decided (foreign.h) reads at most once from it if that yields bytes, so nothing waits behind
 * data that is there. */
ssize_t decompress_read(struct decompress *decompress, struct source *source,
                        unsigned char *bytes, size_t size, const char **what)
    __attribute__((warn_unused_result));

#endif
