#include "config.h"

#include "stream/unzstd.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

/* When a call fails libzstd does not say what it had written. So each call is given bytes of
 * one part of the frame only (RFC 8878, section 3.1.1), and none while there still is text of
 * the part before: then nothing is lost, and what comes out before damage does not depend on
 * what bytes happened to be there together. */
enum part {
    HEADER,       /* of the frame */
    BLOCK_HEADER, /* of the next block */
    STORED,       /* a block's text as it is, but for its last byte: given as it arrives */
    BLOCK, /* what a block's text is made of, or that last byte: given when it is whole */
    REST,  /* of the frame: a checksum; or all of one that is skipped */
};

#define HEADER_FIRST 5  /* bytes of a header, which say how many more there are */
#define HEADER_MOST  18 /* bytes of a header */

struct unzstd {
    ZSTD_DCtx *context;
    enum part part;
    size_t due;    /* bytes of the part, yet to come */
    uint64_t text; /* bytes of text that the frame is to have yet, if its header says */
    unsigned char head[HEADER_MOST];
    size_t seen;  /* of the header that the part is, bytes in `head` */
    bool last;    /* no block follows the one at which the part is */
    bool pending; /* there was too little room for all that libzstd has */
};

struct unzstd *unzstd_new(int window)
{
    struct unzstd *unzstd = malloc(sizeof *unzstd);
    ZSTD_DCtx *context = ZSTD_createDCtx();

    if (!unzstd || !context) {
        free(unzstd);
        ZSTD_freeDCtx(context);
        return NULL;
    }
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, window);
    unzstd->context = context;
    unzstd_reset(unzstd);
    return unzstd;
}

/* What comes next is N bytes of PART. */
static void expect(struct unzstd *unzstd, enum part part, size_t n)
{
    unzstd->part = part;
    unzstd->due = n;
    unzstd->seen = 0;
}

void unzstd_reset(struct unzstd *unzstd)
{
    ZSTD_DCtx_reset(unzstd->context, ZSTD_reset_session_only);
    expect(unzstd, HEADER, HEADER_FIRST);
    unzstd->text = UINT64_MAX;
    unzstd->pending = false;
}

/* A frame header has come, or the first bytes of it (section 3.1.1.1). */
static void read_header(struct unzstd *unzstd)
{
    static const unsigned char id_sizes[] = {0, 1, 2, 4}, text_sizes[] = {0, 2, 4, 8};
    const unsigned char *head = unzstd->head;
    unsigned descriptor = head[4];
    bool single = descriptor >> 5 & 1;
    unsigned text_size = single && !(descriptor >> 6) ? 1 : text_sizes[descriptor >> 6];
    size_t size = HEADER_FIRST + !single + id_sizes[descriptor & 3] + text_size;

    if (head[0] != 0x28) {
        expect(unzstd, REST, SIZE_MAX);
        return;
    }
    unzstd->due = size - unzstd->seen;
    if (unzstd->due)
        return;
    if (text_size)
        unzstd->text = text_size == 2 ? 256 : 0;
    for (unsigned i = 0; i < text_size; i++)
        unzstd->text += (uint64_t)head[size - text_size + i] << 8 * i;
    expect(unzstd, BLOCK_HEADER, 3);
}

/* A block is done with. */
static void end_block(struct unzstd *unzstd)
{
    if (unzstd->last)
        expect(unzstd, REST, SIZE_MAX);
    else
        expect(unzstd, BLOCK_HEADER, 3);
}

/* A block's header has come (section 3.1.1.2). */
static void read_block_header(struct unzstd *unzstd)
{
    const unsigned char *head = unzstd->head;
    size_t size = (size_t)(head[0] >> 3 | head[1] << 5 | head[2] << 13);
    unsigned type = head[0] >> 1 & 3; /* stored, one byte repeated, compressed */

    unzstd->last = head[0] & 1;
    if (type == 1)
        size = 1;
    if (type == 0 && size > 1)
        expect(unzstd, STORED, size - 1);
    else if (size)
        expect(unzstd, BLOCK, size);
    else
        end_block(unzstd);
}

/* Follow the frame over BYTES of it, which are all of one part. */
static void follow(struct unzstd *unzstd, struct span bytes)
{
    bool header = unzstd->part == HEADER || unzstd->part == BLOCK_HEADER;

    if (!bytes.n)
        return;
    if (header)
        memcpy(unzstd->head + unzstd->seen, bytes.p, bytes.n);
    unzstd->seen += header ? bytes.n : 0;
    unzstd->due -= bytes.n;
    if (unzstd->due)
        return;
    switch (unzstd->part) {
    case HEADER:
        read_header(unzstd);
        break;
    case BLOCK_HEADER:
        read_block_header(unzstd);
        break;
    case STORED:
        expect(unzstd, BLOCK, 1);
        break;
    case BLOCK:
        end_block(unzstd);
        break;
    case REST:
        break;
    }
}

/* How many of N bytes to give now. Of stored text not those beyond what the frame's header
 * says: libzstd, which may have no room for them, would then give none of the others. */
static size_t most_at_once(const struct unzstd *unzstd, size_t n)
{
    if (n > unzstd->due)
        n = unzstd->due;
    if (unzstd->part == STORED && n > unzstd->text)
        n = unzstd->text ? (size_t)unzstd->text : 1;
    return n;
}

enum codec_state unzstd_run(struct unzstd *unzstd, struct span *in, unsigned char *out,
                            size_t room, size_t *made)
{
    ZSTD_outBuffer to = {out, room, 0};
    size_t left;

    do {
        size_t n = most_at_once(unzstd, in->n);
        ZSTD_inBuffer from = {in->p, unzstd->pending ? 0 : n, 0};
        left = ZSTD_decompressStream(unzstd->context, &to, &from);
        follow(unzstd, span_cut(*in, 0, from.pos));
        *in = span_cut(*in, from.pos, in->n);
        unzstd->text -= to.pos < unzstd->text ? to.pos : unzstd->text;
        unzstd->pending = to.pos == room;
    } while (!ZSTD_isError(left) && left && !to.pos && in->n);
    *made = to.pos;
    switch (ZSTD_getErrorCode(left)) {
    case ZSTD_error_no_error:
        return left == 0 ? CODEC_DONE : CODEC_MORE;
    case ZSTD_error_frameParameter_windowTooLarge:
        return CODEC_WINDOW;
    case ZSTD_error_dictionary_wrong:
        return CODEC_DICTIONARY;
    case ZSTD_error_memory_allocation:
        return CODEC_NO_MEMORY;
    default:
        return CODEC_BAD;
    }
}

void unzstd_free(struct unzstd *unzstd)
{
    if (unzstd)
        ZSTD_freeDCtx(unzstd->context);
    free(unzstd);
}
