#include "config.h"

#include "text/utf8.h"

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Only the second byte's range depends on the first: otherwise E0 and F0 could begin overlong
 * forms, ED surrogates, and F4 values above U+10FFFF. */
static bool is_second(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return is_tail(second);
    }
}

size_t utf8_sequence(struct span s)
{
    if (s.n == 0)
        return 0;

    unsigned char first = s.p[0];
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;

    size_t n = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (s.n < n || !is_second(first, s.p[1]))
        return 0;
    for (size_t i = 2; i < n; i++)
        if (!is_tail(s.p[i]))
            return 0;
    return n;
}

uint32_t utf8_take(struct span *at)
{
    const unsigned char *p = at->p;
    uint32_t c = p[0];
    size_t n = 1;

    if (c >= 0xF0) {
        c = (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
        n = 4;
    } else if (c >= 0xE0) {
        c = (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        n = 3;
    } else if (c >= 0x80) {
        c = (c & 0x1F) << 6 | (p[1] & 0x3Fu);
        n = 2;
    }
    at->p += n;
    at->n -= n;
    return c;
}

size_t utf8_length(uint32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

size_t utf8_put(unsigned char *out, uint32_t c)
{
    size_t n = utf8_length(c);

    if (n == 1) {
        out[0] = (unsigned char)c;
        return 1;
    }
    for (size_t i = n; --i > 0; c >>= 6)
        out[i] = (unsigned char)(0x80 | (c & 0x3F));
    out[0] = (unsigned char)(0xF00u >> n | c);
    return n;
}

size_t utf8_ascii(struct span s)
{
    size_t i = 0;

    for (uint64_t eight; s.n - i >= sizeof eight; i += sizeof eight) {
        memcpy(&eight, s.p + i, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (i < s.n && s.p[i] < 0x80)
        i++;
    return i;
}

size_t utf8_fit(struct span s, size_t most)
{
    if (s.n <= most)
        return s.n;
    /* A sequence that continues at MOST began at most three bytes before it. */
    for (size_t back = 0; back <= most && back < UTF8_MAX; back++)
        if (utf8_sequence(span_cut(s, most - back, s.n)) > back)
            return most - back;
    return most;
}

bool utf8_is_ascii(struct span s)
{
    return utf8_ascii(s) == s.n;
}

size_t utf8_count(struct span s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.n; i++)
        count += !is_tail(s.p[i]);
    return count;
}

bool utf8_has_replacement(struct span s)
{
    return s.n && memmem(s.p, s.n, "\xEF\xBF\xBD", 3);
}
