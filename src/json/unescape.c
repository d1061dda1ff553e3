#include "config.h"

#include "json/unescape.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "text/utf8.h"

/* The value of the four hex digits at P, of either case. */
static uint32_t hex4(const unsigned char *p)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++)
        value = value << 4 | (uint32_t)ascii_hex(p[i] | 0x20);
    return value;
}

uint32_t json_unescape(struct span *at)
{
    static const unsigned char letters[256] = {
        ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
    };
    const unsigned char *p = at->p;
    size_t used = 2;
    uint32_t c = letters[p[1]] ? letters[p[1]] : p[1];

    if (c == 'u') {
        c = hex4(p + 2);
        used = 6;
        if (c >> 10 == 0xD800 >> 10 && at->n >= 12 && p[6] == '\\' && p[7] == 'u') {
            uint32_t low = hex4(p + 8);
            if (low >> 10 == 0xDC00 >> 10) {
                c = 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF));
                used = 12;
            }
        }
    }
    *at = span_cut(*at, used, at->n);
    return c;
}

struct span json_unescaped(struct span raw, struct arena *arena)
{
    unsigned char *text = arena_take(arena, raw.n); /* no escape is shorter than its text */
    if (!text)
        return SPAN_FAILED;
    size_t n = 0;
    const unsigned char *backslash = memchr(raw.p, '\\', raw.n);
    for (; backslash; backslash = raw.n ? memchr(raw.p, '\\', raw.n) : NULL) {
        size_t plain = (size_t)(backslash - raw.p);
        memcpy(text + n, raw.p, plain);
        n += plain;
        raw = span_cut(raw, plain, raw.n);
        uint32_t c = json_unescape(&raw);
        n += utf8_put(text + n, c >> 11 == 0xD800 >> 11 ? UTF8_REPLACEMENT : c);
    }
    memcpy(text + n, raw.p, raw.n);
    n += raw.n;
    arena_trim(arena, text, n);
    return span_of(text, n);
}
