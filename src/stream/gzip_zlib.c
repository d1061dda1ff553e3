#include "config.h"

#include "stream/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

#include "stream/gzip.h"

static void *zlib_decoder_make(int window_log)
{
    z_stream *stream = calloc(1, sizeof *stream);

    (void)window_log;
    if (stream && inflateInit2(stream, CODEC_GZIP_WINDOW) != Z_OK) {
        free(stream);
        stream = NULL;
    }
    return stream;
}

static void zlib_decoder_reset(void *state)
{
    inflateReset(state);
}

static enum codec_state zlib_decoder_run(void *state, struct span *in, unsigned char *out,
                                         size_t room, size_t *made)
{
    z_stream *stream = state;

    stream->next_in = (unsigned char *)(uintptr_t)in->p;
    stream->avail_in = gzip_count(in->n);
    stream->next_out = out;
    stream->avail_out = gzip_count(room);
    int status = inflate(stream, Z_NO_FLUSH);
    *in = span_cut(*in, gzip_count(in->n) - stream->avail_in, in->n);
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

static void zlib_decoder_free(void *state)
{
    if (state)
        inflateEnd(state);
    free(state);
}

const struct codec_decoder decoder_gzip_zlib = {zlib_decoder_make, zlib_decoder_reset,
                                              zlib_decoder_run, zlib_decoder_free};
