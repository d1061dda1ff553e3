/*
 * murmur: MurmurHash3 with seed 0, in the forms in which FingerprintJS and ThumbmarkJS use it.
 *
 * The functions are those of Austin Appleby's MurmurHash3.cpp (2011, public domain,
 * https://github.com/aappleby/smhasher). whorl hashes nothing of its own with them: they only
 * reproduce ids that these libraries have given. Each result is printed by hash_put128() as the
 * library prints its id. It may be 0.
 */
#ifndef WHORL_TEXT_MURMUR_H
#define WHORL_TEXT_MURMUR_H

#include <stdint.h>

#include "base/span.h"
#include "text/hash.h"

/* MurmurHash3_x64_128 of the text that the COUNT parts at PARTS make one after the other: h1, then
 * h2. The form of FingerprintJS 4.0.1 and later, where the text is UTF-8 (x64hash128() in its
 * src/utils/hashing.ts). */
struct hash128 murmur_x64(const struct span *parts, size_t count);

/* The form of FingerprintJS before 4.0.1, for the COUNT UTF-16 code units at UNITS. The length is
 * the number of code units. In a block of 16 only the low byte of each code unit counts. In the
 * remainder the high byte counts too: it is added, modulo 2, to the byte after it. If all code
 * units are ASCII, this is murmur_x64(). */
struct hash128 murmur_x64_units(const uint16_t *units, size_t count);

/* MurmurHash3_x86_128 of S: the bytes of h1 to h4, each with its lowest byte first. The form of
 * ThumbmarkJS (src/utils/hash.ts), where S is UTF-8. The reference program prints the same words
 * with the highest byte first. */
struct hash128 murmur_x86(struct span s);

#endif
