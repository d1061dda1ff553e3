/*
 * hash_long: XXH3 of long inputs, by the instructions that the processor has.
 *
 * The choice is libxxhash's, at run time, where it was built for that. It is made once, before
 * the first hash, and costs some microseconds.
 */
#ifndef WHORL_TEXT_HASH_LONG_H
#define WHORL_TEXT_HASH_LONG_H

#include <stdint.h>

#include "base/span.h"
#include "text/hash.h"

/* Longer inputs are what is called long: XXH3 itself treats them otherwise than short ones. */
#define HASH_LONG 240

/* XXH3-64 of S with SEED, and XXH3-128; 0 stays 0. */
uint64_t hash_long64(struct span s, uint64_t seed);
struct hash128 hash_long128(struct span s);

/* Have the choice made now: for other users of libxxhash, whose choice is the same one. */
void hash_long_choose(void);

#endif
