#include "config.h"

#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>

unsigned char *buf_grow(struct buf *b, size_t n)
{
    if (b->fixed)
        b->failed = true;
    if (b->failed)
        return NULL;

    size_t want = b->size ? b->size : 256;
    while (want - b->n < n) {
        if (want > SIZE_MAX / 4) {
            b->failed = true;
            return NULL;
        }
        want *= 2;
    }
    unsigned char *p = realloc(b->p, want);
    if (!p) {
        b->failed = true;
        return NULL;
    }
    b->p = p;
    b->size = want;
    return b->p + b->n;
}

void buf_put(struct buf *b, struct span s)
{
    /* Of no bytes there is nothing to have room for, not even memory. */
    unsigned char *room = s.n ? buf_room(b, s.n) : NULL;

    if (room) {
        memcpy(room, s.p, s.n);
        b->n += s.n;
    }
}

struct extent buf_keep(struct buf *b, struct span s)
{
    struct extent kept = {(uint32_t)b->n, (uint32_t)s.n};

    buf_put(b, s);
    return kept;
}

void buf_puts(struct buf *b, const char *s)
{
    buf_put(b, span_text(s));
}

void buf_putc(struct buf *b, unsigned char c)
{
    unsigned char *room = buf_room(b, 1);

    if (room) {
        *room = c;
        b->n++;
    }
}

size_t buf_digits(unsigned char out[BUF_DIGITS], unsigned long long v)
{
    unsigned char digits[BUF_DIGITS];
    size_t at = sizeof digits;

    do
        digits[--at] = (unsigned char)('0' + v % 10);
    while (v /= 10);
    memcpy(out, digits + at, sizeof digits - at);
    return sizeof digits - at;
}

void buf_put_uint(struct buf *b, unsigned long long v)
{
    unsigned char digits[BUF_DIGITS];

    buf_put(b, span_of(digits, buf_digits(digits, v)));
}

void buf_free(struct buf *b)
{
    if (!b->fixed)
        free(b->p);
    *b = BUF_EMPTY;
}
