/*
 * leaf: the results of a leaf. They depend on its bytes and its path, and on nothing else.
 */
#ifndef WHORL_CACHE_LEAF_H
#define WHORL_CACHE_LEAF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct arena;
struct buf;
struct hit;
struct json;
struct json_counts;
struct limits;
struct paths;
struct reshape_counts;
struct vector_signal;

struct leaf_reader {
    const struct paths *paths;
    const struct limits *limits;     /* of a record */
    struct reshape_counts *reshaped; /* one for each line of the target that has most, */
                                     /* overwritten */
    struct hit *hits;    /* one for each pointer of the target that has most; overwritten */
    struct arena *arena; /* this and the scratch buffer are to be set for each record */
    struct buf *scratch;
};

/* Take the memory for hits. False when it is out; leaf_reader_free() must follow in either
 * case. */
bool leaf_reader_init(struct leaf_reader *reader, const struct paths *paths,
                      const struct limits *limits)
    __attribute__((warn_unused_result));
void leaf_reader_free(struct leaf_reader *reader);

/* Make *RESHAPED of JSON, a leaf at PATH, as target number I has it read. False when memory is
 * out. */
bool leaf_reshape(struct leaf_reader *reader, uint32_t path, uint32_t i, const struct json *json,
                  struct json *reshaped) __attribute__((warn_unused_result));

/* Read the leaf RAW at PATH, which validate_value() has passed with COUNTS: RESULTS has one
 * for each cell of the path, in order, as the cells are to hold them (cells.h), texts in the
 * arena. False if an object in it has a name twice, or memory is out. */
bool leaf_read(struct leaf_reader *reader, uint32_t path, struct span raw,
               const struct json_counts *counts, struct vector_signal *results)
    __attribute__((warn_unused_result));

#endif
