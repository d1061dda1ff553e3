#include "config.h"

#include "format/tsv_text.h"

#include "base/buf.h"
#include "json/unescape.h"
#include "text/utf8.h"

/* The letter of the escape of each byte that has one. */
static const unsigned char tsv_letters[256] = {
    ['\0'] = '0', ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',
    ['\v'] = 'v', ['\f'] = 'f', ['\r'] = 'r', ['\\'] = '\\',
};

/* The number of bytes at the beginning of TEXT that have no escape. Objects and arrays are long, and
 * mostly have none, so eight bytes are looked at in one word: is one of them below 0x20, or a
 * backslash? */
static size_t count_plain_bytes(struct span text)
{
    const uint64_t each = 0x0101010101010101;
    size_t n = 0;

    for (uint64_t word; text.n - n >= sizeof word; n += sizeof word) {
        memcpy(&word, text.p + n, sizeof word);
        uint64_t other = word ^ each * '\\';
        if (((word - each * 0x20) & ~word & each * 0x80) ||
            ((other - each) & ~other & each * 0x80))
            break;
    }
    while (n < text.n && !tsv_letters[text.p[n]])
        n++;
    return n;
}

/* Append the escape of C, which has one; NEXT comes after it. */
static void put_tsv_escape(struct buf *out, unsigned char c, uint32_t next)
{
    if (!c && next >= '0' && next <= '7') {
        buf_puts(out, "\\x00");
        return;
    }
    buf_putc(out, '\\');
    buf_putc(out, tsv_letters[c]);
}

void tsv_put_text(struct buf *out, struct span text)
{
    while (text.n) {
        size_t n = count_plain_bytes(text);
        buf_put(out, span_cut(text, 0, n));
        if (n == text.n)
            return;
        put_tsv_escape(out, text.p[n], n + 1 < text.n ? text.p[n + 1] : 0);
        text = span_cut(text, n + 1, text.n);
    }
}

/* The first character of RAW, the text of a JSON string; 0 if it is empty. Bytes beyond ASCII are
 * not joined. */
static uint32_t first_of_string(struct span raw)
{
    if (!raw.n)
        return 0;
    return raw.p[0] == '\\' ? json_unescape(&raw) : raw.p[0];
}

/* Append the character of the escape that *AT begins with, and cut it off. */
static void put_tsv_character(struct buf *out, struct span *at)
{
    uint32_t c = json_unescape(at);

    if (c < 0x80 && tsv_letters[c]) {
        put_tsv_escape(out, (unsigned char)c, c ? 0 : first_of_string(*at));
        return;
    }
    unsigned char *room = buf_room(out, UTF8_MAX);
    if (room)
        out->n += utf8_put(room, c >> 11 == 0xD800 >> 11 ? UTF8_REPLACEMENT : c);
}

/* Append the string with the text RAW, in which control characters are escaped. */
static void put_tsv_string(struct buf *out, struct span raw)
{
    while (raw.n) {
        const unsigned char *backslash = memchr(raw.p, '\\', raw.n);
        size_t n = backslash ? (size_t)(backslash - raw.p) : raw.n;
        buf_put(out, span_cut(raw, 0, n));
        raw = span_cut(raw, n, raw.n);
        if (raw.n)
            put_tsv_character(out, &raw);
    }
}

void tsv_put_json(struct buf *out, struct span value)
{
    if (value.p[0] == '"')
        put_tsv_string(out, span_cut(value, 1, value.n - 1));
    else if (span_equal(value, span_text("null")))
        buf_puts(out, TSV_NULL);
    else
        tsv_put_text(out, value);
}
