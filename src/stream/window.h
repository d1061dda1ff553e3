/*
 * window: what has been read of a source, decompressed, and not yet used.
 *
 * Whoever looks takes what is done with from the front and asks for more; the memory grows to
 * what must be seen at once, which is theirs to bound.
 */
#ifndef WHORL_STREAM_WINDOW_H
#define WHORL_STREAM_WINDOW_H

#include "base/buf.h"
#include "stream/decompress.h"

struct window {
    struct source source;
    struct decompress *decompress;
    struct buf bytes;
    size_t taken; /* of bytes, from the front */
    bool ended;   /* the source has */
    off_t origin; /* where in the file it begins; -1 if it cannot go back */
    int copy;     /* of what was decompressed, a file; -1 for none */
};

/* Begin with nothing open, for zstd's windows as decompress_new() has WINDOWS. False when
 * memory is out; window_free() must follow in either case. */
bool window_init(struct window *window, int windows) __attribute__((warn_unused_result));
void window_free(struct window *window);

/* Look at the file PATH, or at "-", standard input. If DIRECTORY is not null window_again()
 * will be possible: of what cannot be read twice, such as a pipe, a copy is kept there. 0, or
 * errno. */
int window_open(struct window *window, const char *path, const char *directory)
    __attribute__((warn_unused_result));

/* What is there and not yet taken, until the next call; to take N bytes of it. */
static inline struct span window_have(const struct window *window)
{
    return span_cut(buf_span(&window->bytes), window->taken, window->bytes.n);
}
static inline void window_take(struct window *window, size_t n)
{
    window->taken += n;
}

/* Read once. Null, or what is wrong. At the end `ended` becomes true. */
const char *window_fill(struct window *window) __attribute__((warn_unused_result));

/* Go back to the first byte; if it was a pipe, that was read to its end. False if that cannot
 * be: there was no room for a copy. */
bool window_again(struct window *window) __attribute__((warn_unused_result));

#endif
