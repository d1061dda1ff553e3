/*
 * diff_ids: a few ids as examples.
 *
 * They are those with the smallest keys, so that a report shows the same ones whatever the
 * order and the format of the rows. An id that is not known is shown as its key.
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

/* The index of KEY among the COUNT entries of SIZE bytes at BASE, which begin with keys in
 * order. DIFF_IDS if it is not one of the first or is there already. */
uint32_t diff_ids_place(const void *base, size_t size, uint32_t count,
                        const unsigned char key[DIFF_KEY]);

/* The id of ROW as JSON text, or its key as a JSON string of hex digits; a copy with one user,
 * counted against QUOTA, which may be null. Null when memory is out. */
struct diff_id_text *diff_ids_text(const struct row *row, struct quota *quota)
    __attribute__((warn_unused_result));

/* TEXT, which may be null, has one user less. The last one frees it. */
void diff_ids_drop(struct diff_id_text *text, struct quota *quota);

static inline struct span diff_ids_span(const struct diff_id_text *text)
{
    return span_of(text->bytes, text->n);
}

/* Add the id of ROW, if it is one of the first. *TEXT is the id, or null: then it becomes the
 * id if that is needed, and the caller is a user of it too. False when memory is out. */
bool diff_ids_add(struct diff_ids *ids, const struct row *row, struct diff_id_text **text,
                  struct quota *quota) __attribute__((warn_unused_result));
void diff_ids_free(struct diff_ids *ids, struct quota *quota);

#endif
