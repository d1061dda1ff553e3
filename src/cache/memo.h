/*
 * memo: what leaves came to, by their place and bytes.
 *
 * An entry is found by a seeded hash of its bytes, and it is those that are compared: a hit is
 * the same bytes at the same place, whose results depend on nothing else (leaf.h). It is kept
 * when it is seen for the second time, since most values that are new stay the only ones of
 * their kind; what is short may be kept at first sight.
 *
 * Bounds: a fixed number of entries in sets of MEMO_WAYS, their bytes one after the other in a
 * ring, where the newest overwrite the oldest. A probe looks at one set. So
 * whoever sends only what is new, or all twice, has others' entries forgotten, and can do
 * nothing else: each costs what it costs without a memo, and a look at one set.
 */
#ifndef WHORL_CACHE_MEMO_H
#define WHORL_CACHE_MEMO_H

#include "vector/vector.h"

#define MEMO_WAYS  4
#define MEMO_SHORT 128 /* bytes of an entry that is kept at first sight */

struct memo_entry;

struct memo {
    struct memo_entry *entries;
    uint32_t count;      /* of entries: a power of 2 */
    uint16_t *seen;      /* of what was seen once: a part of its hash, by another part */
    unsigned char *ring; /* byte number n of all ever written is at n % ring_size */
    size_t ring_size;    /* a power of 2 */
    size_t longest;      /* bytes of an entry; a longer one is not kept */
    uint64_t written;
    uint64_t seed;
};

/* The bytes that a memo of COUNT entries takes. */
size_t memo_size(uint32_t count);

/* Begin with nothing, in memo_size() bytes at MEMORY, aligned for any type. COUNT is a power of
 * 2, from MEMO_WAYS to 2^22. */
void memo_init(struct memo *memo, void *memory, uint32_t count, uint64_t seed);

/* Forget all: places have got other numbers. */
void memo_forget(struct memo *memo);

/* The hash that the functions below take. */
uint64_t memo_hash(const struct memo *memo, uint32_t place, struct span raw);

/* Have what memo_find() will look at come into the processor's cache: first the set of HASH,
 * then, once that is there, what its entry has in the ring. */
void memo_expect(const struct memo *memo, uint64_t hash);
void memo_expect_kept(const struct memo *memo, uint32_t place, uint64_t hash);

/* Are the COUNT results of the leaf RAW at PLACE known? Then RESULTS are set, their texts valid
 * until the next memo_keep(). */
bool memo_find(const struct memo *memo, uint32_t place, struct span raw, uint64_t hash,
               struct vector_signal *results, uint32_t count);

/* Keep what memo_find() did not find, if it was seen before, or is short and AT_ONCE is set. */
void memo_keep(struct memo *memo, uint32_t place, struct span raw, uint64_t hash,
               const struct vector_signal *results, uint32_t count, bool at_once);

#endif
