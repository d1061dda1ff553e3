#include "config.h"

#include "text/plain.h"

#ifdef __SSE2__
static inline const unsigned char *
plain_by_64(const unsigned char *p, const unsigned char *end, const int ascii_only)
{
    for (; end - p >= 64; p += 64) {
        __m128i others = _mm_or_si128(
            _mm_or_si128(plain_others(p, ascii_only), plain_others(p + 16, ascii_only)),
            _mm_or_si128(plain_others(p + 32, ascii_only), plain_others(p + 48, ascii_only)));
        if (_mm_movemask_epi8(others))
            break;
    }
    for (; end - p >= 16; p += 16) {
        unsigned found = (unsigned)_mm_movemask_epi8(plain_others(p, ascii_only));
        if (found)
            return p + __builtin_ctz(found);
    }
    return plain_by_eight(p, end, ascii_only);
}

const unsigned char *plain_far(const unsigned char *p, const unsigned char *end)
{
    return plain_by_64(p, end, 0);
}

const unsigned char *plain_ascii_far(const unsigned char *p, const unsigned char *end)
{
    return plain_by_64(p, end, 1);
}
#endif
