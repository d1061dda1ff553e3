/*
 * template: an accepted record, kept whole as the thing to compare others with: its bytes,
 * where its leaves end, and what all of it came to. Which leaves those are is its skeleton.
 */
#ifndef WHORL_CACHE_TEMPLATE_H
#define WHORL_CACHE_TEMPLATE_H

#include "base/span.h"
#include "cache/skeleton.h"

struct template_text {
    uint32_t cell, n; /* the n bytes from `at` on of text_bytes; in order of cells */
    uint32_t at;
};

struct template {
    struct skeleton *skeleton;
    unsigned char *bytes; /* the record */
    uint32_t length;
    uint32_t *ends;     /* one a leaf: where its bytes end, a string's quotes among them */
    struct cells cells; /* all results */
    size_t values;      /* as struct json_counts counts them */
    struct template_text *texts;
    uint32_t text_count;
    unsigned char *text_bytes;
};

/* What a record is made a template of. */
struct template_source {
    struct span record;
    const struct cut *cut;
    size_t values;
    struct cells cells;       /* COUNT of them, */
    const struct span *texts; /* and as many texts */
    uint32_t count;
};

/* The bytes that the parts of a template take, but for its skeleton. */
size_t template_size(const struct template_source *source);

/* Make the template of SOURCE, in as much MEMORY; its skeleton is SKELETON. */
void template_make(struct template *template, const struct template_source *source,
                   struct skeleton *skeleton, void *memory);

/* Has RECORD, cut as CUT says, the skeleton of TEMPLATE, with the same texts? */
bool template_fits(const struct template *template, const struct cut *cut, struct span record);

/* Where leaf number I begins. */
static inline uint32_t template_start(const struct template *template, uint32_t i)
{
    return (i ? template->ends[i - 1] : 0) + template->skeleton->leaves[i].gap;
}

/* Is the leaf that begins at START a number or word: does it go on until what follows
 * ends it? */
static inline bool template_open_end(const struct template *template, uint32_t start)
{
    unsigned char c = template->bytes[start];

    return c != '"' && c != '{' && c != '[';
}

/* The text number I. */
static inline struct span template_gap(const struct template *template, uint32_t i)
{
    uint32_t from = i ? template->ends[i - 1] : 0;
    uint32_t to = i < template->skeleton->leaf_count ? from + template->skeleton->leaves[i].gap
                                                     : template->length;

    return span_of(template->bytes + from, to - from);
}

#endif
