#include "config.h"

#include "stream/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

/* When a call fails, libzstd does not say what it has written. So each call gets bytes of one part
 * of the frame only (RFC 8878, section 3.1.1), and none before all text of the part before it is
 * out. Then nothing is lost, and the output before damage does not depend on how the input is cut
 * into pieces. */
enum zstd_part {
    HEADER,       /* of the frame */
    BLOCK_HEADER, /* of the next block */
    STORED,       /* a stored block's text without its last byte: given as it arrives */
    BLOCK, /* a block's compressed text, or that last byte: given when it is complete */
    REST,  /* of the frame: a checksum; or all of a skippable frame */
};

#define HEADER_FIRST 5  /* bytes of a header; they say how many more follow */
#define HEADER_MOST  18 /* bytes of a header */

struct zstd_decoder {
    ZSTD_DCtx *context;
    int window_log; /* of the largest window that is allowed */
    enum zstd_part part;
    size_t due;    /* bytes of the part that have not come yet */
    uint64_t text; /* bytes of text still to come in the frame, if its header says */
    unsigned char head[HEADER_MOST];
    size_t seen;  /* if the part is a header: bytes of it in `head` */
    bool last;    /* no block follows the current one */
    bool pending; /* the room was too small for all that libzstd has */
};

/* N bytes of PART come next. */
static void zstd_expect(struct zstd_decoder *decoder, enum zstd_part part, size_t n)
{
    decoder->part = part;
    decoder->due = n;
    decoder->seen = 0;
}

static void zstd_decoder_reset(void *state)
{
    struct zstd_decoder *decoder = state;

    ZSTD_DCtx_reset(decoder->context, ZSTD_reset_session_only);
    zstd_expect(decoder, HEADER, HEADER_FIRST);
    decoder->text = UINT64_MAX;
    decoder->pending = false;
}

static void *zstd_decoder_make(int window_log)
{
    struct zstd_decoder *decoder = malloc(sizeof *decoder);
    ZSTD_DCtx *context = ZSTD_createDCtx();

    if (!decoder || !context) {
        free(decoder);
        ZSTD_freeDCtx(context);
        return NULL;
    }
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, window_log);
    decoder->context = context;
    decoder->window_log = window_log;
    zstd_decoder_reset(decoder);
    return decoder;
}

/* Read a frame header, or the first bytes of it (section 3.1.1.1). */
static void zstd_read_header(struct zstd_decoder *decoder)
{
    static const unsigned char id_sizes[] = {0, 1, 2, 4}, text_sizes[] = {0, 2, 4, 8};
    const unsigned char *head = decoder->head;
    unsigned descriptor = head[4];
    bool single = descriptor >> 5 & 1;
    unsigned text_size = single && !(descriptor >> 6) ? 1 : text_sizes[descriptor >> 6];
    size_t size = HEADER_FIRST + !single + id_sizes[descriptor & 3] + text_size;

    if (head[0] != 0x28) {
        zstd_expect(decoder, REST, SIZE_MAX);
        return;
    }
    decoder->due = size - decoder->seen;
    if (decoder->due)
        return;
    if (text_size)
        decoder->text = text_size == 2 ? 256 : 0;
    for (unsigned i = 0; i < text_size; i++)
        decoder->text += (uint64_t)head[size - text_size + i] << 8 * i;
    zstd_expect(decoder, BLOCK_HEADER, 3);
}

/* A block is complete. */
static void zstd_end_block(struct zstd_decoder *decoder)
{
    if (decoder->last)
        zstd_expect(decoder, REST, SIZE_MAX);
    else
        zstd_expect(decoder, BLOCK_HEADER, 3);
}

/* Read a block's header (section 3.1.1.2). */
static void zstd_read_block_header(struct zstd_decoder *decoder)
{
    const unsigned char *head = decoder->head;
    size_t size = (size_t)(head[0] >> 3 | head[1] << 5 | head[2] << 13);
    unsigned type = head[0] >> 1 & 3; /* stored, one byte repeated, compressed */

    decoder->last = head[0] & 1;
    if (type == 1)
        size = 1;
    if (type == 0 && size > 1)
        zstd_expect(decoder, STORED, size - 1);
    else if (size)
        zstd_expect(decoder, BLOCK, size);
    else
        zstd_end_block(decoder);
}

/* Follow the frame over BYTES of it, which are all in one part. */
static void zstd_follow(struct zstd_decoder *decoder, struct span bytes)
{
    bool header = decoder->part == HEADER || decoder->part == BLOCK_HEADER;

    if (!bytes.n)
        return;
    if (header)
        memcpy(decoder->head + decoder->seen, bytes.p, bytes.n);
    decoder->seen += header ? bytes.n : 0;
    decoder->due -= bytes.n;
    if (decoder->due)
        return;
    switch (decoder->part) {
    case HEADER:
        zstd_read_header(decoder);
        break;
    case BLOCK_HEADER:
        zstd_read_block_header(decoder);
        break;
    case STORED:
        zstd_expect(decoder, BLOCK, 1);
        break;
    case BLOCK:
        zstd_end_block(decoder);
        break;
    case REST:
        break;
    }
}

/* How many of N bytes to give now. Stored text beyond the size in the frame's header is held back:
 * libzstd may have no room for it, and would then give none of the other bytes. */
static size_t zstd_most_at_once(const struct zstd_decoder *decoder, size_t n)
{
    if (n > decoder->due)
        n = decoder->due;
    if (decoder->part == STORED && n > decoder->text)
        n = decoder->text ? (size_t)decoder->text : 1;
    return n;
}

static enum codec_state zstd_decoder_run(void *state, struct span *in, unsigned char *out,
                                         size_t room, size_t *made)
{
    struct zstd_decoder *decoder = state;
    ZSTD_outBuffer to = {out, room, 0};
    size_t left;

    do {
        size_t n = zstd_most_at_once(decoder, in->n);
        ZSTD_inBuffer from = {in->p, decoder->pending ? 0 : n, 0};
        left = ZSTD_decompressStream(decoder->context, &to, &from);
        zstd_follow(decoder, span_cut(*in, 0, from.pos));
        *in = span_cut(*in, from.pos, in->n);
        decoder->text -= to.pos < decoder->text ? to.pos : decoder->text;
        decoder->pending = to.pos == room;
    } while (!ZSTD_isError(left) && left && !to.pos && in->n);
    *made = to.pos;
    switch (ZSTD_getErrorCode(left)) {
    case ZSTD_error_no_error:
        return left == 0 ? CODEC_DONE : CODEC_MORE;
    case ZSTD_error_frameParameter_windowTooLarge:
        return decoder->window_log < CODEC_WINDOW_LOG_LONG ? CODEC_WINDOW : CODEC_WINDOW_MOST;
    case ZSTD_error_dictionary_wrong:
        return CODEC_DICTIONARY;
    case ZSTD_error_memory_allocation:
        return CODEC_NO_MEMORY;
    default:
        return CODEC_BAD;
    }
}

static void zstd_decoder_free(void *state)
{
    struct zstd_decoder *decoder = state;

    if (decoder)
        ZSTD_freeDCtx(decoder->context);
    free(decoder);
}

const struct codec_decoder decoder_zstd = {zstd_decoder_make, zstd_decoder_reset,
                                         zstd_decoder_run, zstd_decoder_free};
