/*
 * hash_stream: XXH3-128 of bytes that come piece by piece: a checksum, so that 0 stays 0.
 */
#ifndef WHORL_TEXT_HASH_STREAM_H
#define WHORL_TEXT_HASH_STREAM_H

#include "text/hash.h"

struct hash_stream;

/* A stream of no bytes yet; null when memory is out. */
struct hash_stream *hash_stream_new(void) __attribute__((warn_unused_result));
void hash_stream_free(struct hash_stream *stream);

/* S comes next. */
void hash_stream_add(struct hash_stream *stream, struct span s);

/* The hash of what has come; more may follow. */
struct hash128 hash_stream_value(const struct hash_stream *stream);

#endif
