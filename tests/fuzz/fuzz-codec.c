/*
 * fuzz-codec: compressed input, however its bytes come, against zlib and libzstd.
 *
 * The letters: `g` or `z`: the parts that follow are compressed by gzip or zstd, each to a member
 * or frame; without these letters they are used as they are. `x`: a few bytes are changed. `c`:
 * the end is cut off. All letters and digits together decide where, and choose levels and sizes of
 * pieces.
 *
 * The result must not depend on how the bytes come. It must be what zlib and libzstd give for all
 * bytes at once, and be whole, cut off or damaged if they say so. Before damage in gzip data, no
 * byte that zlib gives may be missing.
 */
#include "config.h"

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "stream/decompress.h"
#include "stream/codec.h"
#include "chooser.h"
#include "fuzz.h"

#define MOST ((size_t)1 << 20) /* of output; what has more is not compared */
#define ONCE ((size_t)1 << 14) /* of which MOST is a multiple */
#define KEPT 2                 /* bytes of output that ISA-L may keep where gzip is cut off */

static void put_gzip(struct buf *out, struct span plain, struct chooser *c)
{
    z_stream stream = {0};
    int strategy = choose(c, 4) ? Z_DEFAULT_STRATEGY : Z_FIXED;

    REQUIRE(deflateInit2(&stream, (int)choose(c, 10), Z_DEFLATED, 31, 8, strategy) == Z_OK);
    size_t room = deflateBound(&stream, plain.n) + 32;
    stream.next_in = (unsigned char *)(uintptr_t)plain.p;
    stream.avail_in = (unsigned)plain.n;
    stream.next_out = buf_room(out, room);
    stream.avail_out = (unsigned)room;
    REQUIRE(stream.next_out && deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out->n += room - stream.avail_out;
    deflateEnd(&stream);
}

static void put_zstd(struct buf *out, struct span plain, struct chooser *c)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t room = ZSTD_compressBound(plain.n);
    unsigned char *to = buf_room(out, room);

    REQUIRE(context && to);
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, (int)choose(c, 20));
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, (int)choose(c, 2));
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, (int)choose(c, 2));
    size_t n = ZSTD_compress2(context, to, room, plain.p, plain.n);
    REQUIRE(!ZSTD_isError(n));
    out->n += n;
    ZSTD_freeCCtx(context);
}

/* The parts of REST, changed as LETTERS say. */
static void put_parts(struct buf *out, struct span letters, struct span rest, struct chooser *c)
{
    bool gzip = fuzz_has(letters, 'g'), zstd = fuzz_has(letters, 'z');

    if (!gzip && !zstd)
        buf_put(out, rest);
    while (rest.n && (gzip || zstd)) {
        struct span part = fuzz_part(&rest);
        if (gzip && (!zstd || choose(c, 2)))
            put_gzip(out, part, c);
        else
            put_zstd(out, part, c);
    }
    for (uint32_t i = fuzz_has(letters, 'x') && out->n ? 1 + choose(c, 3) : 0; i; i--)
        out->p[(choose(c, 256) << 8 | choose(c, 256)) % out->n] ^=
            (uint8_t)(1 + choose(c, 255));
    if (fuzz_has(letters, 'c') && out->n)
        out->n -= (choose(c, 256) << 8 | choose(c, 256)) % out->n;
}

/* CODES: zlib refuses a set of codes, and ISA-L reads on until it meets one without a symbol.
 * FAILED: it may be called damaged or cut off; libzstd does not say which. */
enum verdict { WHOLE, CUT, DAMAGED, CODES, FAILED, TOO_MUCH };

/* What there is, and how it ends. */
struct result {
    enum verdict verdict;
    struct buf out;
};

/* Has zlib refused the Huffman codes of a block? */
static bool bad_codes(const z_stream *stream)
{
    return stream->msg && (strstr(stream->msg, " set") || strstr(stream->msg, "missing"));
}

/* Does zlib's STREAM, which waits for more, refuse the codes of the block it is in once zeros
 * follow? Then a decoder that checks each length as it comes may know it already. */
static bool codes_fail_later(z_stream *stream)
{
    static unsigned char zeros[512], to[1 << 14];

    stream->next_in = zeros;
    stream->avail_in = sizeof zeros;
    stream->next_out = to;
    stream->avail_out = sizeof to;
    return inflate(stream, Z_NO_FLUSH) == Z_DATA_ERROR && bad_codes(stream);
}

/* The gzip member that *IN begins with, by zlib. */
static enum verdict inflate_member(struct span *in, struct buf *out)
{
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)in->p,
                       .avail_in = (unsigned)in->n};
    int status = Z_OK;

    REQUIRE(inflateInit2(&stream, 31) == Z_OK);
    while (status == Z_OK && out->n <= MOST) {
        stream.next_out = buf_room(out, 1 << 14);
        stream.avail_out = 1 << 14;
        REQUIRE(stream.next_out);
        status = inflate(&stream, Z_NO_FLUSH);
        out->n = (size_t)(stream.next_out - out->p);
    }
    *in = span_cut(*in, in->n - stream.avail_in, in->n);
    bool codes = bad_codes(&stream);
    /* A wrong checksum, and the end cut off after it; some decoders look at both words at once. */
    bool unsure = stream.msg && strstr(stream.msg, "data check") && stream.avail_in < 4;
    if (status == Z_BUF_ERROR)
        unsure = codes_fail_later(&stream);
    inflateEnd(&stream);
    return out->n > MOST            ? TOO_MUCH
           : unsure                 ? FAILED
           : status == Z_STREAM_END ? WHOLE
           : status == Z_BUF_ERROR  ? CUT
           : codes                  ? CODES
                                    : DAMAGED;
}

/* Is FRAME whole as a stream too, which refuses blocks that are larger than the frame may have
 * (RFC 8878, section 3.1.1.2.4)? Then it must be WANT. */
static bool is_stream(ZSTD_DCtx *context, struct span frame, struct span want)
{
    static unsigned char to[MOST];
    ZSTD_inBuffer in = {frame.p, frame.n, 0};
    ZSTD_outBuffer out = {to, 0, 0};
    size_t left = 1;

    ZSTD_DCtx_reset(context, ZSTD_reset_session_only);
    while (left && !ZSTD_isError(left) && out.size < MOST) {
        out.size += ONCE;
        left = ZSTD_decompressStream(context, &out, &in);
    }
    if (!left)
        REQUIRE_EQUAL(span_of(to, out.pos), want);
    return !left;
}

/* The zstd frame, by libzstd at once. */
static enum verdict unpack_frame(struct span *in, struct buf *out)
{
    static ZSTD_DCtx *context;
    size_t size = ZSTD_findFrameCompressedSize(in->p, in->n);
    unsigned char *to = buf_room(out, MOST);

    if (!context)
        context = ZSTD_createDCtx();
    REQUIRE(context && to);
    if (ZSTD_isError(size))
        return FAILED;
    size_t made = ZSTD_decompressDCtx(context, to, MOST, in->p, size);
    if (ZSTD_isError(made) || !is_stream(context, span_cut(*in, 0, size), span_of(to, made)))
        return FAILED;
    out->n += made;
    *in = span_cut(*in, size, in->n);
    return out->n > MOST ? TOO_MUCH : WHOLE;
}

static bool is_zstd(struct span in)
{
    return span_begins(in, span_of("\x28\xB5\x2F\xFD", 4)) ||
           (in.n >= 4 && (in.p[0] & 0xF0) == 0x50 && memcmp(in.p + 1, "\x2A\x4D\x18", 3) == 0);
}

/* By the libraries, as whorl(1) has it: members and frames, zeros between them, nothing else.
 */
static void unpack(struct result *result, struct span in)
{
    bool compressed = false;

    result->verdict = WHOLE;
    while (result->verdict == WHOLE) {
        while (compressed && in.n && in.p[0] == 0)
            in = span_cut(in, 1, in.n);
        if (!in.n)
            return;
        if (span_begins(in, span_of("\x1F\x8B", 2))) {
            result->verdict = inflate_member(&in, &result->out);
        } else if (is_zstd(in)) {
            result->verdict = unpack_frame(&in, &result->out);
        } else if (compressed) {
            result->verdict = DAMAGED;
        } else {
            buf_put(&result->out, in);
            return;
        }
        compressed = true;
    }
}

/* How bytes come, and how many are asked for: at most so many at once; 0 for any number. */
struct pieces {
    uint32_t written, read;
};

static size_t piece(uint32_t most, size_t least, struct chooser *c)
{
    return most ? 1 + choose(c, most) : least;
}

/* Write the first of *IN for a reader who waits, or end the pipe. */
static void feed(int fd, struct span *in, size_t n)
{
    n = n < in->n ? n : in->n;
    if (n)
        REQUIRE(write(fd, in->p, n) == (ssize_t)n);
    else
        REQUIRE(close(fd) == 0);
    *in = span_cut(*in, n, in->n);
}

static enum verdict verdict_of(const char *what)
{
    return !what ? WHOLE : strstr(what, "cut off") ? CUT : DAMAGED;
}

/* By whorl, through a pipe; what it says is wrong, or null. */
static const char *read_pieces(struct result *result, struct span in, struct pieces pieces,
                               struct chooser *c)
{
    static unsigned char to[1 << 14];
    int ends[2];
    struct decompress *d = decompress_new(CODEC_WINDOW_LOG, true);
    struct fault fault = FAULT_NONE;
    const char *what = NULL;
    bool fed = false;
    ssize_t got = 1;

    REQUIRE(d && pipe(ends) == 0);
    struct source source = {.fd = ends[0], .nonblocking = true};
    while (got && !what && result->out.n <= MOST) {
        got = decompress_read(d, &source, to, piece(pieces.read, sizeof to, c), &fault);
        what = fault.status == STATUS_OK ? NULL : fault_text(fault);
        if (got > 0)
            buf_put(&result->out, span_of(to, (size_t)got));
        if (got >= 0 || what)
            continue;
        REQUIRE(!fed);
        fed = in.n == 0;
        feed(ends[1], &in, piece(pieces.written, sizeof to, c));
    }
    if (!fed)
        close(ends[1]);
    source_close(&source);
    decompress_free(d);
    result->verdict = result->out.n > MOST ? TOO_MUCH : verdict_of(what);
    return what;
}

/* GOT by whorl, which says WHAT, against WANT by the libraries. */
static void check_result(const struct result *got, const char *what, const struct result *want)
{
    if (want->verdict == TOO_MUCH || (what && strstr(what, "whorl does not read")))
        return;
    if (want->verdict == FAILED || want->verdict == CODES) {
        REQUIRE(got->verdict != WHOLE || want->verdict == CODES);
        REQUIRE(span_begins(buf_span(&got->out), buf_span(&want->out)));
        return;
    }
    if (what && strstr(what, "window"))
        return; /* libzstd at once needs none */
    REQUIRE(got->verdict == want->verdict);
    if (want->verdict == CUT && got->out.n < want->out.n && want->out.n - got->out.n <= KEPT)
        REQUIRE(span_begins(buf_span(&want->out), buf_span(&got->out)));
    else
        REQUIRE_EQUAL(buf_span(&got->out), buf_span(&want->out));
}

static void check_same(const struct result *a, const char *what_a, const struct result *b,
                       const char *what_b)
{
    if (a->verdict == TOO_MUCH || b->verdict == TOO_MUCH)
        return;
    REQUIRE_EQUAL(span_text(what_a ? what_a : "whole"), span_text(what_b ? what_b : "whole"));
    REQUIRE_EQUAL(buf_span(&a->out), buf_span(&b->out));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct pieces pieces[] = {{1, 1}, {40, 300}, {1, 0}, {0, 1}, {3, 3}, {300, 9}};
    struct span rest = span_of(data, size), letters = fuzz_line(&rest);
    struct chooser chooser = {letters.p, letters.p + letters.n, size};
    struct buf in = BUF_EMPTY;
    struct result want = {.out = BUF_EMPTY}, first = {.out = BUF_EMPTY};

    put_parts(&in, letters, rest, &chooser);
    unpack(&want, buf_span(&in));
    const char *what = read_pieces(&first, buf_span(&in), (struct pieces){0, 0}, &chooser);
    check_result(&first, what, &want);
    for (int i = 0; i < 2; i++) {
        struct result again = {.out = BUF_EMPTY};
        const char *other =
            read_pieces(&again, buf_span(&in), CHOOSE(&chooser, pieces), &chooser);
        check_same(&first, what, &again, other);
        buf_free(&again.out);
    }
    buf_free(&want.out);
    buf_free(&first.out);
    buf_free(&in);
    return 0;
}
