#include "config.h"

#include "format/cell_text.h"

#include "base/buf.h"
#include "json/unescape.h"
#include "text/utf8.h"

/* Append the character of the escape that *AT begins with, and cut it off. */
static void put_unescaped_character(struct buf *out, struct span *at)
{
    uint32_t c = json_unescape(at);
    unsigned char *room = buf_room(out, UTF8_MAX);

    if (room)
        out->n += utf8_put(room, c >> 11 == 0xD800 >> 11 ? UTF8_REPLACEMENT : c);
}

void cell_text_put(struct buf *out, struct span value)
{
    if (value.p[0] != '"') {
        buf_put(out, value);
        return;
    }
    for (struct span raw = span_cut(value, 1, value.n - 1); raw.n;) {
        const unsigned char *backslash = memchr(raw.p, '\\', raw.n);
        size_t n = backslash ? (size_t)(backslash - raw.p) : raw.n;
        buf_put(out, span_cut(raw, 0, n));
        raw = span_cut(raw, n, raw.n);
        if (raw.n)
            put_unescaped_character(out, &raw);
    }
}
