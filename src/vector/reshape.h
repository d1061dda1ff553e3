/*
 * reshape: a record as @pairs and @json of a catalog have it read.
 *
 * A string at a pointer of @json that holds a JSON text, under the limits of a record, is replaced
 * by that text, without white space outside of strings. An array at a pointer of @pairs is replaced
 * by an object. Pointers lead through what others have replaced. The result is a JSON text of its
 * own, no longer than the record, and everything after this stage reads it in place of the record.
 * If nothing is replaced, the result is the record itself.
 */
#ifndef WHORL_VECTOR_RESHAPE_H
#define WHORL_VECTOR_RESHAPE_H

#include <stddef.h>
#include <stdint.h>

#include "json/nodes.h"

struct arena;
struct catalog;
struct limits;

/* What all texts are read under. */
struct reshape_rules {
    const struct limits *limits; /* of a record */
    uint64_t seed;               /* of the hashes of names */
    struct arena *arena;
};

/* What one line of the catalog has met with. */
struct reshape_counts {
    uint32_t repeated; /* @pairs: elements of a name that a later one has too */
    uint32_t skipped;  /* @pairs: elements that are no pair; @json: a string that is no JSON */
};

/* Make *RESHAPED of JSON, the value at the node AT of the catalog's reshape_trie; TRIE_ROOT is the
 * record. COUNTS has an entry for each line of the catalog; those of lines at and below AT are set.
 * *RESHAPED views the text of JSON, or is in the arena. False when memory is out. */
bool reshape_value(struct json *reshaped, const struct catalog *catalog, uint32_t at,
                   const struct json *json, const struct reshape_rules *rules,
                   struct reshape_counts *counts) __attribute__((warn_unused_result));

/* Where in the record JSON byte OFFSET of what reshape_value() has made of it comes from; of a byte
 * in a text that a string holds, the string's opening quote. If memory is out, any offset. */
size_t reshape_origin(const struct catalog *catalog, const struct json *json, size_t offset,
                      const struct reshape_rules *rules);

#endif
