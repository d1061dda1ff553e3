/*
 * unzstd: RFC 8878, by libzstd. A skippable frame is a frame of no bytes. Before damage come all
 * blocks that are whole, of a stored one (Raw_Block) every byte that is there.
 */
#ifndef WHORL_STREAM_UNZSTD_H
#define WHORL_STREAM_UNZSTD_H

#include "stream/codec.h"

/* The base-2 logarithm of the largest window: by default, and with --long. */
#define UNZSTD_WINDOW      27
#define UNZSTD_WINDOW_LONG 31

struct unzstd;

struct unzstd *unzstd_new(int window) __attribute__((warn_unused_result));
void unzstd_reset(struct unzstd *unzstd);
enum codec_state unzstd_run(struct unzstd *unzstd, struct span *in, unsigned char *out,
                            size_t room, size_t *made) __attribute__((warn_unused_result));
void unzstd_free(struct unzstd *unzstd);

#endif
