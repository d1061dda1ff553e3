/*
 * arrow_batch: rows that are written together, column by column, as one message of an Arrow stream.
 *
 * A batch is full with the row with which it has ARROW_BATCH_ROWS rows or ARROW_BATCH_DATA bytes of
 * data: of each number, identity, key and element of a list its size, of each text 4 bytes and its
 * own. So batches depend on the rows alone, and their memory is bounded.
 */
#ifndef WHORL_FORMAT_ARROW_BATCH_H
#define WHORL_FORMAT_ARROW_BATCH_H

#include "format/arrow_layout.h"

#define ARROW_BATCH_ROWS 1024
#define ARROW_BATCH_DATA ((size_t)1 << 22)

struct arrow_batch {
    struct buf rows;              /* of arrow_row.h */
    size_t at[ARROW_BATCH_ROWS];  /* where each begins */
    uint32_t count;               /* how many there are */
    size_t data;                  /* bytes of them */
};

/* Add ROW, one of LAYOUT; the batch must not be full. `rows` says whether memory ran out. */
void arrow_batch_add(struct arrow_batch *batch, const struct arrow_layout *layout,
                     struct span row);

bool arrow_batch_is_full(const struct arrow_batch *batch);

/* Append the message of its rows to OUT, which says whether memory ran out. */
void arrow_batch_put(struct buf *out, const struct arrow_batch *batch,
                     const struct arrow_layout *layout);

/* Remove the rows; the memory stays. */
void arrow_batch_clear(struct arrow_batch *batch);

#endif
