#include "config.h"

#include "stream/unzstd.h"

#include <zstd.h>
#include <zstd_errors.h>

/* libzstd's own context; the struct is only a name for it. */
static ZSTD_DCtx *context(struct unzstd *unzstd)
{
    return (ZSTD_DCtx *)(void *)unzstd;
}

struct unzstd *unzstd_new(int window)
{
    ZSTD_DCtx *made = ZSTD_createDCtx();

    if (made)
        ZSTD_DCtx_setParameter(made, ZSTD_d_windowLogMax, window);
    return (struct unzstd *)(void *)made;
}

void unzstd_reset(struct unzstd *unzstd)
{
    ZSTD_DCtx_reset(context(unzstd), ZSTD_reset_session_only);
}

enum codec_state unzstd_run(struct unzstd *unzstd, struct span *in, unsigned char *out,
                            size_t room, size_t *made)
{
    ZSTD_inBuffer from = {in->p, in->n, 0};
    ZSTD_outBuffer to = {out, room, 0};

    size_t left = ZSTD_decompressStream(context(unzstd), &to, &from);
    *in = span_cut(*in, from.pos, in->n);
    *made = to.pos;
    switch (ZSTD_getErrorCode(left)) {
    case ZSTD_error_no_error:
        return left == 0 ? CODEC_DONE : CODEC_MORE;
    case ZSTD_error_frameParameter_windowTooLarge:
        return CODEC_WINDOW;
    case ZSTD_error_memory_allocation:
        return CODEC_NO_MEMORY;
    default:
        return CODEC_BAD;
    }
}

void unzstd_free(struct unzstd *unzstd)
{
    ZSTD_freeDCtx(context(unzstd));
}
