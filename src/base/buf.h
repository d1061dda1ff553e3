/*
 * buf: bytes that are appended to, in memory that grows.
 *
 * Running out of memory is remembered, not reported at each call: after it, appending
 * does nothing and `failed` stays true until buf_clear(). The user of the bytes checks it once.
 */
#ifndef WHORL_BASE_BUF_H
#define WHORL_BASE_BUF_H

#include "base/span.h"

struct buf {
    unsigned char *p;
    size_t n;    /* bytes in it */
    size_t size; /* bytes it has room for */
    bool failed; /* memory ran out: the bytes are not all there */
    bool fixed;  /* the memory is the caller's, and there is no more */
};

/* A buffer that owns no memory yet. */
#define BUF_EMPTY ((struct buf){NULL, 0, 0, false, false})

/* An empty buffer in the SIZE bytes at MEMORY, beyond which it does not grow: for where there
 * may be no memory to have. */
static inline struct buf buf_within(void *memory, size_t size)
{
    return (struct buf){.p = memory, .size = size, .fixed = true};
}

/* As buf_room(), which calls it where the memory must grow. */
unsigned char *buf_grow(struct buf *b, size_t n);

/* Room for N more bytes at p + n, for the caller to write and then add to n; null when
 * memory is out. */
static inline unsigned char *buf_room(struct buf *b, size_t n)
{
    return b->size - b->n >= n && !b->failed ? b->p + b->n : buf_grow(b, n);
}

/* Append bytes, a C string, one byte. */
void buf_put(struct buf *b, struct span s);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, unsigned char c);

/* Append S, and say where it is; there must be less than 4 GiB. */
struct extent buf_keep(struct buf *b, struct span s);

/* Write the decimal digits of V to OUT; how many. */
#define BUF_DIGITS 20
size_t buf_digits(unsigned char out[BUF_DIGITS], unsigned long long v);

/* Append V in decimal. */
void buf_put_uint(struct buf *b, unsigned long long v);

/* What is in it, valid until the next call that appends. */
static inline struct span buf_span(const struct buf *b)
{
    return span_of(b->p, b->n);
}

/* Empty it; its memory stays. */
static inline void buf_clear(struct buf *b)
{
    b->n = 0;
    b->failed = false;
}

/* Give its memory back, unless it is the caller's. The buffer is then BUF_EMPTY. */
void buf_free(struct buf *b);

#endif
