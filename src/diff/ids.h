/*
 * diff_ids: the first few ids of those that something is true of.
 *
 * First are those with the smallest keys, so that the same ones are shown whatever the order
 * and the format of the rows is. An id that is not known is its key.
 */
#ifndef WHORL_DIFF_IDS_H
#define WHORL_DIFF_IDS_H

#include <stdint.h>

#include "base/quota.h"
#include "base/span.h"

struct row;

#define DIFF_IDS 3
#define DIFF_KEY 16 /* bytes of a row's key */

/* The JSON text of an id, shared by all that show it. */
struct diff_id_text {
    size_t users, n;
    unsigned char bytes[];
};

struct diff_id {
    unsigned char key[DIFF_KEY];
    struct diff_id_text *text;
};

struct diff_ids {
    struct diff_id items[DIFF_IDS]; /* in order */
    uint32_t count;
};

/* Where the key of ROW belongs among the COUNT entries of SIZE bytes at BASE, which begin with
 * keys in order: DIFF_IDS if it is not among the first or is there already. */
uint32_t diff_ids_place(const void *base, size_t size, uint32_t count,
                        const unsigned char key[DIFF_KEY]);

/* The id of ROW as JSON text, or its key as a JSON string of hex digits; a copy with one user,
 * counted against QUOTA, which may be null. Null when memory is out. */
struct diff_id_text *diff_ids_text(const struct row *row, struct quota *quota)
    __attribute__((warn_unused_result));

/* One user of TEXT, which may be null, less: with the last one it goes. */
void diff_ids_drop(struct diff_id_text *text, struct quota *quota);

static inline struct span diff_ids_span(const struct diff_id_text *text)
{
    return span_of(text->bytes, text->n);
}

/* Take ROW into account. *TEXT is its id if that has been made; else it is made when it is
 * needed, and the caller is a user of it too. False when memory is out. */
bool diff_ids_add(struct diff_ids *ids, const struct row *row, struct diff_id_text **text,
                  struct quota *quota) __attribute__((warn_unused_result));
void diff_ids_free(struct diff_ids *ids, struct quota *quota);

#endif
