#include "config.h"

#include "text/escape.h"

#include <stdio.h>

#include "base/buf.h"
#include "text/unicode_data.h"
#include "text/utf8.h"

/* Append the JSON escape of the scalar value C. */
static void put_escaped_code_point(struct buf *out, uint32_t c)
{
    char text[12];

    if (c > 0xFFFF) {
        put_escaped_code_point(out, 0xD800 + ((c - 0x10000) >> 10));
        c = 0xDC00 + (c & 0x3FF);
    }
    snprintf(text, sizeof text, "\\u%04x", (unsigned)c);
    buf_puts(out, text);
}

static void put_escaped_byte(struct buf *out, unsigned char byte)
{
    char text[8];

    snprintf(text, sizeof text, "\\x%02x", byte);
    buf_puts(out, text);
}

void escape_put_utf8(struct buf *out, struct span text)
{
    while (text.n) {
        size_t n = utf8_sequence(text);
        if (n)
            buf_put(out, span_cut(text, 0, n));
        else
            put_escaped_byte(out, text.p[0]);
        text = span_cut(text, n ? n : 1, text.n);
    }
}

void escape_put(struct buf *out, struct span text)
{
    while (text.n) {
        struct span rest = text;
        if (!utf8_sequence(text)) {
            put_escaped_byte(out, text.p[0]);
            text = span_cut(text, 1, text.n);
            continue;
        }
        uint32_t c = utf8_take(&rest);
        if (unicode_data_control(c))
            put_escaped_code_point(out, c);
        else
            buf_put(out, span_cut(text, 0, text.n - rest.n));
        text = rest;
    }
}
