/*
 * leaf: what the bytes of a leaf come to. It depends on them and on the path, on nothing else.
 */
#ifndef WHORL_CACHE_LEAF_H
#define WHORL_CACHE_LEAF_H

#include "cache/path.h"

struct json_counts;

/* What reads leaves; its parts belong to whoever made it. */
struct leaf_reader {
    const struct paths *paths;
    struct hit *hits; /* one a pointer of the target that has most; overwritten */
    struct arena *arena;
    struct buf *scratch;
};

/* Read the leaf RAW at PATH, which validate_value() has passed with COUNTS: RESULTS has one
 * for each cell of the path, in order, as the cells are to hold them (cells.h), texts in the
 * arena. False if an object in it has a name twice, or memory is out. */
bool leaf_read(struct leaf_reader *reader, uint32_t path, struct span raw,
               const struct json_counts *counts, struct vector_signal *results)
    __attribute__((warn_unused_result));

#endif
