/*
 * window: the bytes of a source that are read, decompressed, and not yet used.
 *
 * The user takes used bytes from the front and asks for more. The memory grows to what the user
 * must see at once, so the user must bound that.
 */
#ifndef WHORL_STREAM_WINDOW_H
#define WHORL_STREAM_WINDOW_H

#include "base/buf.h"
#include "stream/decompress.h"

struct window {
    struct source source;
    struct decompress *decompress;
    struct buf bytes;
    size_t taken; /* bytes taken from the front */
    bool ended;   /* the source has ended */
    off_t origin; /* offset of the beginning in the file; -1 if it cannot go back */
    int copy;     /* descriptor of a file with what was decompressed; -1 for none */
};

/* Begin with nothing open. WINDOWS is the WINDOW_LOG of decompress_new(). False when memory is out;
 * window_free() must follow in either case. */
bool window_init(struct window *window, int windows) __attribute__((warn_unused_result));
void window_free(struct window *window);

/* Open the file PATH, or "-", standard input. If DIRECTORY is not null, window_again() is possible:
 * if the source cannot be read twice, as a pipe, a copy is kept in DIRECTORY. 0, or errno. */
int window_open(struct window *window, const char *path, const char *directory)
    __attribute__((warn_unused_result));

/* The bytes that are there and not yet taken, valid until the next call; and to take N of them. */
static inline struct span window_have(const struct window *window)
{
    return span_cut(buf_span(&window->bytes), window->taken, window->bytes.n);
}
static inline void window_take(struct window *window, size_t n)
{
    window->taken += n;
}

/* Read once. FAULT_NONE, or as decompress_read(). At the end `ended` becomes true. */
struct fault window_fill(struct window *window) __attribute__((warn_unused_result));

/* Go back to the first byte; a pipe must have been read to its end. False if that is not possible
 * because there was no room for a copy. */
bool window_again(struct window *window) __attribute__((warn_unused_result));

#endif
