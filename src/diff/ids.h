/*
 * diff_ids: the first few ids of those that something is true of.
 *
 * First are those with the smallest keys, so that the same ones are shown whatever the order
 * and the format of the rows is. An id that is not known is its key.
 */
#ifndef WHORL_DIFF_IDS_H
#define WHORL_DIFF_IDS_H

#include "base/buf.h"
#include "format/row.h"

#define DIFF_IDS 3

struct diff_id {
    unsigned char key[ROW_KEY];
    struct span id; /* JSON text; owned */
};

struct diff_ids {
    struct diff_id items[DIFF_IDS]; /* in order */
    uint32_t count;
};

/* Where the key of ROW belongs among the COUNT entries of SIZE bytes at BASE, which begin with
 * keys in order: DIFF_IDS if it is not among the first or is there already. */
uint32_t diff_ids_place(const void *base, size_t size, uint32_t count,
                        const unsigned char key[ROW_KEY]);

/* The id of ROW as JSON text, or its key as a JSON string of hex digits; a copy, to be freed
 * with free(). SPAN_FAILED when memory is out. */
struct span diff_ids_text(const struct row *row);

/* Take ROW into account. False when memory is out. */
bool diff_ids_add(struct diff_ids *ids, const struct row *row)
    __attribute__((warn_unused_result));
void diff_ids_free(struct diff_ids *ids);

#endif
