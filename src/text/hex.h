/*
 * hex: 64 bits as 16 lower-case hex digits, the most significant first. Inlined: a line of
 * output has 1,500 of them.
 */
#ifndef WHORL_TEXT_HEX_H
#define WHORL_TEXT_HEX_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Write V at OUT, eight digits at once, each in one byte of a word. */
static inline void hex_by_eight(unsigned char *out, uint64_t v)
{
    const uint64_t each = 0x0101010101010101;

    for (int half = 0; half < 2; half++, v <<= 32) {
        uint64_t x = v >> 32;
        x = (x << 16 | x) & 0x0000FFFF0000FFFF;
        x = (x << 8 | x) & 0x00FF00FF00FF00FF;
        x = (x << 4 | x) & each * 0xF;
        uint64_t letters = (x + each * 6) >> 4 & each; /* 1 in each byte that is 10 or more */
        x = htobe64(x + each * '0' + letters * ('a' - '0' - 10));
        memcpy(out + 8 * half, &x, sizeof x);
    }
}

#ifdef __SSE2__
/* The same, sixteen at once, with SSE2. */
static inline void hex_by_sixteen(unsigned char *out, uint64_t v)
{
    const __m128i digit = _mm_set1_epi8(0xF);
    __m128i bytes = _mm_cvtsi64_si128((long long)htobe64(v));
    __m128i high = _mm_and_si128(_mm_srli_epi64(bytes, 4), digit);
    __m128i x = _mm_unpacklo_epi8(high, _mm_and_si128(bytes, digit));
    __m128i letters = _mm_cmpgt_epi8(x, _mm_set1_epi8(9));

    x = _mm_add_epi8(x, _mm_set1_epi8('0'));
    x = _mm_add_epi8(x, _mm_and_si128(letters, _mm_set1_epi8('a' - '0' - 10)));
    _mm_storeu_si128((__m128i *)(void *)out, x);
}
#endif

/* Write V at OUT by the faster way. */
static inline void hex_put(unsigned char *out, uint64_t v)
{
#ifdef __SSE2__
    hex_by_sixteen(out, v);
#else
    hex_by_eight(out, v);
#endif
}

#endif
