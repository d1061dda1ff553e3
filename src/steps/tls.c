/*
 * The steps for TLS.
 *
 * ja3-sort: a JA3 text, "VERSION,CIPHERS,EXTENSIONS,CURVES,FORMATS": decimals of 0 to 65535 without
 * leading zeros: one in VERSION, 0 to STEPS_ITEMS in each of the others, separated by '-'. GREASE
 * (RFC 8701: both bytes are equal and end in hex a) is left out everywhere. The extensions are
 * sorted in ascending order, because Chrome permutes them for each connection.
 *
 * ja4: JA4_r or JA4_ro, the raw forms of a JA4, as the JA4, by the specification of FoxIO,
 * https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md. Both forms of a ClientHello
 * have the same JA4: the ciphers and the extensions are sorted, and the extensions 0000 (SNI) and
 * 0010 (ALPN), which only JA4_ro has, are left out, and so is GREASE. Only JA4 is under a free
 * licence: there are no steps for JA4S, JA4H and the rest of that family.
 */
#include "config.h"

#include "steps/steps.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/sort.h"
#include "base/span.h"
#include "text/hash.h"
#include "text/hex.h"
#include "text/sha256.h"

#define LISTS          5  /* of a JA3 text */
#define JA4_START      10 /* bytes of the first section of a JA4, "t13d1516h2" */
#define JA4_DIGITS     12 /* of each other section */
#define JA4_BYTES      (JA4_START + 2 * (1 + JA4_DIGITS))
#define HEX_NUMBER     4 /* digits of a number in JA4_r */
#define EXTENSION_SNI  0x0000
#define EXTENSION_ALPN 0x0010

static int by_tls_number(const void *a, const void *b, void *context)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)context;
    return (x > y) - (x < y);
}

static bool is_grease_number(uint32_t number)
{
    return (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);
}

/* Read the decimal at *AT of LIST; *AT moves past it. False if no such number is there. */
static bool read_ja3_number(struct span list, size_t *at, uint32_t *number)
{
    size_t from = *at;

    *number = 0;
    for (; *at < list.n && ascii_is_digit(list.p[*at]) && *number <= UINT16_MAX; ++*at)
        *number = *number * 10 + (list.p[*at] - '0');
    return *at > from && *number <= UINT16_MAX && (list.p[from] != '0' || *at - from == 1);
}

/* Read the numbers of LIST, without GREASE, into NUMBERS, which has room for STEPS_ITEMS, and their
 * number into *COUNT. False if LIST is malformed. */
static bool read_ja3_list(struct span list, uint32_t *numbers, size_t *count)
{
    size_t read = 0;

    *count = 0;
    for (size_t at = 0; at < list.n; read++) {
        if (read == STEPS_ITEMS || (read && (list.p[at++] != '-' || at == list.n)) ||
            !read_ja3_number(list, &at, &numbers[*count]))
            return false;
        *count += !is_grease_number(numbers[*count]);
    }
    return true;
}

/* Append the result of ja3-sort for TEXT. False if TEXT is not a JA3 text. NUMBERS and SCRATCH have
 * room for STEPS_ITEMS each. */
static bool put_ja3(struct buf *out, struct span text, uint32_t *numbers, uint32_t *scratch)
{
    size_t from = 0, count;

    for (int i = 0; i < LISTS; i++) {
        size_t to = from;
        while (to < text.n && text.p[to] != ',')
            to++;
        struct span list = span_cut(text, from, to);
        if ((to == text.n) != (i == LISTS - 1) || !read_ja3_list(list, numbers, &count))
            return false;
        if (i == 0 && (!list.n || memchr(list.p, '-', list.n)))
            return false;
        if (i == 2)
            sort_array(numbers, count, sizeof *numbers, by_tls_number, NULL, scratch);
        if (i)
            buf_putc(out, ',');
        for (size_t k = 0; k < count; k++) {
            if (k)
                buf_putc(out, '-');
            buf_put_uint(out, numbers[k]);
        }
        from = to + 1;
    }
    return true;
}

static bool apply_ja3_sort(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span text = signal->value.text;
    struct arena_mark start = arena_mark(arena);
    struct buf out = buf_within(arena_take(arena, text.n), text.n);
    struct arena_mark end = arena_mark(arena);
    uint32_t *numbers = arena_take_array(arena, STEPS_ITEMS, sizeof *numbers);
    uint32_t *scratch = arena_take_array(arena, STEPS_ITEMS, sizeof *scratch);

    (void)call;
    if (!out.p || !numbers || !scratch)
        return false;
    if (!put_ja3(&out, text, numbers, scratch)) {
        arena_back(arena, start);
        return true;
    }
    arena_back(arena, end);
    signal->value.text = buf_span(&out);
    return true;
}

/* What put_ja4() works in. */
struct ja4_room {
    uint32_t *numbers, *scratch; /* STEPS_ITEMS each */
    struct buf text;             /* what is hashed; no longer than JA4_r */
};

/* The section of TEXT from *AT up to the next '_' or the end; *AT moves past it. False if there is
 * no more. */
static bool next_ja4_section(struct span text, size_t *at, struct span *section)
{
    size_t from = *at, to = from;

    if (from > text.n)
        return false;
    while (to < text.n && text.p[to] != '_')
        to++;
    *section = span_cut(text, from, to);
    *at = to + 1;
    return true;
}

/* Is S the first section: protocol, version, d or i for the SNI, the counts of ciphers and
 * extensions, two characters of the ALPN? */
static bool is_ja4_start(struct span s)
{
    if (s.n != JA4_START || !memchr("tqd", s.p[0], 3) || !memchr("di", s.p[3], 2))
        return false;
    if (!ascii_is_lower(s.p[1]) && !ascii_is_digit(s.p[1]))
        return false;
    for (size_t i = 2; i < 8; i++)
        if (i != 3 && !ascii_is_digit(s.p[i]))
            return false;
    return ascii_is_alnum(s.p[8]) && ascii_is_alnum(s.p[9]);
}

/* Read the number of four hex digits at P. False if they are not. */
static bool read_ja4_number(const unsigned char *p, uint32_t *number)
{
    *number = 0;
    for (int i = 0; i < HEX_NUMBER; i++) {
        if (ascii_hex(p[i]) < 0)
            return false;
        *number = *number << 4 | (uint32_t)ascii_hex(p[i]);
    }
    return true;
}

/* Read LIST as read_ja3_list() does, but hex numbers with ',' between them. */
static bool read_ja4_list(struct span list, uint32_t *numbers, size_t *count)
{
    size_t read = 0;

    *count = 0;
    for (size_t at = 0; at < list.n; at += HEX_NUMBER, read++) {
        if (read == STEPS_ITEMS || (read && list.p[at++] != ',') || list.n - at < HEX_NUMBER ||
            !read_ja4_number(list.p + at, &numbers[*count]))
            return false;
        *count += !is_grease_number(numbers[*count]);
    }
    return true;
}

/* Remove SNI and ALPN, which the first section is about, from COUNT extensions; how many stay. */
static size_t drop_sni_and_alpn(uint32_t *numbers, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (numbers[i] != EXTENSION_SNI && numbers[i] != EXTENSION_ALPN)
            numbers[kept++] = numbers[i];
    return kept;
}

static void put_ja4_list(struct buf *out, const uint32_t *numbers, size_t count)
{
    unsigned char digits[16];

    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_putc(out, ',');
        hex_put(digits, numbers[i]);
        buf_put(out, span_of(digits + sizeof digits - HEX_NUMBER, HEX_NUMBER));
    }
}

/* Append '_' and the hash of TEXT; zeros if its list is EMPTY. */
static void put_ja4_hash(struct buf *out, struct span text, bool empty)
{
    unsigned char bytes[SHA256_BYTES] = {0}, digits[16];

    if (!empty)
        sha256(bytes, text);
    hex_put(digits, hash_from_big_endian(bytes));
    buf_putc(out, '_');
    buf_put(out, span_of(digits, JA4_DIGITS));
}

/* Read the next section of TEXT, a list, into room->numbers, in ascending order, and write it as
 * room->text. If these are EXTENSIONS, without SNI and ALPN. False if it is malformed. */
static bool sort_ja4_section(struct span text, size_t *at, bool extensions,
                             struct ja4_room *room, size_t *count)
{
    struct span section;

    if (!next_ja4_section(text, at, &section) || !read_ja4_list(section, room->numbers, count))
        return false;
    if (extensions)
        *count = drop_sni_and_alpn(room->numbers, *count);
    sort_array(room->numbers, *count, sizeof *room->numbers, by_tls_number, NULL,
               room->scratch);
    buf_clear(&room->text);
    put_ja4_list(&room->text, room->numbers, *count);
    return true;
}

/* Append the result of ja4 for TEXT. False if TEXT is neither JA4_r nor JA4_ro. */
static bool put_ja4(struct buf *out, struct span text, struct ja4_room *room)
{
    size_t at = 0, count;
    struct span section;

    if (!next_ja4_section(text, &at, &section) || !is_ja4_start(section))
        return false;
    buf_put(out, section);
    if (!sort_ja4_section(text, &at, false, room, &count))
        return false;
    put_ja4_hash(out, buf_span(&room->text), !count);
    if (!sort_ja4_section(text, &at, true, room, &count))
        return false;
    bool empty = !count;
    /* The signature algorithms, in their order. Without any, no '_' is before them either. */
    if (next_ja4_section(text, &at, &section)) {
        if (!section.n || !read_ja4_list(section, room->numbers, &count) || at <= text.n)
            return false;
        if (count)
            buf_putc(&room->text, '_');
        put_ja4_list(&room->text, room->numbers, count);
    }
    put_ja4_hash(out, buf_span(&room->text), empty);
    return true;
}

static bool apply_ja4(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span text = signal->value.text;
    struct arena_mark start = arena_mark(arena);
    struct buf out = buf_within(arena_take(arena, JA4_BYTES), JA4_BYTES);
    struct arena_mark end = arena_mark(arena);
    struct ja4_room room = {arena_take_array(arena, STEPS_ITEMS, sizeof *room.numbers),
                            arena_take_array(arena, STEPS_ITEMS, sizeof *room.scratch),
                            buf_within(arena_take(arena, text.n), text.n)};

    (void)call;
    if (!out.p || !room.numbers || !room.scratch || !room.text.p)
        return false;
    if (!put_ja4(&out, text, &room)) {
        arena_back(arena, start);
        return true;
    }
    arena_back(arena, end);
    signal->value.text = buf_span(&out);
    return true;
}

/* clang-format off */
const struct step tls_steps[] = {
    {.name = "ja3-sort", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a JA3 text without GREASE, its extensions in ascending order",
     .example = "ja3-sort", .input = "\"771,2570-4865-4866,23-51-0,29-23,0\"",
     .output = "\"771,4865-4866,0-23-51,29-23,0\"", .apply = apply_ja3_sort},
    {.name = "ja4", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the JA4 of its raw form, JA4_r or JA4_ro",
     .example = "ja4", .input = "\"t13d0204h2_1301,1302_000d,002b_0403,0804\"",
     .output = "\"t13d0204h2_62ed6f6ca7ad_ef5f37ab036a\"", .apply = apply_ja4},
};
/* clang-format on */
const size_t tls_step_count = sizeof tls_steps / sizeof *tls_steps;
