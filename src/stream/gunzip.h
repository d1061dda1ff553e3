/*
 * gunzip: RFC 1952, by ISA-L where there is one (half the time of zlib on the captures; see
 * BENCHMARKS.md), else by zlib. What gzip -t checks is checked: method, reserved flags and
 * checksum of the header, checksum and length of the data. Of data that
 * is cut off ISA-L keeps the last two bytes at most.
 */
#ifndef WHORL_STREAM_GUNZIP_H
#define WHORL_STREAM_GUNZIP_H

#include "stream/codec.h"

struct gunzip;

struct gunzip *gunzip_new(void) __attribute__((warn_unused_result));
void gunzip_reset(struct gunzip *gunzip);
enum codec_state gunzip_run(struct gunzip *gunzip, struct span *in, unsigned char *out,
                            size_t room, size_t *made) __attribute__((warn_unused_result));
void gunzip_free(struct gunzip *gunzip);

#endif
