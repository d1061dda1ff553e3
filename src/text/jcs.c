#include "config.h"

#include "text/jcs.h"

#include <stdint.h>

#include "base/buf.h"
#include "text/dtoa.h"
#include "text/number.h"
#include "text/plain.h"

/* The number of bytes in S before the first one that must be escaped. */
static size_t plain_part(struct span s)
{
    return s.n ? (size_t)(plain_end(s.p, s.p + s.n) - s.p) : 0;
}

void jcs_put_escape(struct buf *out, unsigned char c)
{
    static const char letters[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    unsigned char text[6] = {'\\', c};
    size_t n = 2;

    if (c < 0x20 && letters[c]) {
        text[1] = (unsigned char)letters[c];
    } else if (c < 0x20) {
        memcpy(text, "\\u00", 4);
        text[4] = (unsigned char)('0' + (c >> 4));
        text[5] = (unsigned char)"0123456789abcdef"[c & 0xF];
        n = 6;
    }
    buf_put(out, span_of(text, n));
}

void jcs_put_string(struct buf *out, struct span s)
{
    size_t n = plain_part(s);
    unsigned char *room = buf_room(out, n + 2);

    if (!room)
        return;
    *room++ = '"';
    if (n)
        memcpy(room, s.p, n);
    out->n += n + 1;
    if (n == s.n) {
        room[n] = '"';
        out->n++;
        return;
    }
    while (n < s.n) {
        jcs_put_escape(out, s.p[n++]);
        s = span_cut(s, n, s.n);
        n = plain_part(s);
        buf_put(out, span_cut(s, 0, n));
    }
    buf_putc(out, '"');
}

/* The number of decimal digits of V, V < 10^17; 1 for 0. */
static int count_digits(uint64_t v)
{
    static const uint64_t powers[] = {
        0, /* so that 0 has a digit */
        10,
        100,
        1000,
        10000,
        100000,
        1000000,
        10000000,
        100000000,
        1000000000,
        10000000000,
        100000000000,
        1000000000000,
        10000000000000,
        100000000000000,
        1000000000000000,
        10000000000000000,
        100000000000000000,
    };
    int bits = 64 - __builtin_clzll(v | 1);
    int n = bits * 1233 >> 12; /* the floor of bits * log10(2), for up to 64 bits */

    return n + (v >= powers[n]);
}

/* Write the last N digits of V before END. Returns V without them. */
static uint64_t write_last(unsigned char *end, uint64_t v, int n)
{
    static const char pairs[] = /* of 00 to 99 */
        "0001020304050607080910111213141516171819"
        "2021222324252627282930313233343536373839"
        "4041424344454647484950515253545556575859"
        "6061626364656667686970717273747576777879"
        "8081828384858687888990919293949596979899";

    /* Four at a time, because each division of V waits for the one before. */
    for (; n >= 4; n -= 4, v /= 10000) {
        unsigned four = (unsigned)(v % 10000);
        end -= 4;
        memcpy(end, pairs + 2 * (four / 100), 2);
        memcpy(end + 2, pairs + 2 * (four % 100), 2);
    }
    for (; n > 0; n--, v /= 10)
        *--end = (unsigned char)('0' + v % 10);
    return v;
}

/* Write V, which has N digits, at OUT. Returns their end. */
static unsigned char *write_digits(unsigned char *out, uint64_t v, int n)
{
    write_last(out + n, v, n);
    return out + n;
}

static unsigned char *write_zeros(unsigned char *out, int n)
{
    memset(out, '0', (size_t)n);
    return out + n;
}

/* Write V, which has N digits, with a point after the first WHOLE of them, 0 < WHOLE <= N; without
 * a point if WHOLE is N. */
static unsigned char *write_point(unsigned char *out, uint64_t v, int n, int whole)
{
    if (whole == n)
        return write_digits(out, v, n);
    v = write_last(out + n + 1, v, n - whole);
    out[whole] = '.';
    write_last(out + whole, v, whole);
    return out + n + 1;
}

/* ECMAScript 2023, 6.1.6.1.20, Number::toString; the digits are s, COUNT is k, POINT is n. */
static unsigned char *write_decimal(unsigned char *out, struct decimal d)
{
    int count = count_digits(d.digits);
    int point = d.exponent + count;

    if (count <= point && point <= 21) {
        out = write_digits(out, d.digits, count);
        return write_zeros(out, point - count);
    }
    if (0 < point && point <= 21)
        return write_point(out, d.digits, count, point);
    if (-6 < point && point <= 0) {
        *out++ = '0';
        *out++ = '.';
        out = write_zeros(out, -point);
        return write_digits(out, d.digits, count);
    }
    int exponent = point - 1, magnitude = exponent < 0 ? -exponent : exponent;
    out = write_point(out, d.digits, count, 1);
    *out++ = 'e';
    *out++ = exponent < 0 ? '-' : '+';
    return write_digits(out, (uint64_t)magnitude, count_digits((uint64_t)magnitude));
}

size_t jcs_number(unsigned char *out, double x)
{
    unsigned char *at = out;

    if (x < 0) {
        *at++ = '-';
        x = -x;
    }
    /* Below 2^53 only the integer itself reads as it, and nothing is shorter. */
    if (x < 0x1p53 && (double)(int64_t)x == x)
        at = write_digits(at, (uint64_t)x, count_digits((uint64_t)x));
    else
        at = write_decimal(at, dtoa_shortest(x));
    return (size_t)(at - out);
}

void jcs_put_number(struct buf *out, double x)
{
    unsigned char *room = buf_room(out, NUMBER_TEXT_MAX);

    if (room)
        out->n += jcs_number(room, x);
}

/* Rank the first byte C of a code point by UTF-16 order: U+10000 and above, with 0xF0-F4, begin
 * with a surrogate in UTF-16, and so come before U+E000, with 0xEE. */
static int utf16_rank(unsigned char c)
{
    return c < 0xEE ? c : c < 0xF0 ? c + 0x10 : c - 2;
}

int jcs_compare_names(struct span a, struct span b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    size_t at = 0;

    /* Well-formed names first differ either in the first byte of a code point, or after equal first
     * bytes: then the code points have the same length, and the two orders agree. */
    while (at < n && a.p[at] == b.p[at])
        at++;
    if (at == n)
        return (a.n > b.n) - (a.n < b.n);
    return utf16_rank(a.p[at]) - utf16_rank(b.p[at]);
}

void jcs_put_name(struct buf *out, const char *name)
{
    if (!out->failed && out->n && out->p[out->n - 1] != '{')
        buf_putc(out, ',');
    jcs_put_string(out, span_text(name));
    buf_putc(out, ':');
}

void jcs_put_named_text(struct buf *out, const char *name, struct span text)
{
    jcs_put_name(out, name);
    jcs_put_string(out, text);
}

void jcs_put_named_uint(struct buf *out, const char *name, uint64_t v)
{
    jcs_put_name(out, name);
    buf_put_uint(out, v);
}
