#include "config.h"

#include "format/cell_text.h"

#include "base/buf.h"
#include "json/unescape.h"
#include "text/utf8.h"

/* Write the character of the escape that *RAW begins with, and cut that off. */
static size_t unescape_character(unsigned char at[UTF8_MAX], struct span *raw)
{
    uint32_t c = json_unescape(raw);

    return utf8_put(at, c >> 11 == 0xD800 >> 11 ? UTF8_REPLACEMENT : c);
}

/* The bytes of RAW before its first backslash. */
static size_t unescaped_length(struct span raw)
{
    const unsigned char *backslash = memchr(raw.p, '\\', raw.n);

    return backslash ? (size_t)(backslash - raw.p) : raw.n;
}

void cell_text_put(struct buf *out, struct span value)
{
    if (value.p[0] != '"') {
        buf_put(out, value);
        return;
    }
    for (struct span raw = span_cut(value, 1, value.n - 1); raw.n;) {
        size_t n = unescaped_length(raw);
        buf_put(out, span_cut(raw, 0, n));
        raw = span_cut(raw, n, raw.n);
        unsigned char *room = raw.n ? buf_room(out, UTF8_MAX) : NULL;
        if (room)
            out->n += unescape_character(room, &raw);
        else if (raw.n)
            return;
    }
}

/* Write as many whole characters of TEXT as fit. */
static size_t cut_text(unsigned char *at, size_t room, struct span text)
{
    size_t n = utf8_fit(text, room);

    memcpy(at, text.p, n);
    return n;
}

size_t cell_text_cut(unsigned char *at, size_t room, struct span value)
{
    size_t done = 0;

    if (value.p[0] != '"')
        return cut_text(at, room, value);
    for (struct span raw = span_cut(value, 1, value.n - 1); raw.n;) {
        unsigned char character[UTF8_MAX];
        size_t n = unescaped_length(raw);
        size_t fitting = cut_text(at + done, room - done, span_cut(raw, 0, n));
        done += fitting;
        raw = span_cut(raw, n, raw.n);
        if (fitting < n || !raw.n)
            return done;
        size_t length = unescape_character(character, &raw);
        if (length > room - done)
            return done;
        memcpy(at + done, character, length);
        done += length;
    }
    return done;
}
