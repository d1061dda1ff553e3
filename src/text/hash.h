/*
 * hash: XXH3 with its default secret and seed 0, and its hex digits.
 *
 * A real hash of 0 becomes 1, so that 0 can mean "no hash" in binary output. XXH3 is neither
 * collision resistant nor a MAC: whorl never takes equal hashes for equal data.
 */
#ifndef WHORL_TEXT_HASH_H
#define WHORL_TEXT_HASH_H

#include <endian.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

struct hash128 {
    uint64_t high, low;
};

/* XXH3-64 of S, as `xxhsum -H3` prints it; 1 for 0. */
uint64_t hash64(struct span s);

/* XXH3-128 of S, as `xxhsum -H2` prints it; {0, 1} for 0. */
struct hash128 hash128(struct span s);

/* XXH3-64 of S with SEED, for tables inside the process only; may be 0. */
uint64_t hash_seeded(struct span s, uint64_t seed);

/* Append the hash as 16 or 32 lower-case hex digits. */
void hash_put64(struct buf *out, uint64_t hash);
void hash_put128(struct buf *out, struct hash128 hash);

/* Write the 8 bytes of V at OUT, most significant first. */
static inline void hash_big_endian(unsigned char *out, uint64_t v)
{
    v = htobe64(v);
    memcpy(out, &v, sizeof v);
}

/* The number of the 8 bytes at BYTES, most significant first. */
static inline uint64_t hash_from_big_endian(const unsigned char *bytes)
{
    uint64_t v;

    memcpy(&v, bytes, sizeof v);
    return be64toh(v);
}

#endif
