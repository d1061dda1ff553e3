/*
 * value_cache: the results of leaves, found by their path and bytes.
 *
 * An entry is found by a seeded hash of its bytes, and the bytes are compared. So a hit has the
 * same bytes at the same path, and results depend on nothing else (leaf.h). A value is kept when it
 * is seen for the second time, because most new values are never seen again; a short one may be
 * kept at first sight.
 *
 * Bounds: a fixed number of entries in sets of VALUE_CACHE_WAYS, their bytes one after the other in
 * a ring, where the newest overwrite the oldest. A probe looks at one set. So input with only new
 * values, or with all values twice, can make other entries forgotten, and nothing more: each value
 * costs as much as without a value cache, and one probe.
 */
#ifndef WHORL_CACHE_VALUE_CACHE_H
#define WHORL_CACHE_VALUE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct vector_signal;

#define VALUE_CACHE_WAYS  4
#define VALUE_CACHE_SHORT 128 /* bytes of an entry that is kept at first sight */

struct value_cache_entry;

struct value_cache {
    struct value_cache_entry *entries;
    uint32_t count;      /* of entries: a power of 2 */
    uint16_t *seen;      /* of what was seen once: a part of its hash, by another part */
    unsigned char *ring; /* byte number n of all ever written is at n % ring_size */
    size_t ring_size;    /* a power of 2 */
    size_t longest;      /* bytes of an entry; a longer one is not kept */
    uint64_t written;
    uint64_t seed;
};

/* The bytes that a value cache of COUNT entries takes. */
size_t value_cache_size(uint32_t count);

/* Begin with nothing, in value_cache_size() bytes at MEMORY, aligned for any type. COUNT is
 * a power of 2, from VALUE_CACHE_WAYS to 2^22. */
void value_cache_init(struct value_cache *value_cache, void *memory, uint32_t count,
                      uint64_t seed);

/* Forget all: paths have got other numbers. */
void value_cache_forget(struct value_cache *value_cache);

/* The hash that the functions below take. */
uint64_t value_cache_hash(const struct value_cache *value_cache, uint32_t path,
                          struct span raw);

/* Have what value_cache_find() will look at come into the processor's cache: first the set
 * of HASH, then, once that is there, what its entry has in the ring. */
void value_cache_expect(const struct value_cache *value_cache, uint64_t hash);
void value_cache_expect_kept(const struct value_cache *value_cache, uint32_t path,
                             uint64_t hash);

/* Are the COUNT results of the leaf RAW at PATH known? Then RESULTS are set, their texts valid
 * until the next value_cache_keep(). */
bool value_cache_find(const struct value_cache *value_cache, uint32_t path, struct span raw,
                      uint64_t hash, struct vector_signal *results, uint32_t count);

/* Keep what value_cache_find() did not find, if it was seen before, or is short and AT_ONCE
 * is set. */
void value_cache_keep(struct value_cache *value_cache, uint32_t path, struct span raw,
                      uint64_t hash, const struct vector_signal *results, uint32_t count,
                      bool at_once);

#endif
