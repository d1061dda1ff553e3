/*
 * count: how many of many small numbers are at least so large, counted many at a time.
 *
 * Each function gives how many of the N BYTES are LEAST or more. LEAST is from 1 to 128, and no
 * byte is above 127.
 */
#ifndef WHORL_BASE_COUNT_H
#define WHORL_BASE_COUNT_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define COUNT_SUMS 255 /* that a byte holds */

static inline uint32_t count_by_one(const unsigned char *bytes, uint32_t n, unsigned least)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < n; i++)
        count += bytes[i] >= least;
    return count;
}

/* By eight bytes. What is added to each lets its highest bit say whether it counts. */
static inline uint32_t count_by_eight(const unsigned char *bytes, uint32_t n, unsigned least)
{
    const uint64_t ones = 0x0101010101010101u, pairs = 0x00FF00FF00FF00FFu;
    uint32_t count = 0, i = 0;

    while (n - i >= 8) {
        uint32_t end = n - i < 8 * COUNT_SUMS ? n : i + 8 * COUNT_SUMS;
        uint64_t sums = 0;
        for (; end - i >= 8; i += 8) {
            uint64_t eight;
            memcpy(&eight, bytes + i, sizeof eight);
            sums += (eight + ones * (128 - least)) >> 7 & ones;
        }
        sums = (sums & pairs) + (sums >> 8 & pairs);
        count += (uint32_t)(sums * 0x0001000100010001u >> 48);
    }
    return count + count_by_one(bytes + i, n - i, least);
}

#ifdef __SSE2__
/* The same by sixteen bytes, with SSE2. */
static inline uint32_t count_by_sixteen(const unsigned char *bytes, uint32_t n, unsigned least)
{
    const __m128i below = _mm_set1_epi8((char)(least - 1));
    uint32_t count = 0, i = 0;

    while (n - i >= 16) {
        uint32_t end = n - i < 16 * COUNT_SUMS ? n : i + 16 * COUNT_SUMS;
        __m128i sums = _mm_setzero_si128();
        for (; end - i >= 16; i += 16) {
            __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
            sums = _mm_sub_epi8(sums, _mm_cmpgt_epi8(sixteen, below)); /* minus -1 */
        }
        sums = _mm_sad_epu8(sums, _mm_setzero_si128());
        count += (uint32_t)(_mm_extract_epi16(sums, 0) + _mm_extract_epi16(sums, 4));
    }
    return count + count_by_one(bytes + i, n - i, least);
}
#else
#define count_by_sixteen count_by_eight
#endif

#endif
