/*
 * row_key: the key of a row: XXH3-128 of its id's JSON text, as bytes in the order of its hex
 * digits. Binary rows have it in place of the id, so that NDJSON and binary output can
 * be joined.
 */
#ifndef WHORL_FORMAT_ROW_KEY_H
#define WHORL_FORMAT_ROW_KEY_H

#include "text/hash.h"
#include "text/hex.h"

#define ROW_KEY 16 /* bytes */
#define ROW_KEY_DIGITS (2 * ROW_KEY + 2) /* bytes of its digits as a JSON string */

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

/* Write KEY at OUT, ROW_KEY_DIGITS bytes, as a JSON string of its hex digits: it is shown in place of
 * an id that is not known. */
static inline struct span row_key_digits(unsigned char *out, const unsigned char key[ROW_KEY])
{
    out[0] = out[ROW_KEY_DIGITS - 1] = '"';
    hex_put(out + 1, hash_from_big_endian(key));
    hex_put(out + 1 + ROW_KEY, hash_from_big_endian(key + 8));
    return span_of(out, ROW_KEY_DIGITS);
}

#endif
