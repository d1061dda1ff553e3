/*
 * spill: bytes that memory has no room for, kept in an unnamed file and read back in parts.
 *
 * There are SPILL_PARTS parts, each a sequence of bytes that is appended to. They share one
 * file, in pieces of SPILL_PIECE bytes; a part holds its last piece in memory, so that writing
 * is in large pieces however small what is appended. The file goes with the process.
 */
#ifndef WHORL_STREAM_SPILL_H
#define WHORL_STREAM_SPILL_H

#include <stdint.h>

#include "base/span.h"

#define SPILL_PARTS 64
#define SPILL_PIECE ((size_t)1 << 14)

/* Bytes of memory that an open spill has, besides 4 for each piece that is full. */
#define SPILL_MEMORY (SPILL_PARTS * SPILL_PIECE)

struct spill;

/* A spill in a file of the directory DIRECTORY. 0 and *SPILL; or errno, and it is null. */
int spill_open(struct spill **spill, const char *directory) __attribute__((warn_unused_result));
void spill_free(struct spill *spill);

/* Append BYTES to PART. 0, or errno: the part is then not to be used. */
int spill_put(struct spill *spill, unsigned part, struct span bytes)
    __attribute__((warn_unused_result));

/* Bytes that PART has. */
uint64_t spill_size(const struct spill *spill, unsigned part);

/* Read to BYTES the N bytes of PART from AT on, which must be there. 0, or errno. */
int spill_get(const struct spill *spill, unsigned part, uint64_t at, void *bytes, size_t n)
    __attribute__((warn_unused_result));

#endif
