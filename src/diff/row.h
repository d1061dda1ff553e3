/*
 * diff_row: a copy of a row, in one piece of memory or of a file.
 */
#ifndef WHORL_DIFF_ROW_H
#define WHORL_DIFF_ROW_H

#include <stdbool.h>

#include "diff/ids.h"

struct buf;
struct row;
struct schema;
struct spill;

/* The header; the bytes of id, image, slots, heads and texts follow it. */
struct diff_row {
    unsigned char key[DIFF_KEY]; /* the join's key of the row, which is not the row's own */
    struct schema *schema;
    uint32_t id_n, image_n, slots_n, heads_n, texts_n;
    uint8_t side;
    bool has_id;
    bool followed; /* --by: an earlier record of the visitor was paired with it */
    unsigned char row_key[DIFF_KEY];
};

/* A copy of ROW, to be freed with free(); null when memory is out. */
struct diff_row *diff_row_keep(const struct row *row, const unsigned char key[DIFF_KEY],
                               unsigned side) __attribute__((warn_unused_result));

/* Bytes of all of it. */
size_t diff_row_size(const struct diff_row *kept);

/* The row again, in the memory of KEPT. */
struct row diff_row_view(const struct diff_row *kept);

/* Read the row AT in PARTITION into BUF, where it stays as long as the bytes of BUF do. Null
 * with an errno in *ERROR. */
const struct diff_row *diff_row_load(const struct spill *spill, unsigned partition, uint64_t at,
                                     struct buf *buf, int *error)
    __attribute__((warn_unused_result));

#endif
