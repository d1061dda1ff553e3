#include "config.h"

#include "stream/codec.h"

#ifdef HAVE_ISAL

#include <isa-l/igzip_lib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "stream/gzip.h"

/* zlib reads the header, and ISA-L the rest. ISA-L 2.30 computes a wrong checksum of a header that
 * comes in pieces, and so refuses correct ones. It also ignores the reserved flags, for which RFC
 * 1952 (section 2.3.1.2) requires an error.
 *
 * At damage, ISA-L's fast loop has already counted what it was about to write: up to 258 bytes of
 * old content of its buffer, maybe another file's text. Its slow loop, for the last bytes of the
 * input, counts correctly. So the whole call is decoded again, in pieces that are too short for the
 * fast loop. */
struct isal_decoder {
    z_stream header;
    bool in_header;
    bool damaged; /* only what `state` holds is left to give */
    struct inflate_state state;
    struct inflate_state before; /* `state` at the beginning of the call */
};

#define SHORT 7 /* bytes; the fast loop looks 8 ahead */

static void isal_decoder_reset(void *state)
{
    struct isal_decoder *decoder = state;

    inflateReset(&decoder->header);
    decoder->in_header = true;
    decoder->damaged = false;
    isal_inflate_reset(&decoder->state);
    decoder->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
}

static void *isal_decoder_make(int window_log)
{
    struct isal_decoder *decoder = calloc(1, sizeof *decoder);

    (void)window_log;
    if (decoder && inflateInit2(&decoder->header, CODEC_GZIP_WINDOW) != Z_OK) {
        free(decoder);
        decoder = NULL;
    }
    if (decoder) {
        isal_inflate_init(&decoder->state);
        isal_decoder_reset(decoder);
    }
    return decoder;
}

/* Read the available part of the header. */
static enum codec_state isal_read_header(struct isal_decoder *decoder, struct span *in)
{
    z_stream *header = &decoder->header;
    unsigned char none;

    header->next_in = (unsigned char *)(uintptr_t)in->p;
    header->avail_in = gzip_count(in->n);
    header->next_out = &none;
    header->avail_out = 0;
    int status = inflate(header, Z_BLOCK);
    *in = span_cut(*in, gzip_count(in->n) - header->avail_in, in->n);
    /* With Z_BLOCK it stops where the header ends, and says so by this bit. */
    decoder->in_header = status != Z_OK || !(header->data_type & 128);
    return status == Z_OK || status == Z_BUF_ERROR ? CODEC_MORE
           : status == Z_MEM_ERROR                 ? CODEC_NO_MEMORY
                                                   : CODEC_BAD;
}

/* Decode once, and write after the *MADE bytes that are written. Returns ISA-L's status. */
static int isal_decode(struct inflate_state *state, struct span *in, unsigned char *out,
                       size_t room, size_t *made)
{
    state->next_in = (unsigned char *)(uintptr_t)in->p;
    state->avail_in = gzip_count(in->n);
    state->next_out = out + *made;
    state->avail_out = gzip_count(room - *made);
    int status = isal_inflate(state);
    *in = span_cut(*in, gzip_count(in->n) - state->avail_in, in->n);
    *made = (size_t)(state->next_out - out);
    return status;
}

static bool is_isal_damage(int status)
{
    return status == ISAL_INVALID_BLOCK || status == ISAL_INVALID_SYMBOL ||
           status == ISAL_INVALID_LOOKBACK;
}

/* Call isal_decode() until it finds damage, or input or room is used up. */
static int isal_decode_slowly(struct inflate_state *state, struct span *in, unsigned char *out,
                              size_t room, size_t *made)
{
    int status;

    do {
        struct span piece = span_cut(*in, 0, in->n < SHORT ? in->n : SHORT);
        status = isal_decode(state, &piece, out, room, made);
        *in = span_of(piece.p, (size_t)(in->p + in->n - piece.p));
    } while (status >= 0 && in->n && *made < room && state->block_state != ISAL_BLOCK_FINISH);
    return status;
}

/* Nothing is left to decode: give what is in `state`, and then report the damage. */
static enum codec_state isal_give_rest(struct inflate_state *state, unsigned char *out,
                                       size_t room, size_t *made)
{
    size_t left = (size_t)(state->tmp_out_valid - state->tmp_out_processed);
    size_t n = left < room - *made ? left : room - *made;

    memcpy(out + *made, state->tmp_out_buffer + state->tmp_out_processed, n);
    state->tmp_out_processed += (int32_t)n;
    *made += n;
    return n < left ? CODEC_MORE : CODEC_BAD;
}

static enum codec_state isal_decoder_run(void *decoder_state, struct span *in,
                                         unsigned char *out, size_t room, size_t *made)
{
    struct isal_decoder *decoder = decoder_state;
    struct inflate_state *state = &decoder->state;
    struct span from;

    *made = 0;
    if (decoder->damaged)
        return isal_give_rest(state, out, room, made);
    if (decoder->in_header) {
        enum codec_state read = isal_read_header(decoder, in);
        if (decoder->in_header)
            return read;
    }
    bool slow = in->n <= SHORT;
    from = *in;
    if (!slow)
        decoder->before = *state;
    int status = isal_decode(state, in, out, room, made);
    if (is_isal_damage(status) && !slow) {
        *state = decoder->before;
        *in = from;
        *made = 0;
        status = isal_decode_slowly(state, in, out, room, made);
    }
    decoder->damaged = is_isal_damage(status);
    if (decoder->damaged)
        return isal_give_rest(state, out, room, made);
    if (status < 0)
        return CODEC_BAD;
    return state->block_state == ISAL_BLOCK_FINISH ? CODEC_DONE : CODEC_MORE;
}

static void isal_decoder_free(void *state)
{
    struct isal_decoder *decoder = state;

    if (decoder)
        inflateEnd(&decoder->header);
    free(decoder);
}

const struct codec_decoder decoder_gzip_isal = {isal_decoder_make, isal_decoder_reset,
                                              isal_decoder_run, isal_decoder_free};

#endif
