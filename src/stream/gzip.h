/*
 * gzip: what both decoders of gzip need to call zlib.
 */
#ifndef WHORL_STREAM_GZIP_H
#define WHORL_STREAM_GZIP_H

#include <limits.h>
#include <stddef.h>

#define CODEC_GZIP_WINDOW (16 + 15) /* inflateInit2: a gzip header, the largest window */

/* N, or as much of it as the counters of zlib and ISA-L hold. */
static inline unsigned gzip_count(size_t n)
{
    return n < UINT_MAX ? (unsigned)n : UINT_MAX;
}

#endif
