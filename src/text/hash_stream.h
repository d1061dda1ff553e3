/*
 * hash_stream: XXH3-128 of bytes that come piece by piece. It is a checksum, so 0 stays 0.
 */
#ifndef WHORL_TEXT_HASH_STREAM_H
#define WHORL_TEXT_HASH_STREAM_H

#include "text/hash.h"

struct hash_stream;

/* A stream without bytes yet; null when memory is out. */
struct hash_stream *hash_stream_new(void) __attribute__((warn_unused_result));
void hash_stream_free(struct hash_stream *stream);

/* Add S to the stream. */
void hash_stream_add(struct hash_stream *stream, struct span s);

/* The hash of all bytes so far; more may follow. */
struct hash128 hash_stream_value(const struct hash_stream *stream);

#endif
