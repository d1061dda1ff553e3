/* The decoders of gzip: they read all headers that RFC 1952 allows, in pieces of any size, and
 * check all that gzip -t checks. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "stream/codec.h"
#include "unit.h"

#define TEXT "{\"a\":1}\n"

static const struct codec_decoder *const decoders[] = {
    &decoder_gzip_zlib,
#ifdef HAVE_ISAL
    &decoder_gzip_isal,
#endif
};
#define DECODERS (sizeof decoders / sizeof *decoders)

/* RFC 1952, section 2.3.1. */
enum flag { FTEXT = 1, FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, ALL = 32 };

/* The CRC-32 of S, bit by bit, by the polynomial of RFC 1952, section 8. */
static uint32_t crc32_of(struct span s)
{
    uint32_t crc = 0xFFFFFFFF;

    for (size_t i = 0; i < s.n; i++) {
        crc ^= s.p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static void put_little(struct buf *out, uint32_t value, int bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        buf_putc(out, (unsigned char)value);
}

static void put_many(struct buf *out, char c, size_t n)
{
    while (n-- > 0)
        buf_putc(out, (unsigned char)c);
}

/* Put a header with FLAGS, with N bytes in each part that they announce. */
static void put_header(struct buf *out, unsigned flags, size_t n)
{
    size_t start = out->n;

    buf_puts(out, "\x1F\x8B\x08");
    buf_putc(out, (unsigned char)flags);
    put_little(out, 1234567890, 4);
    buf_puts(out, "\x02\x03");
    if (flags & FEXTRA) {
        put_little(out, (uint32_t)n, 2);
        put_many(out, '\0', n);
    }
    for (unsigned flag = FNAME; flag <= FCOMMENT; flag *= 2)
        if (flags & flag) {
            put_many(out, 'x', n);
            buf_putc(out, '\0');
        }
    if (flags & FHCRC)
        put_little(out, crc32_of(span_cut(buf_span(out), start, out->n)) & 0xFFFF, 2);
}

/* TEXT as one stored block (RFC 1951, section 3.2.4), CRC and length. */
static void put_body(struct buf *out)
{
    struct span text = span_text(TEXT);

    buf_putc(out, 1);
    put_little(out, (uint32_t)text.n, 2);
    put_little(out, (uint32_t)~text.n & 0xFFFF, 2);
    buf_put(out, text);
    put_little(out, crc32_of(text), 4);
    put_little(out, (uint32_t)text.n, 4);
}

/* Decode by DECODER the members in BYTES: first FIRST bytes, then PIECE at a time, into ROOM bytes
 * at a time. The output goes to OUT. Returns the state at the end, CODEC_DONE only after a complete
 * member. */
static enum codec_state decode(const struct codec_decoder *decoder, struct span bytes,
                               size_t first, size_t piece, size_t room, struct buf *out)
{
    void *gunzip = decoder->make(CODEC_WINDOW_LOG);
    unsigned char *to = malloc(room);
    struct span in = span_cut(bytes, 0, first);
    enum codec_state state = CODEC_MORE;

    buf_clear(out);
    while (gunzip && to) {
        size_t made = 0, before = in.n;
        state = decoder->run(gunzip, &in, to, room, &made);
        buf_put(out, span_of(to, made));
        size_t used = (size_t)(in.p - bytes.p), there = used + in.n;
        if (state == CODEC_DONE && used < bytes.n)
            decoder->reset(gunzip);
        else if (state != CODEC_MORE)
            break;
        if (state == CODEC_MORE && !made && in.n == before) {
            if (there == bytes.n)
                break;
            in = span_cut(bytes, used, there + piece < bytes.n ? there + piece : bytes.n);
        }
    }
    decoder->free(gunzip);
    free(to);
    return state;
}

/* With DECODER, BYTES must give WANT and end in STATE, for pieces of any size. */
static void check_pieces(const struct codec_decoder *decoder, struct span bytes,
                         enum codec_state state, const char *want)
{
    struct buf out = BUF_EMPTY;

    for (size_t first = 0; first <= bytes.n; first++)
        for (size_t piece = 1; piece <= bytes.n; piece += bytes.n - 1)
            for (size_t room = 1; room <= 1000; room += 999) {
                CHECK(decode(decoder, bytes, first, piece, room, &out) == state);
                CHECK_TEXT(buf_span(&out), want);
            }
    buf_free(&out);
}

/* The same by each decoder. */
static void check_everywhere(struct span bytes, enum codec_state state, const char *want)
{
    for (size_t i = 0; i < DECODERS; i++)
        check_pieces(decoders[i], bytes, state, want);
}

UNIT_TEST(headers_with_any_flags_are_read_wherever_the_input_ends)
{
    struct buf bytes = BUF_EMPTY;

    for (unsigned flags = 0; flags < ALL; flags++)
        for (size_t n = 0; n <= 5; n += 5) {
            buf_clear(&bytes);
            put_header(&bytes, flags, n);
            put_body(&bytes);
            put_header(&bytes, flags, 2);
            put_body(&bytes);
            check_everywhere(buf_span(&bytes), CODEC_DONE, TEXT TEXT);
        }
    buf_free(&bytes);
}

UNIT_TEST(a_wrong_header_checksum_is_damage_wherever_the_input_ends)
{
    struct buf bytes = BUF_EMPTY;

    for (unsigned flags = FHCRC; flags < ALL; flags++) {
        if (!(flags & FHCRC))
            continue;
        for (unsigned char bit = 1; bit; bit = (unsigned char)(bit << 1)) {
            buf_clear(&bytes);
            put_header(&bytes, flags, 3);
            bytes.p[bytes.n - 1 - bit % 3 % 2] ^= bit;
            put_body(&bytes);
            check_everywhere(buf_span(&bytes), CODEC_BAD, "");
        }
    }
    buf_free(&bytes);
}

UNIT_TEST(other_methods_and_reserved_flags_are_refused_as_RFC_1952_has_it)
{
    struct buf bytes = BUF_EMPTY;

    for (unsigned flags = ALL; flags < 256; flags += ALL) {
        buf_clear(&bytes);
        put_header(&bytes, flags, 0);
        put_body(&bytes);
        check_everywhere(buf_span(&bytes), CODEC_BAD, "");
    }
    for (unsigned char method = 0; method < 20; method++) {
        buf_clear(&bytes);
        put_header(&bytes, 0, 0);
        put_body(&bytes);
        bytes.p[2] = method;
        if (method != 8)
            check_everywhere(buf_span(&bytes), CODEC_BAD, "");
    }
    buf_free(&bytes);
}

UNIT_TEST(parts_of_a_header_may_be_long)
{
    struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;

    for (size_t n = 65535; n < 1000000; n *= 7)
        for (unsigned flags = FHCRC; flags < ALL; flags += FEXTRA) {
            buf_clear(&bytes);
            put_header(&bytes, n > 65535 ? flags & ~(unsigned)FEXTRA : flags, n);
            put_body(&bytes);
            for (size_t piece = 1; piece <= 10000; piece *= 100)
                for (size_t i = 0; i < DECODERS; i++) {
                    CHECK(decode(decoders[i], buf_span(&bytes), piece, piece, 1000, &out) ==
                          CODEC_DONE);
                    CHECK_TEXT(buf_span(&out), TEXT);
                }
        }
    buf_free(&bytes);
    buf_free(&out);
}

UNIT_TEST(each_bit_of_checksum_and_length_is_compared)
{
    struct buf bytes = BUF_EMPTY;

    for (size_t bit = 0; bit < 64; bit++) {
        buf_clear(&bytes);
        put_header(&bytes, 0, 0);
        put_body(&bytes);
        bytes.p[bytes.n - 8 + bit / 8] ^= (unsigned char)(1 << bit % 8);
        check_everywhere(buf_span(&bytes), CODEC_BAD, TEXT);
    }
    buf_free(&bytes);
}

/* A sequence of bits, the lowest first (RFC 1951, section 3.1.1). */
struct bits {
    struct buf *out;
    unsigned held, n;
};

static void put_bits(struct bits *bits, unsigned value, unsigned n)
{
    for (; n > 0; n--, value >>= 1) {
        bits->held |= (value & 1) << bits->n++;
        if (bits->n < 8)
            continue;
        buf_putc(bits->out, (unsigned char)bits->held);
        bits->held = bits->n = 0;
    }
}

/* A Huffman code, which has its highest bit first. */
static void put_code(struct bits *bits, unsigned code, unsigned n)
{
    while (n-- > 0)
        put_bits(bits, code >> n & 1, 1);
}

/* Damage that no encoder writes, in a block of fixed codes (section 3.2.6). */
enum damage { TOO_FAR, NO_DISTANCE, NO_LENGTH };

/* A member that is damaged after N bytes of text, which is N mod 7 in digits. */
static void put_damaged(struct buf *out, size_t n, enum damage damage)
{
    struct bits bits = {.out = out};

    put_header(out, 0, 0);
    put_bits(&bits, 3, 3);
    for (size_t i = 0; i < n; i++)
        put_code(&bits, 0x30 + '0' + (unsigned)(i % 7), 8);
    put_code(&bits, damage == NO_LENGTH ? 0xC6 : 0xC5, 8); /* 286; 285, a length of 258 */
    put_code(&bits, damage == NO_DISTANCE ? 30 : 29, 5);
    put_bits(&bits, 8191, 13); /* 32768 back */
    for (int i = 0; i < 100; i++)
        put_code(&bits, 0x30 + '!', 8);
    put_code(&bits, 0, 7);
    put_bits(&bits, 0, 7);
    put_many(out, '\0', 8);
}

/* A damaged member after a good one gives exactly the N bytes of text before the damage, and no
 * byte left over from the other member. */
static void check_damaged(size_t n, enum damage damage, size_t piece, size_t room)
{
    struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;

    put_header(&bytes, 0, 0);
    put_body(&bytes);
    put_damaged(&bytes, n, damage);
    for (size_t k = 0; k < DECODERS; k++) {
        CHECK(decode(decoders[k], buf_span(&bytes), piece, piece, room, &out) == CODEC_BAD);
        CHECK(out.n == strlen(TEXT) + n);
        CHECK(span_begins(buf_span(&out), span_text(TEXT)));
        for (size_t i = 0; i < n && strlen(TEXT) + i < out.n; i++)
            CHECK(out.p[strlen(TEXT) + i] == '0' + i % 7);
    }
    buf_free(&bytes);
    buf_free(&out);
}

UNIT_TEST(what_came_before_damage_is_given_to_the_last_byte_and_nothing_else)
{
    static const size_t lengths[] = {0, 1, 3, 7, 100, 32767, 32768, 65536, 70000, 200000};
    static const size_t rooms[] = {1000, 40000, 1000000};

    for (int damage = TOO_FAR; damage <= NO_LENGTH; damage++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            if (damage == TOO_FAR && lengths[i] >= 32768)
                break;
            for (size_t j = 0; j < sizeof rooms / sizeof *rooms; j++)
                for (size_t piece = 1000; piece <= 1000000; piece *= 1000)
                    check_damaged(lengths[i], (enum damage)damage, piece, rooms[j]);
            for (size_t piece = 1; piece <= 200 && lengths[i] <= 100; piece++)
                for (size_t room = 1; room <= 130; room += 43)
                    check_damaged(lengths[i], (enum damage)damage, piece, room);
        }
}

UNIT_TEST(no_prefix_of_a_member_is_one)
{
    struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;

    put_header(&bytes, ALL - 1, 3);
    put_body(&bytes);
    for (size_t n = 0; n < bytes.n; n++)
        for (size_t first = 0; first <= n; first++)
            for (size_t i = 0; i < DECODERS; i++) {
                CHECK(decode(decoders[i], span_of(bytes.p, n), first, 1, 1000, &out) ==
                      CODEC_MORE);
                CHECK(span_begins(span_text(TEXT), buf_span(&out)));
            }
    buf_free(&bytes);
    buf_free(&out);
}

/* A block whose set of distance codes is incomplete: one code of two bits, so three of four are
 * without a symbol (RFC 1951, section 3.2.7). The text has only literals, so no code is
 * missed. */
static void put_incomplete(struct buf *out)
{
    /* Code lengths in the order 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1: 18 and 1 and 2. */
    static const unsigned char lengths[] = {0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                            0, 0, 0, 2, 0, 1};
    struct bits bits = {.out = out};
    struct span text = span_text("a");

    put_header(out, 0, 0);
    put_bits(&bits, 1 | 2 << 1, 3);
    put_bits(&bits, 0, 5);                  /* 257 literals and lengths */
    put_bits(&bits, 0, 5);                  /* 1 distance */
    put_bits(&bits, sizeof lengths - 4, 4); /* so many lengths of code lengths */
    for (size_t i = 0; i < sizeof lengths; i++)
        put_bits(&bits, lengths[i], 3);
    /* The codes: 0 for 1, 10 for 2, 11 for 18, which is 11 to 138 zeros by 7 bits. */
    put_code(&bits, 3, 2);
    put_bits(&bits, 97 - 11, 7); /* up to 'a' */
    put_code(&bits, 0, 1);       /* 'a' by one bit */
    put_code(&bits, 3, 2);
    put_bits(&bits, 138 - 11, 7);
    put_code(&bits, 3, 2);
    put_bits(&bits, 20 - 11, 7); /* up to 256, the end of the block, */
    put_code(&bits, 0, 1);       /* by one bit */
    put_code(&bits, 2, 2);       /* distance 1 by two */
    put_code(&bits, 0, 1);       /* 'a' */
    put_code(&bits, 1, 1);       /* the end */
    put_bits(&bits, 0, 7);
    put_little(out, crc32_of(text), 4);
    put_little(out, (uint32_t)text.n, 4);
}

/* As codec.h says about the two. */
UNIT_TEST(incomplete_codes_are_damage_to_zlib_and_may_be_text_to_ISA_L)
{
    struct buf bytes = BUF_EMPTY, out = BUF_EMPTY;

    put_incomplete(&bytes);
    check_pieces(&decoder_gzip_zlib, buf_span(&bytes), CODEC_BAD, "");
#ifdef HAVE_ISAL
    enum codec_state state = decode(&decoder_gzip_isal, buf_span(&bytes), 0, 1, 1000, &out);
    CHECK(state == CODEC_BAD || state == CODEC_DONE);
    CHECK_TEXT(buf_span(&out), state == CODEC_DONE ? "a" : "");
#endif
    buf_free(&bytes);
    buf_free(&out);
}

int main(void)
{
    return unit_run();
}
