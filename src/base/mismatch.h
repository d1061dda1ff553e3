/*
 * mismatch: how far two pieces of memory are the same, found many bytes at a time.
 *
 * Each function gives how many bytes A and B, of which each has N, have in common from the
 * first on: the offset of the first that differ, or N. Nothing at or after N is read. Inlined,
 * since most differences are near.
 */
#ifndef WHORL_BASE_MISMATCH_H
#define WHORL_BASE_MISMATCH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* By eight bytes. */
static inline size_t mismatch_by_eight(const unsigned char *a, const unsigned char *b, size_t n)
{
    size_t i = 0;

    for (; n - i >= 8; i += 8) {
        uint64_t x, y;
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        if (x == y)
            continue;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        return i + (size_t)(__builtin_clzll(x ^ y) >> 3);
#else
        return i + (size_t)(__builtin_ctzll(x ^ y) >> 3);
#endif
    }
    while (i < n && a[i] == b[i])
        i++;
    return i;
}

#ifdef __SSE2__
/* Which of the 16 bytes at A and B are the same: a bit each. */
static inline unsigned mismatch_same(const unsigned char *a, const unsigned char *b)
{
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)a);
    __m128i y = _mm_loadu_si128((const __m128i *)(const void *)b);

    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, y));
}

/* The same by sixteen bytes, with SSE2. */
static inline size_t mismatch_by_sixteen(const unsigned char *a, const unsigned char *b,
                                         size_t n)
{
    size_t i = 0;

    for (; n - i >= 16; i += 16) {
        unsigned same = mismatch_same(a + i, b + i);
        if (same != 0xFFFF)
            return i + (size_t)__builtin_ctz(~same);
    }
    return i + mismatch_by_eight(a + i, b + i, n - i);
}
#else
#define mismatch_by_sixteen mismatch_by_eight
#endif

/* By whichever is fastest. Where the next difference is far, that is memcmp(): it knows the
 * processor, but does not say where the difference is. */
static inline size_t mismatch_find(const unsigned char *a, const unsigned char *b, size_t n)
{
    enum { NEAR = 128, CHUNK = 256 };
    size_t near = n < NEAR ? n : NEAR;
    size_t i = mismatch_by_sixteen(a, b, near);

    if (i < near)
        return i;
    while (n - i >= CHUNK && memcmp(a + i, b + i, CHUNK) == 0)
        i += CHUNK;
    return i + mismatch_by_sixteen(a + i, b + i, n - i);
}

#endif
