/*
 * hash_long: XXH3 of long inputs, with the best instructions that the processor has.
 *
 * libxxhash chooses them at run time, if it was built for that. It does so once, before the first
 * hash, in some microseconds.
 */
#ifndef WHORL_TEXT_HASH_LONG_H
#define WHORL_TEXT_HASH_LONG_H

#include <stdint.h>

#include "base/span.h"
#include "text/hash.h"

/* Inputs of more bytes are called long: XXH3 itself has another algorithm for them. */
#define HASH_LONG 240

/* XXH3-64 of S with SEED, and XXH3-128 of S; 0 stays 0. */
uint64_t hash_long64(struct span s, uint64_t seed);
struct hash128 hash_long128(struct span s);

/* Make the choice now. It holds for other users of libxxhash too. */
void hash_long_choose(void);

#endif
