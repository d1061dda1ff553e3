#include "config.h"

#include "stream/gunzip.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* What fits the counters of both libraries. */
static unsigned most(size_t n)
{
    return n < UINT_MAX ? (unsigned)n : UINT_MAX;
}

#define GZIP_ONLY (16 + 15) /* inflateInit2: a gzip header, the largest window */

#ifdef HAVE_ISAL

#include <isa-l/igzip_lib.h>

/* zlib reads the header, ISA-L what follows: ISA-L 2.30 computes a wrong checksum of a header
 * that comes in pieces, so that it refuses what is right, and it ignores the reserved flags,
 * though RFC 1952 (section 2.3.1.2) asks that they be an error.
 *
 * Where the data is damaged ISA-L's fast loop has counted in what it was about to write: up to
 * 258 bytes that are whatever its buffer held, another file's text maybe. Its slow loop, for
 * the last bytes of the input, counts right. So from where the call began all is decoded again,
 * in pieces that are too short for the fast one. */
struct gunzip {
    z_stream header;
    bool in_header;
    bool damaged; /* what `state` has is to be given yet, and nothing more */
    struct inflate_state state;
    struct inflate_state before; /* as `state` was at the beginning of the call */
};

#define SHORT 7 /* bytes; the fast loop looks 8 ahead */

struct gunzip *gunzip_new(void)
{
    struct gunzip *gunzip = calloc(1, sizeof *gunzip);

    if (gunzip && inflateInit2(&gunzip->header, GZIP_ONLY) != Z_OK) {
        free(gunzip);
        gunzip = NULL;
    }
    if (gunzip) {
        isal_inflate_init(&gunzip->state);
        gunzip_reset(gunzip);
    }
    return gunzip;
}

void gunzip_reset(struct gunzip *gunzip)
{
    inflateReset(&gunzip->header);
    gunzip->in_header = true;
    gunzip->damaged = false;
    isal_inflate_reset(&gunzip->state);
    gunzip->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
}

/* Read of the header what is there. */
static enum codec_state read_header(struct gunzip *gunzip, struct span *in)
{
    z_stream *header = &gunzip->header;
    unsigned char none;

    header->next_in = (unsigned char *)(uintptr_t)in->p;
    header->avail_in = most(in->n);
    header->next_out = &none;
    header->avail_out = 0;
    int status = inflate(header, Z_BLOCK);
    *in = span_cut(*in, in->n - header->avail_in, in->n);
    /* With Z_BLOCK it stops where the header ends, and says so by this bit. */
    gunzip->in_header = status != Z_OK || !(header->data_type & 128);
    return status == Z_OK || status == Z_BUF_ERROR ? CODEC_MORE
           : status == Z_MEM_ERROR                 ? CODEC_NO_MEMORY
                                                   : CODEC_BAD;
}

/* Decode once, and write behind the MADE bytes that were written; ISA-L's status. */
static int decode(struct inflate_state *state, struct span *in, unsigned char *out, size_t room,
                  size_t *made)
{
    state->next_in = (unsigned char *)(uintptr_t)in->p;
    state->avail_in = most(in->n);
    state->next_out = out + *made;
    state->avail_out = most(room - *made);
    int status = isal_inflate(state);
    *in = span_cut(*in, most(in->n) - state->avail_in, in->n);
    *made = (size_t)(state->next_out - out);
    return status;
}

static bool is_damage(int status)
{
    return status == ISAL_INVALID_BLOCK || status == ISAL_INVALID_SYMBOL ||
           status == ISAL_INVALID_LOOKBACK;
}

/* decode() until it finds damage, or there is nothing more to read or no more room. */
static int decode_slowly(struct inflate_state *state, struct span *in, unsigned char *out,
                         size_t room, size_t *made)
{
    int status;

    do {
        struct span piece = span_cut(*in, 0, in->n < SHORT ? in->n : SHORT);
        status = decode(state, &piece, out, room, made);
        *in = span_of(piece.p, (size_t)(in->p + in->n - piece.p));
    } while (status >= 0 && in->n && *made < room && state->block_state != ISAL_BLOCK_FINISH);
    return status;
}

/* There is no more to decode: give what is in `state`, and then say so. */
static enum codec_state give_rest(struct inflate_state *state, unsigned char *out, size_t room,
                                  size_t *made)
{
    size_t left = (size_t)(state->tmp_out_valid - state->tmp_out_processed);
    size_t n = left < room - *made ? left : room - *made;

    memcpy(out + *made, state->tmp_out_buffer + state->tmp_out_processed, n);
    state->tmp_out_processed += (int32_t)n;
    *made += n;
    return n < left ? CODEC_MORE : CODEC_BAD;
}

enum codec_state gunzip_run(struct gunzip *gunzip, struct span *in, unsigned char *out,
                            size_t room, size_t *made)
{
    struct inflate_state *state = &gunzip->state;
    struct span from;

    *made = 0;
    if (gunzip->damaged)
        return give_rest(state, out, room, made);
    if (gunzip->in_header) {
        enum codec_state read = read_header(gunzip, in);
        if (gunzip->in_header)
            return read;
    }
    bool slow = in->n <= SHORT;
    from = *in;
    if (!slow)
        gunzip->before = *state;
    int status = decode(state, in, out, room, made);
    if (is_damage(status) && !slow) {
        *state = gunzip->before;
        *in = from;
        *made = 0;
        status = decode_slowly(state, in, out, room, made);
    }
    gunzip->damaged = is_damage(status);
    if (gunzip->damaged)
        return give_rest(state, out, room, made);
    if (status < 0)
        return CODEC_BAD;
    return state->block_state == ISAL_BLOCK_FINISH ? CODEC_DONE : CODEC_MORE;
}

void gunzip_free(struct gunzip *gunzip)
{
    if (gunzip)
        inflateEnd(&gunzip->header);
    free(gunzip);
}

#else

struct gunzip {
    z_stream stream;
};

struct gunzip *gunzip_new(void)
{
    struct gunzip *gunzip = calloc(1, sizeof *gunzip);

    if (gunzip && inflateInit2(&gunzip->stream, GZIP_ONLY) != Z_OK) {
        free(gunzip);
        gunzip = NULL;
    }
    return gunzip;
}

void gunzip_reset(struct gunzip *gunzip)
{
    inflateReset(&gunzip->stream);
}

enum codec_state gunzip_run(struct gunzip *gunzip, struct span *in, unsigned char *out,
                            size_t room, size_t *made)
{
    z_stream *stream = &gunzip->stream;

    stream->next_in = (unsigned char *)(uintptr_t)in->p;
    stream->avail_in = most(in->n);
    stream->next_out = out;
    stream->avail_out = most(room);
    int status = inflate(stream, Z_NO_FLUSH);
    *in = span_cut(*in, in->n - stream->avail_in, in->n);
    *made = (size_t)(stream->next_out - out);
    switch (status) {
    case Z_OK:
    case Z_BUF_ERROR: /* there was nothing to do */
        return CODEC_MORE;
    case Z_STREAM_END:
        return CODEC_DONE;
    case Z_MEM_ERROR:
        return CODEC_NO_MEMORY;
    default:
        return CODEC_BAD;
    }
}

void gunzip_free(struct gunzip *gunzip)
{
    if (gunzip)
        inflateEnd(&gunzip->stream);
    free(gunzip);
}

#endif
