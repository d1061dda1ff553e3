/*
 * row_key: the key of a row: XXH3-128 of its id's JSON text, as bytes in the order of its hex
 * digits. Binary rows have it in place of the id, so that NDJSON and binary output can
 * be joined.
 */
#ifndef WHORL_FORMAT_ROW_KEY_H
#define WHORL_FORMAT_ROW_KEY_H

#include "text/hash.h"

#define ROW_KEY 16 /* bytes */

/* Write the 16 bytes of HASH at OUT, most significant first. */
static inline void row_key_put_hash(unsigned char *out, struct hash128 hash)
{
    hash_big_endian(out, hash.high);
    hash_big_endian(out + 8, hash.low);
}

/* Write the key of the id with JSON text ID at OUT. */
static inline void row_key_put(unsigned char *out, struct span id)
{
    row_key_put_hash(out, hash128(id));
}

#endif
