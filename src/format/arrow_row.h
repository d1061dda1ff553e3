/*
 * arrow_row: a vector as it waits to be written in a batch of columns.
 *
 * Any thread makes rows, without a look at others; the batch is made of them where their order is
 * known. A row is, in little-endian numbers:
 *
 *     u64             its size in bytes, a multiple of 8
 *     u64             the bytes of its texts
 *     u64 each 64     bit i: column i is not null
 *     cells           each as Arrow has the value: a list as all elements, of which 0 is null; a text
 *                     as its length, u32; at arrow_column's `cell`, not aligned
 *     texts           in the order of the columns, with nothing between them, then zeros
 *
 * It never leaves the process.
 */
#ifndef WHORL_FORMAT_ARROW_ROW_H
#define WHORL_FORMAT_ARROW_ROW_H

#include "format/arrow_layout.h"
#include "format/little_endian.h"

struct passthrough;
struct vector;

/* Append the row of VECTOR, of the record with PASSTHROUGH, to OUT, which says whether memory ran out.
 * A text of nearly 2 GiB, for which Arrow has no offset, counts as that. */
void arrow_row_put(struct buf *out, const struct arrow_layout *layout,
                   const struct passthrough *passthrough, const struct vector *vector);

static inline size_t arrow_row_size(const unsigned char *row)
{
    return (size_t)get_u64(row);
}

static inline size_t arrow_row_text_size(const unsigned char *row)
{
    return (size_t)get_u64(row + 8);
}

/* Is the value of column number I not null? */
static inline bool arrow_row_has(const unsigned char *row, size_t i)
{
    return row[16 + i / 8] >> i % 8 & 1;
}

#endif
