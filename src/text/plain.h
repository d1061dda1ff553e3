/*
 * plain: bytes that need no escape in a JSON string, found many at a time.
 *
 * Control bytes, '"' and '\\' are not plain. Each function gives the first byte from P on that is
 * not plain, or END; it reads nothing at or after END. Inlined, because most strings are short, but
 * for what is beyond the first 64 bytes.
 */
#ifndef WHORL_TEXT_PLAIN_H
#define WHORL_TEXT_PLAIN_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Eight bytes at a time: each term sets the top bit of its own byte, and a borrow spoils only bytes
 * above the first one found. ASCII_ONLY: bytes beyond ASCII are not plain either. */
static inline const unsigned char *
plain_by_eight(const unsigned char *p, const unsigned char *end, const int ascii_only)
{
    const uint64_t each = 0x0101010101010101;

    for (; end - p >= 8; p += 8) {
        uint64_t x;
        memcpy(&x, p, sizeof x);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        x = __builtin_bswap64(x);
#endif
        uint64_t quote = x ^ each * '"', backslash = x ^ each * '\\';
        uint64_t found = ascii_only
                             ? x | (x - each * 0x20) | (quote - each) | (backslash - each)
                             : ((x - each * 0x20) & ~x) | ((quote - each) & ~quote) |
                                   ((backslash - each) & ~backslash);
        found &= each * 0x80;
        if (found)
            return p + (__builtin_ctzll(found) >> 3);
    }
    while (p < end && *p >= 0x20 && *p != '"' && *p != '\\' && !(ascii_only && *p >= 0x80))
        p++;
    return p;
}

#ifdef __SSE2__
/* Each of the sixteen bytes at P that is not plain, as 0xFF. */
static inline __m128i plain_others(const unsigned char *p, const int ascii_only)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i control = ascii_only /* signed: bytes beyond ASCII are below 0 */
                          ? _mm_cmplt_epi8(x, _mm_set1_epi8(0x20))
                          : _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(0x1F)), x);
    __m128i quote = _mm_cmpeq_epi8(x, _mm_set1_epi8('"'));

    return _mm_or_si128(control,
                        _mm_or_si128(quote, _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'))));
}

/* As plain_end() or plain_ascii_end(), for long text, 64 bytes at a time. */
const unsigned char *plain_far(const unsigned char *p, const unsigned char *end);
const unsigned char *plain_ascii_far(const unsigned char *p, const unsigned char *end);

/* The same sixteen bytes at a time, with SSE2. */
static inline const unsigned char *
plain_by_sixteen(const unsigned char *p, const unsigned char *end, const int ascii_only)
{
    for (int i = 0; i < 4; i++, p += 16) {
        if (end - p < 16)
            return plain_by_eight(p, end, ascii_only);
        unsigned found = (unsigned)_mm_movemask_epi8(plain_others(p, ascii_only));
        if (found)
            return p + __builtin_ctz(found);
    }
    return ascii_only ? plain_ascii_far(p, end) : plain_far(p, end);
}
#else
#define plain_by_sixteen plain_by_eight
#endif

static inline const unsigned char *plain_end(const unsigned char *p, const unsigned char *end)
{
    return plain_by_sixteen(p, end, 0);
}

/* The same, but bytes beyond ASCII are not plain either. */
static inline const unsigned char *plain_ascii_end(const unsigned char *p,
                                                   const unsigned char *end)
{
    return plain_by_sixteen(p, end, 1);
}

#endif
