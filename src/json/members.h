/*
 * members: the names of a record: each object has each name once, and each name its hash.
 *
 * Names are compared after unescaping (RFC 7493 section 2.3, RFC 8259 section 4): {"a":1,
 * "\u0061":2} has one name twice; names that differ before unpaired surrogates become
 * U+FFFD stay different. Each object's names are put into a table by a seeded hash; an
 * object whose names crowd one place of it is sorted instead, so the cost is O(n log n)
 * however hostile the names are.
 */
#ifndef WHORL_JSON_MEMBERS_H
#define WHORL_JSON_MEMBERS_H

#include <stdint.h>

#include "base/fault.h"

struct arena;
struct json;

/* For each node of the record that is a member name, the hash_seeded() of its unescaped
 * text (lone surrogates as json_string() reads them); the others are not set. */
struct members {
    const uint64_t *hash;
};

/* Look at every object of JSON. FAULT_NONE and *MEMBERS filled, in ARENA; or
 * STATUS_DUPLICATE, with the offset of the opening quote of the second name of the pair
 * that comes first in the text; or STATUS_NO_MEMORY. */
struct fault members_check(const struct json *json, uint64_t seed, struct arena *arena,
                           struct members *members) __attribute__((warn_unused_result));

#endif
