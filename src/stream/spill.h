/*
 * spill: bytes that memory has no room for, kept in an unnamed file and read back by partition.
 *
 * There are SPILL_PARTITIONS partitions, each a sequence of bytes that grows at its end. They share
 * one file, in pieces of SPILL_PIECE bytes. A partition holds its last piece in memory, so that all
 * writes are large. The file ends with the process.
 */
#ifndef WHORL_STREAM_SPILL_H
#define WHORL_STREAM_SPILL_H

#include <stdint.h>

#include "base/span.h"

#define SPILL_PARTITIONS 64
#define SPILL_PIECE ((size_t)1 << 14)

/* Bytes of memory that an open spill takes, besides 4 for each full piece. */
#define SPILL_MEMORY (SPILL_PARTITIONS * SPILL_PIECE)

struct spill;

/* Open a spill in a file of the directory DIRECTORY. 0 with *SPILL; or errno, with *SPILL null. */
int spill_open(struct spill **spill, const char *directory) __attribute__((warn_unused_result));
void spill_free(struct spill *spill);

/* Append BYTES to PARTITION. 0, or errno: then the partition must not be used any more. */
int spill_put(struct spill *spill, unsigned partition, struct span bytes)
    __attribute__((warn_unused_result));

/* The size of PARTITION in bytes. */
uint64_t spill_size(const struct spill *spill, unsigned partition);

/* Read the N bytes of PARTITION from AT on, which must exist, to BYTES. 0, or errno. */
int spill_get(const struct spill *spill, unsigned partition, uint64_t at, void *bytes, size_t n)
    __attribute__((warn_unused_result));

#endif
