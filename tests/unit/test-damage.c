/* The output before damage is the same for all sizes of input and room, and is what the data had
 * there. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "stream/codec.h"
#include "unit.h"

#define TEXT_MOST  ((size_t)1 << 18)
#define FILES      1000 /* of each kind */
#define ARRIVALS   4    /* ways in which each arrives */
#define MAGIC      ((size_t)4) /* bytes, at most */
#define UNSAID     SIZE_MAX

#define WHOLE_BLOCK ((size_t)128 << 10) /* the largest block of zstd */

/* Random numbers, the same in every run (xorshift64). */
static uint64_t random_state = 88172645463325252;

static size_t random_below(size_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state >> 11) % n;
}

/* One of several magnitudes, up to MOST. */
static size_t random_size(size_t most)
{
    size_t n = (size_t)1 << random_below(18);

    return 1 + random_below(n < most ? n : most);
}

/* Text as records have it, with stretches that do not compress. */
static void put_text(struct buf *out)
{
    size_t n = random_size(TEXT_MOST), noise = random_below(4);

    buf_clear(out);
    while (out->n < n) {
        buf_puts(out, "{\"v\":");
        buf_put_uint(out, random_below(100000));
        buf_puts(out, "}\n");
        for (size_t i = noise == 3 ? random_size(70000) : 0; i > 0; i--)
            buf_putc(out, (unsigned char)random_below(256));
    }
}

/* How one kind is read and made. */
struct kind {
    const struct codec_decoder *decoder;
    void (*put)(struct buf *out, struct span text);
};

/* TEXT as zlib compresses it, at random levels, strategies and flushes. */
static void put_gzip(struct buf *out, struct span text)
{
    z_stream z = {.next_in = NULL};
    int strategies[] = {Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE};

    buf_clear(out);
    if (deflateInit2(&z, (int)random_below(10), Z_DEFLATED, 16 + 9 + (int)random_below(7), 9,
                     strategies[random_below(4)]) != Z_OK)
        return;
    for (size_t at = 0; at < text.n;) {
        size_t n = 1 + random_below(text.n - at);
        bool last = at + n == text.n;
        z.next_in = (unsigned char *)(uintptr_t)(text.p + at);
        z.avail_in = (unsigned)n;
        z.avail_out = (unsigned)(deflateBound(&z, n) + 100);
        z.next_out = buf_room(out, z.avail_out);
        unsigned char *before = z.next_out;
        deflate(&z, last ? Z_FINISH : random_below(2) ? Z_SYNC_FLUSH : Z_FULL_FLUSH);
        out->n += (size_t)(z.next_out - before);
        at += n;
    }
    deflateEnd(&z);
}

/* TEXT as libzstd compresses it, at random levels, windows and flushes, with and without its
 * size and a checksum. */
static void put_zstd(struct buf *out, struct span text)
{
    ZSTD_CCtx *z = ZSTD_createCCtx();

    buf_clear(out);
    ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, (int)random_below(8) - 3);
    ZSTD_CCtx_setParameter(z, ZSTD_c_windowLog, 10 + (int)random_below(10));
    ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, (int)random_below(2));
    if (random_below(2))
        ZSTD_CCtx_setPledgedSrcSize(z, text.n);
    for (size_t at = 0; at < text.n;) {
        size_t n = random_below(3) ? text.n - at : 1 + random_below(text.n - at), room, left;
        bool last = at + n == text.n;
        ZSTD_inBuffer from = {text.p + at, n, 0};
        do {
            room = ZSTD_compressBound(n) + 100;
            ZSTD_outBuffer to = {buf_room(out, room), room, 0};
            left = ZSTD_compressStream2(z, &to, &from, last ? ZSTD_e_end : ZSTD_e_flush);
            out->n += to.pos;
        } while (left && !ZSTD_isError(left));
        at += n;
    }
    ZSTD_freeCCtx(z);
}

static const struct kind zlib_kind = {&decoder_gzip_zlib, put_gzip};
#ifdef HAVE_ISAL
static const struct kind isal_kind = {&decoder_gzip_isal, put_gzip};
#endif
static const struct kind zstd_kind = {&decoder_zstd, put_zstd};

/* Damage BYTES after the magic, without which no decoder is chosen, in one to three places, more
 * often near the beginning, or cut them off. */
static void damage(struct buf *bytes)
{
    for (size_t i = random_below(3) + 1; i > 0; i--) {
        size_t most = random_below(3) || bytes->n < 32 ? bytes->n : 32;
        size_t at = MAGIC + random_below(most - MAGIC);
        switch (random_below(4)) {
        case 0:
            bytes->p[at] ^= (unsigned char)(1 << random_below(8));
            break;
        case 1:
            bytes->p[at] = (unsigned char)random_below(256);
            break;
        case 2: /* a stretch is missing, as when a block of a disk is lost */
            memmove(bytes->p + (MAGIC + at) / 2, bytes->p + at, bytes->n - at);
            bytes->n -= at - (MAGIC + at) / 2;
            break;
        case 3:
            bytes->n = random_below(8) ? bytes->n : at + 1;
        }
    }
}

/* Decode BYTES, at most PIECE at a time into at most ROOM, both random below that unless they are
 * 1. The output goes to OUT. Returns the state at the end. */
static enum codec_state decode(const struct kind *kind, struct span bytes, size_t piece,
                               size_t room, struct buf *out)
{
    void *decoder = kind->decoder->make(CODEC_WINDOW_LOG);
    enum codec_state state = CODEC_MORE;
    size_t given = 0;

    buf_clear(out);
    for (struct span in = span_of(bytes.p, 0); decoder && state == CODEC_MORE;) {
        size_t n = 1 + random_below(room), made = 0, before = in.n;
        state = kind->decoder->run(decoder, &in, buf_room(out, n), n, &made);
        out->n += made;
        if (state != CODEC_MORE || made || in.n < before)
            continue;
        size_t more = 1 + random_below(piece);
        if (given == bytes.n)
            break;
        more = more < bytes.n - given ? more : bytes.n - given;
        in = span_of(in.p, in.n + more);
        given += more;
    }
    kind->decoder->free(decoder);
    return state;
}

static void check_arrivals(const struct kind *kind)
{
    struct buf text = BUF_EMPTY, whole = BUF_EMPTY, bytes = BUF_EMPTY, want = BUF_EMPTY,
               got = BUF_EMPTY;
    size_t same = 0, damaged = 0;

    for (size_t file = 0; file < FILES; file++) {
        put_text(&text);
        kind->put(&whole, buf_span(&text));
        buf_clear(&bytes);
        buf_put(&bytes, buf_span(&whole));
        damage(&bytes);
        enum codec_state state = decode(kind, buf_span(&bytes), 1, TEXT_MOST, &want);
        damaged += state != CODEC_DONE;
        for (size_t i = 0; i < ARRIVALS; i++) {
            size_t piece = i ? random_size(bytes.n) : bytes.n;
            size_t room = i ? random_size(TEXT_MOST) : TEXT_MOST;
            bool alike = decode(kind, buf_span(&bytes), piece, room, &got) == state;
            alike = alike && span_equal(buf_span(&got), buf_span(&want));
            same += alike;
            if (!alike)
                printf("# file %zu, pieces to %zu, room to %zu: %zu bytes, %zu expected\n",
                       file, piece, room, got.n, want.n);
        }
    }
    CHECK(same == FILES * ARRIVALS);
    CHECK(damaged > FILES / 2);
    buf_free(&text);
    buf_free(&whole);
    buf_free(&bytes);
    buf_free(&want);
    buf_free(&got);
}

UNIT_TEST(damaged_gzip_gives_the_same_by_zlib_however_it_arrives)
{
    check_arrivals(&zlib_kind);
}

#ifdef HAVE_ISAL
UNIT_TEST(damaged_gzip_gives_the_same_by_ISA_L_however_it_arrives)
{
    check_arrivals(&isal_kind);
}
#endif

UNIT_TEST(damaged_zstd_gives_the_same_however_it_arrives)
{
    check_arrivals(&zstd_kind);
}

/* A block of zstd (RFC 8878, section 3.1.1.2). */
struct block {
    bool last;
    unsigned type; /* STORED, REPEATED, compressed, or none */
    size_t size;
    struct span bytes; /* that are there */
};
enum { STORED, REPEATED };

/* Append BLOCK, as the LAST or not. */
static void put_block(struct buf *out, bool last, const struct block *block)
{
    size_t header = block->size << 3 | block->type << 1 | last;

    for (int i = 0; i < 3; i++)
        buf_putc(out, (unsigned char)(header >> 8 * i));
    buf_put(out, block->bytes);
}

/* Take the block at the beginning of *REST. False if there is no header. */
static bool take_block(struct span *rest, struct block *block)
{
    if (rest->n < 3)
        return false;
    size_t header = (size_t)(rest->p[0] | rest->p[1] << 8 | rest->p[2] << 16);
    *block = (struct block){header & 1, header >> 1 & 3, header >> 3, {NULL, 0}};
    size_t n = 3 + (block->type == REPEATED ? 1 : block->size);
    if (n > rest->n)
        n = rest->n;
    block->bytes = span_cut(*rest, 3, n);
    *rest = span_cut(*rest, n, rest->n);
    return true;
}

/* Append the next block to FRAME; *WANT becomes the text so far. False if FRAME with this block as
 * its last is not a frame, or if the block has more than MOST_TEXT bytes, which ZSTD_decompress()
 * allows. */
static bool add_block(struct buf *frame, const struct block *block, size_t most_text,
                      struct buf *want)
{
    struct buf whole = BUF_EMPTY;
    size_t most = want->n + ((size_t)1 << 21);

    buf_put(&whole, buf_span(frame));
    put_block(&whole, true, block);
    put_block(frame, false, block);
    buf_room(want, most - want->n);
    size_t got = ZSTD_decompress(want->p, most, whole.p, whole.n);
    bool good = !ZSTD_isError(got) && got - want->n <= most_text;
    if (good)
        want->n = got;
    buf_free(&whole);
    return good;
}

/* The required output for the frame BYTES, by the format alone: the text of as many blocks as are a
 * frame if the last of them is marked last; then, of a stored block after them, all bytes that are
 * there but the last, with which later damage may show. False if the header is not as in WHOLE, or
 * says how long the text is. */
static bool expect_zstd(struct span bytes, struct span whole, struct buf *want)
{
    struct buf frame = BUF_EMPTY;
    struct block block = {.last = false};

    buf_clear(want);
    if (bytes.n < 6 || memcmp(bytes.p, whole.p, 6) != 0 || bytes.p[4] & ~4)
        return false;
    buf_put(&frame, span_of("\x28\xB5\x2F\xFD\0", 5));
    buf_putc(&frame, bytes.p[5]);
    size_t most = (size_t)(8 + (bytes.p[5] & 7)) << (7 + (bytes.p[5] >> 3));
    if (most > WHOLE_BLOCK)
        most = WHOLE_BLOCK;
    for (struct span rest = span_cut(bytes, 6, bytes.n);
         !block.last && take_block(&rest, &block) && block.size <= most;) {
        if (add_block(&frame, &block, most, want))
            continue;
        if (block.type == STORED)
            buf_put(want, block.bytes);
        break;
    }
    buf_free(&frame);
    return true;
}

UNIT_TEST(damaged_zstd_gives_all_blocks_before_the_damage)
{
    struct buf text = BUF_EMPTY, whole = BUF_EMPTY, bytes = BUF_EMPTY, want = BUF_EMPTY,
               got = BUF_EMPTY;
    size_t compared = 0;

    for (size_t file = 0; file < FILES; file++) {
        put_text(&text);
        put_zstd(&whole, buf_span(&text));
        buf_clear(&bytes);
        buf_put(&bytes, buf_span(&whole));
        damage(&bytes);
        if (!expect_zstd(buf_span(&bytes), buf_span(&whole), &want))
            continue;
        compared++;
        decode(&zstd_kind, buf_span(&bytes), random_size(bytes.n), TEXT_MOST, &got);
        CHECK(span_equal(buf_span(&got), buf_span(&want)));
    }
    CHECK(compared > FILES / 10);
    buf_free(&text);
    buf_free(&whole);
    buf_free(&bytes);
    buf_free(&want);
    buf_free(&got);
}

/* Frames that are damaged where two parts meet, and how much of the text each must give. For UNSAID
 * the library decides, but always in the same way. */
UNIT_TEST(damage_where_parts_of_a_zstd_frame_meet)
{
    static const struct {
        const char *what, *header;
        size_t header_size;
        unsigned type; /* of the second block */
        size_t size, given;
    } cases[] = {
        {"the text is shorter than said", "\x28\xB5\x2F\xFD\x80\x50\x59\x02\0\0", 10, 0, 300,
         599},
        {"the text is longer than said", "\x28\xB5\x2F\xFD\x80\x50\xF4\x01\0\0", 10, 0, 300,
         UNSAID},
        {"a block of no type", "\x28\xB5\x2F\xFD\0\x50", 6, 3, 300, 300},
        {"a block too large", "\x28\xB5\x2F\xFD\0\x50", 6, 0, WHOLE_BLOCK + 1, 300},
        {"a block that cannot be", "\x28\xB5\x2F\xFD\0\x50", 6, 2, 300, 300},
        {"a wrong checksum", "\x28\xB5\x2F\xFD\4\x50", 6, 0, 300, 600},
    };
    struct buf text = BUF_EMPTY, bytes = BUF_EMPTY, want = BUF_EMPTY, got = BUF_EMPTY;

    while (text.n < 300)
        buf_putc(&text, (unsigned char)('a' + text.n % 26));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&bytes);
        buf_put(&bytes, span_of(cases[i].header, cases[i].header_size));
        put_block(&bytes, false, &(struct block){false, STORED, text.n, buf_span(&text)});
        put_block(&bytes, true,
                  &(struct block){true, cases[i].type, cases[i].size, buf_span(&text)});
        buf_put(&bytes, span_text("wrong"));
        enum codec_state state = decode(&zstd_kind, buf_span(&bytes), 1, TEXT_MOST, &want);
        CHECK(state == CODEC_BAD);
        if (cases[i].given != UNSAID && want.n != cases[i].given)
            printf("# %s: %zu bytes\n", cases[i].what, want.n);
        CHECK(cases[i].given == UNSAID || want.n == cases[i].given);
        for (size_t n = 0; n < 1000; n++) {
            CHECK(decode(&zstd_kind, buf_span(&bytes), 1 + n, 1 + random_below(700), &got) ==
                  state);
            CHECK(span_equal(buf_span(&got), buf_span(&want)));
        }
    }
    buf_free(&text);
    buf_free(&bytes);
    buf_free(&want);
    buf_free(&got);
}

int main(void)
{
    return unit_run();
}
