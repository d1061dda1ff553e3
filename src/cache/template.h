/*
 * template: an accepted record that others are compared with: its bytes, where its leaves end,
 * and its results. Which leaves it has is in its skeleton.
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
    uint32_t *ends;     /* for each leaf, where its bytes end, with the quote of a string */
    struct cells cells; /* all results */
    size_t values;      /* as struct json_counts counts them */
    struct template_text *texts;
    unsigned char *has_text; /* for each cell a bit: most have none, which is found faster so */
    uint32_t text_count;
    unsigned char *text_bytes;
    struct vector *folded; /* for each target its excludes, and what it is folded to; the groups */
    uint64_t *groups;      /* and the sketch are here, of one target after the other; valid if */
                           /* is_folded */
    bool is_folded;        /* it is, once another record was like it */
};

/* What a template is made of. */
struct template_source {
    struct span record;
    const struct cut *cut;
    size_t values;
    const struct cells_layout *layout;
    struct cells cells;       /* as many as it has, */
    const struct span *texts; /* and as many texts */
};

/* The bytes that a template takes, without its skeleton. */
size_t template_size(const struct template_source *source);

/* Make the template of SOURCE in MEMORY, which has template_size() bytes. */
void template_make(struct template *template, const struct template_source *source,
                   struct skeleton *skeleton, void *memory);

/* The text of CELL; empty if it has none. */
struct span template_cell_text(const struct template *template, uint32_t cell);

/* Keep what VECTOR, of target number I, has been folded to; the targets come in order. */
void template_keep_folded(struct template *template, uint32_t i, const struct vector *vector);

/* How many gaps A and B have in common, from the first one on, each before a leaf at the
 * same path. All leaves before that number are at the same paths too. */
uint32_t template_common(const struct template *a, const struct template *b);

/* Does RECORD, cut as CUT says, have the skeleton of TEMPLATE, and the same gaps? */
bool template_fits(const struct template *template, const struct cut *cut, struct span record);

/* Where leaf number I begins. */
static inline uint32_t template_start(const struct template *template, uint32_t i)
{
    return (i ? template->ends[i - 1] : 0) + template->skeleton->leaves[i].gap;
}

/* Is the leaf that begins at START a number or a word? Then the byte after it decides where it
 * ends. */
static inline bool template_open_end(const struct template *template, uint32_t start)
{
    unsigned char c = template->bytes[start];

    return c != '"' && c != '{' && c != '[';
}

/* Gap number I. */
static inline struct span template_gap(const struct template *template, uint32_t i)
{
    uint32_t from = i ? template->ends[i - 1] : 0;
    uint32_t to = i < template->skeleton->leaf_count ? from + template->skeleton->leaves[i].gap
                                                     : template->length;

    return span_of(template->bytes + from, to - from);
}

#endif
