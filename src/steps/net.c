/*
 * The steps for the network: addresses.
 *
 * ip(v4,v6): the network of the first v4 bits (0 to 32) of an IPv4 address, or of the first v6 bits
 * (0 to 128) of an IPv6 address, as ADDRESS/BITS. IPv4 is four decimals of 0 to 255 without leading
 * zeros, separated by '.'. IPv6 has the forms of RFC 4291 section 2.2, also with an IPv4 address as
 * its last four bytes; a zone, '%' and at least one character, is left out. An IPv4 address in IPv6
 * (::ffff:0:0/96), which servers with one socket for both report, counts as that IPv4 address. The
 * network's address is written by RFC 5952 section 4.
 */
#include "config.h"

#include "steps/steps.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/span.h"

#define V4_BYTES       4
#define V6_BYTES       16
#define V6_GROUPS      8
#define NETWORK_MAX    48 /* of the text of a network: 39 and "/128" */

static struct fault prepare_ip(struct call *call, size_t end, struct arena *arena)
{
    static const int most[2] = {8 * V4_BYTES, 8 * V6_BYTES};
    size_t i;

    (void)arena;
    for (i = 0; i < call->count; i++) {
        const struct value *v = &call->arguments[i].value;
        if (i == 2 || v->type != VALUE_NUMBER || v->number < 0 || v->number > most[i])
            break;
        if ((int)v->number != v->number)
            break;
    }
    if (i == 2 && call->count == 2)
        return FAULT_NONE;
    return call_fault(call, end, i,
                      "expected the bits of an IPv4 network, 0 to 32, and of an IPv6 network, "
                      "0 to 128");
}

/* Read the decimal at *AT of S, with at most DIGITS digits, at most MOST and without leading zeros;
 * *AT moves past it. False if no such number is there. */
static bool read_decimal(struct span s, size_t *at, int digits, uint32_t most, uint32_t *number)
{
    size_t from = *at;

    *number = 0;
    for (; *at < s.n && ascii_is_digit(s.p[*at]) && digits; ++*at, digits--)
        *number = *number * 10 + (s.p[*at] - '0');
    return *at > from && *number <= most && !(s.p[from] == '0' && *at - from > 1) &&
           !(*at < s.n && ascii_is_digit(s.p[*at]));
}

/* Read the IPv4 address S into the 4 bytes at OUT. False if S is not one. */
static bool read_v4(struct span s, unsigned char *out)
{
    size_t at = 0;

    for (int i = 0; i < V4_BYTES; i++) {
        uint32_t number;
        if (i && (at == s.n || s.p[at++] != '.'))
            return false;
        if (!read_decimal(s, &at, 3, 255, &number))
            return false;
        out[i] = (unsigned char)number;
    }
    return at == s.n;
}

/* Read the group of 1 to 4 hex digits S into the 2 bytes at OUT. False if S is not one. */
static bool read_v6_group(struct span s, unsigned char *out)
{
    unsigned number = 0;

    if (s.n == 0 || s.n > 4)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = ascii_lower(s.p[i]);
        if (ascii_hex(c) < 0)
            return false;
        number = number << 4 | (unsigned)ascii_hex(c);
    }
    out[0] = (unsigned char)(number >> 8);
    out[1] = (unsigned char)number;
    return true;
}

/* Read the IPv6 address S into the 16 bytes at OUT. False if S is not one. */
static bool read_v6(struct span s, unsigned char *out)
{
    size_t n = 0, gap = SIZE_MAX, at = 0;
    const unsigned char *zone = s.n ? memchr(s.p, '%', s.n) : NULL;

    if (zone) {
        if (zone == s.p + s.n - 1)
            return false;
        s.n = (size_t)(zone - s.p);
    }
    if (s.n >= 2 && s.p[0] == ':' && s.p[1] == ':') {
        gap = 0;
        at = 2;
    }
    while (at < s.n) {
        size_t end = at;
        while (end < s.n && s.p[end] != ':')
            end++;
        struct span group = span_cut(s, at, end);
        if (end == s.n && n <= V6_BYTES - V4_BYTES && read_v4(group, out + n)) {
            n += V4_BYTES;
            break;
        }
        if (n == V6_BYTES || !read_v6_group(group, out + n))
            return false;
        n += 2;
        at = end;
        if (at == s.n)
            break;
        at++; /* a ':', which a group or the other ':' of a gap must follow */
        if (at == s.n)
            return false;
        if (s.p[at] == ':') {
            if (gap != SIZE_MAX)
                return false;
            gap = n;
            at++;
        }
    }
    if (gap == SIZE_MAX ? n != V6_BYTES : n > V6_BYTES - 2)
        return false;
    if (gap != SIZE_MAX) {
        size_t after = n - gap;
        memmove(out + V6_BYTES - after, out + gap, after);
        memset(out + gap, 0, V6_BYTES - n);
    }
    return true;
}

/* Clear all but the first BITS bits of the COUNT bytes at P. */
static void clear_host_bits(unsigned char *p, int count, int bits)
{
    for (int i = 0; i < count; i++, bits -= 8)
        if (bits < 8)
            p[i] = (unsigned char)(bits <= 0 ? 0 : p[i] & 0xFF << (8 - bits));
}

static void put_v4(struct buf *out, const unsigned char *p)
{
    for (int i = 0; i < V4_BYTES; i++) {
        if (i)
            buf_putc(out, '.');
        buf_put_uint(out, p[i]);
    }
}

/* The number of groups from FROM on that are 0 in a row. */
static int count_zero_groups(const unsigned char *p, int from)
{
    int to = from;

    while (to < V6_GROUPS && !p[2 * to] && !p[2 * to + 1])
        to++;
    return to - from;
}

/* Append the IPv6 address at P in the form of RFC 5952 section 4: lower case, no leading zeros, the
 * first of the longest runs of at least two groups of 0 as "::". */
static void put_v6(struct buf *out, const unsigned char *p)
{
    static const char hex[] = "0123456789abcdef";
    int gap = -1, length = 1;

    for (int i = 0; i < V6_GROUPS; i++)
        if (count_zero_groups(p, i) > length) {
            gap = i;
            length = count_zero_groups(p, i);
        }
    for (int i = 0; i < V6_GROUPS; i++) {
        if (i == gap) {
            buf_puts(out, "::");
            i += length - 1;
            continue;
        }
        if (i && i != gap + length)
            buf_putc(out, ':');
        unsigned group = (unsigned)p[2 * i] << 8 | p[2 * i + 1];
        for (int shift = 12; shift >= 0; shift -= 4)
            if (group >> shift || !shift)
                buf_putc(out, (unsigned char)hex[group >> shift & 15]);
    }
}

static bool apply_ip(const struct call *call, struct signal *signal, struct arena *arena)
{
    static const unsigned char mapped[V6_BYTES - V4_BYTES] = {[10] = 0xFF, [11] = 0xFF};
    unsigned char bytes[V6_BYTES], *p = bytes;
    bool v4 = read_v4(signal->value.text, bytes);

    if (!v4 && !read_v6(signal->value.text, bytes))
        return true;
    if (!v4 && memcmp(bytes, mapped, sizeof mapped) == 0) {
        p += sizeof mapped;
        v4 = true;
    }
    struct buf out = buf_within(arena_take(arena, NETWORK_MAX), NETWORK_MAX);
    if (!out.p)
        return false;
    clear_host_bits(p, v4 ? V4_BYTES : V6_BYTES, call_whole(call, !v4));
    if (v4)
        put_v4(&out, p);
    else
        put_v6(&out, p);
    buf_putc(&out, '/');
    buf_put_uint(&out, (unsigned)call_whole(call, !v4));
    signal->value.text = buf_span(&out);
    return true;
}

/* clang-format off */
const struct step net_steps[] = {
    {.name = "ip", .arguments = "(v4,v6)", .takes = TAKES_STRING,
     .meaning = "the network of the first v4 or v6 bits of an IP address, as RFC 5952 has it",
     .example = "ip(24,48)", .input = "\"2001:DB8:0:12::7\"", .output = "\"2001:db8::/48\"",
     .prepare = prepare_ip, .apply = apply_ip},
};
/* clang-format on */
const size_t net_step_count = sizeof net_steps / sizeof *net_steps;
