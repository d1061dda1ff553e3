/*
 * The step for data URLs (RFC 2397) whose data is base64.
 */
#include "config.h"

#include "steps/steps.h"

#include <stdint.h>

#include "text/hash.h"

/* What each digit of base64 (RFC 4648 section 4) adds to three bytes: a table for each of its four
 * places, so that a character takes one look-up and one OR. Bits 24 to 27 say for which places it
 * is a digit. */
/* clang-format off */
#define DIGITS(D) {                                                                            \
    ['A'] = D(0), ['B'] = D(1), ['C'] = D(2), ['D'] = D(3), ['E'] = D(4), ['F'] = D(5),        \
    ['G'] = D(6), ['H'] = D(7), ['I'] = D(8), ['J'] = D(9), ['K'] = D(10), ['L'] = D(11),      \
    ['M'] = D(12), ['N'] = D(13), ['O'] = D(14), ['P'] = D(15), ['Q'] = D(16), ['R'] = D(17),  \
    ['S'] = D(18), ['T'] = D(19), ['U'] = D(20), ['V'] = D(21), ['W'] = D(22), ['X'] = D(23),  \
    ['Y'] = D(24), ['Z'] = D(25), ['a'] = D(26), ['b'] = D(27), ['c'] = D(28), ['d'] = D(29),  \
    ['e'] = D(30), ['f'] = D(31), ['g'] = D(32), ['h'] = D(33), ['i'] = D(34), ['j'] = D(35),  \
    ['k'] = D(36), ['l'] = D(37), ['m'] = D(38), ['n'] = D(39), ['o'] = D(40), ['p'] = D(41),  \
    ['q'] = D(42), ['r'] = D(43), ['s'] = D(44), ['t'] = D(45), ['u'] = D(46), ['v'] = D(47),  \
    ['w'] = D(48), ['x'] = D(49), ['y'] = D(50), ['z'] = D(51), ['0'] = D(52), ['1'] = D(53),  \
    ['2'] = D(54), ['3'] = D(55), ['4'] = D(56), ['5'] = D(57), ['6'] = D(58), ['7'] = D(59),  \
    ['8'] = D(60), ['9'] = D(61), ['+'] = D(62), ['/'] = D(63),                                \
}
/* clang-format on */
#define FIRST(v)  (1u << 24 | (v) << 18)
#define SECOND(v) (1u << 25 | (v) << 12)
#define THIRD(v)  (1u << 26 | (v) << 6)
#define FOURTH(v) (1u << 27 | (v))

static const uint32_t base64_digits[4][256] = {DIGITS(FIRST), DIGITS(SECOND), DIGITS(THIRD),
                                               DIGITS(FOURTH)};

#define ALL_DIGITS 0x0F000000u

/* Decode the four characters at P to three bytes at OUT. Returns their bits, with all of ALL_DIGITS
 * only if each character is a digit. */
static uint32_t decode_base64_group(const unsigned char *p, unsigned char *out)
{
    uint32_t bits = base64_digits[0][p[0]] | base64_digits[1][p[1]] | base64_digits[2][p[2]] |
                    base64_digits[3][p[3]];

    out[0] = (unsigned char)(bits >> 16);
    out[1] = (unsigned char)(bits >> 8);
    out[2] = (unsigned char)bits;
    return bits;
}

/* Decode the base64 text S to *COUNT bytes at OUT, which has room for S.n / 4 * 3. False if S is
 * not canonical (RFC 4648 sections 3 and 4): padded, without line breaks, the unused bits 0. */
static bool decode_base64(struct span s, unsigned char *out, size_t *count)
{
    unsigned char last[4] = {'A', 'A', 'A', 'A'}; /* the padding reads as bits of 0 */
    uint32_t all = ALL_DIGITS, bits;
    size_t padding, n = 0;

    *count = 0;
    if (s.n % 4)
        return false;
    if (!s.n)
        return true;
    for (size_t at = 0; at < s.n - 4; at += 4, n += 3)
        all &= decode_base64_group(s.p + at, out + n);
    padding = s.p[s.n - 1] != '=' ? 0 : s.p[s.n - 2] != '=' ? 1 : 2;
    memcpy(last, s.p + s.n - 4, 4 - padding);
    bits = decode_base64_group(last, out + n);
    all &= bits;
    *count = n + 3 - padding;
    return all == ALL_DIGITS && !(bits & ((1u << 8 * padding) - 1));
}

static uint32_t png_length(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Remove the private chunks from the PNG file of N bytes at P. Returns the size that is left. They
 * do not change the pixels: Firefox 153 puts random bytes into each picture that it exports. A
 * chunk (PNG specification 5.3) is the length of its data, its type, the data, and a CRC. */
static size_t without_private_chunks(unsigned char *p, size_t n)
{
    static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    size_t from = sizeof signature, to = from;

    if (n < sizeof signature || memcmp(p, signature, sizeof signature) != 0)
        return n;
    while (n - from >= 12) {
        size_t data = png_length(p + from), type = p[from + 5];
        if (data > n - from - 12)
            break;
        if (type < 'a' || type > 'z') {
            memmove(p + to, p + from, data + 12);
            to += data + 12;
        }
        from += data + 12;
    }
    memmove(p + to, p + from, n - from);
    return to + n - from;
}

/* Cut S, of the form data:MIME;base64,DATA, into MIME, which is not empty and has no comma,
 * and DATA. False if it is of another form. */
static bool cut_data_url(struct span s, struct span *mime, struct span *data)
{
    static const char head[] = "data:", tail[] = ";base64";
    size_t from = sizeof head - 1, tail_size = sizeof tail - 1;

    if (!span_begins(s, span_text(head)))
        return false;
    const unsigned char *comma = memchr(s.p + from, ',', s.n - from);
    if (!comma)
        return false;
    size_t to = (size_t)(comma - s.p);
    if (to - from <= tail_size || memcmp(comma - tail_size, tail, tail_size) != 0)
        return false;
    *mime = span_cut(s, from, to - tail_size);
    *data = span_cut(s, to + 1, s.n);
    return true;
}

static bool apply_data_url(const struct call *call, struct signal *signal, struct arena *arena)
{
    struct span mime, data;
    size_t count;

    (void)call;
    if (!cut_data_url(signal->value.text, &mime, &data))
        return true;
    size_t size = mime.n + 1 + 2 * sizeof(struct hash128);
    struct arena_mark start = arena_mark(arena);
    struct buf text = buf_within(arena_take(arena, size), size);
    struct arena_mark end = arena_mark(arena);
    unsigned char *bytes = arena_take_array(arena, data.n / 4, 3);
    if (!text.p || !bytes)
        return false;
    if (!decode_base64(data, bytes, &count)) {
        arena_back(arena, start);
        return true;
    }
    if (span_equal(mime, span_text("image/png")))
        count = without_private_chunks(bytes, count);
    buf_put(&text, mime);
    buf_putc(&text, ':');
    hash_put128(&text, hash128(span_of(bytes, count)));
    arena_back(arena, end);
    signal->value.text = buf_span(&text);
    return true;
}

/* clang-format off */
const struct step data_url_steps[] = {
    {.name = "data-url", .arguments = "", .takes = TAKES_STRING,
     .meaning = "data:MIME;base64,... as MIME: and the XXH3-128 of its bytes, "
                "of a PNG without its private chunks",
     .example = "data-url", .input = "\"data:text/plain;base64,SGVsbG8=\"",
     .output = "\"text/plain:1bfd09d1a433fb78117b4c7b1583d16d\"", .apply = apply_data_url},
};
/* clang-format on */
const size_t data_url_step_count = sizeof data_url_steps / sizeof *data_url_steps;
