/*
 * span: a view of bytes that its user does not own.
 *
 * Names, values and lines are spans into the record that holds them. Nothing is
 * NUL-terminated, and a span may hold any byte, NUL among them. A span is valid
 * as long as the bytes it looks at. The span of no bytes may have a null pointer.
 */
#ifndef WHORL_BASE_SPAN_H
#define WHORL_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
    const unsigned char *p;
    size_t n;
};

/* What a function that makes text gives when memory is out. It has no bytes to compare or hash: test
 * span_failed() first. */
#define SPAN_FAILED ((struct span){NULL, 1})

static inline bool span_failed(struct span s)
{
    return !s.p && s.n;
}

/* The N bytes at P. */
static inline struct span span_of(const void *p, size_t n)
{
    return (struct span){p, n};
}

/* The characters of the C string S, without its NUL. */
static inline struct span span_text(const char *s)
{
    return span_of(s, strlen(s));
}

/* The bytes from FROM up to, not including, TO. Both must lie within S. */
static inline struct span span_cut(struct span s, size_t from, size_t to)
{
    /* C does not define a null pointer plus 0; what this compiles to is the plain sum. */
    return span_of(from ? s.p + from : s.p, to - from);
}

/* Have A and B the same bytes? */
static inline bool span_equal(struct span a, struct span b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Does S begin with the bytes of PREFIX? */
static inline bool span_begins(struct span s, struct span prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

/* Below, at or above 0 as A sorts before, with or after B, byte by byte. For UTF-8
 * this is the order of code points. */
static inline int span_compare(struct span a, struct span b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;

    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* A span by its place in bytes that are known otherwise: N of them from AT on. Tables of these
 * are the same wherever the bytes are, so that they can be constant. */
struct extent {
    uint32_t at, n;
};

/* What E is in BYTES. */
static inline struct span span_at(const unsigned char *bytes, struct extent e)
{
    return span_of(bytes + e.at, e.n);
}

#endif
