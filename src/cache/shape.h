/*
 * shape: an accepted record, kept whole as the thing to compare others with: its bytes, where
 * its leaves end, and what all of it came to. Which leaves those are is its skeleton.
 */
#ifndef WHORL_CACHE_SHAPE_H
#define WHORL_CACHE_SHAPE_H

#include "cache/skeleton.h"

struct shape_text {
    uint32_t cell, n; /* the n bytes from `at` on of text_bytes; in order of cells */
    uint32_t at;
};

struct shape {
    struct skeleton *skeleton;
    unsigned char *bytes; /* the record */
    uint32_t length;
    uint32_t *ends;     /* one a leaf: where its bytes end, a string's quotes among them */
    struct cells cells; /* all results */
    size_t values;      /* as struct json_counts counts them */
    struct shape_text *texts;
    uint32_t text_count;
    unsigned char *text_bytes;
};

/* What a record is made a shape of. */
struct shape_source {
    struct span record;
    const struct survey *survey;
    size_t values;
    struct cells cells;       /* COUNT of them, */
    const struct span *texts; /* and as many texts */
    uint32_t count;
};

/* The bytes that the parts of a shape take, but for its skeleton. */
size_t shape_size(const struct shape_source *source);

/* Make the shape of SOURCE, in as much MEMORY; its skeleton is SKELETON. */
void shape_make(struct shape *shape, const struct shape_source *source,
                struct skeleton *skeleton, void *memory);

/* The text of CELL; empty if it has none. */
struct span shape_cell_text(const struct shape *shape, uint32_t cell);

/* How many texts A and B have in common, from the first on, each before a leaf at the same
 * place: all leaves before that number are at the same places too. */
uint32_t shape_common(const struct shape *a, const struct shape *b);

/* Has RECORD, cut as SURVEY says, the skeleton of SHAPE, with the same texts? */
bool shape_fits(const struct shape *shape, const struct survey *survey, struct span record);

/* Where leaf number I begins. */
static inline uint32_t shape_start(const struct shape *shape, uint32_t i)
{
    return (i ? shape->ends[i - 1] : 0) + shape->skeleton->leaves[i].text;
}

/* Is the leaf that begins at START a number or word: does it go on until what follows
 * ends it? */
static inline bool shape_open_end(const struct shape *shape, uint32_t start)
{
    unsigned char c = shape->bytes[start];

    return c != '"' && c != '{' && c != '[';
}

/* The text number I. */
static inline struct span shape_text(const struct shape *shape, uint32_t i)
{
    uint32_t from = i ? shape->ends[i - 1] : 0;
    uint32_t to = i < shape->skeleton->leaf_count ? from + shape->skeleton->leaves[i].text
                                                  : shape->length;

    return span_of(shape->bytes + from, to - from);
}

#endif
