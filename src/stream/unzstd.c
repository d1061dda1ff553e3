#include "config.h"

#include "stream/unzstd.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* When a call fails libzstd does not say what it had written. So it is given one block at a
 * time, and none while it still has bytes of the one before: then that is nothing. */
struct unzstd {
    ZSTD_DCtx *context;
    size_t due;   /* what it asked for: the next block and the header of the one behind it */
    bool pending; /* there was too little room for all that it has */
};

#define DUE_FIRST 5 /* what it asks for first */

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
    *unzstd = (struct unzstd){context, DUE_FIRST, false};
    return unzstd;
}

void unzstd_reset(struct unzstd *unzstd)
{
    ZSTD_DCtx_reset(unzstd->context, ZSTD_reset_session_only);
    unzstd->due = DUE_FIRST;
    unzstd->pending = false;
}

enum codec_state unzstd_run(struct unzstd *unzstd, struct span *in, unsigned char *out,
                            size_t room, size_t *made)
{
    ZSTD_outBuffer to = {out, room, 0};
    size_t left;

    do {
        size_t n = in->n < unzstd->due ? in->n : unzstd->due;
        ZSTD_inBuffer from = {in->p, unzstd->pending ? 0 : n, 0};
        left = ZSTD_decompressStream(unzstd->context, &to, &from);
        *in = span_cut(*in, from.pos, in->n);
        unzstd->pending = to.pos == room;
        unzstd->due = left;
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
