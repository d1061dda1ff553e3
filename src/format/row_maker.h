/*
 * row_maker: the image and the texts of a row, while it is read.
 *
 * A row that has few of the signals that its schema has by now is made sparse, so that it takes
 * time and memory for what it has, not for all that other rows had.
 */
#ifndef WHORL_FORMAT_ROW_MAKER_H
#define WHORL_FORMAT_ROW_MAKER_H

#include "base/buf.h"
#include "format/row.h"

struct row_maker {
    const struct schema *schema;
    bool sparse;
    struct buf image, slots, heads, texts, scratch;
};

/* An empty maker owns no memory. */
void row_maker_free(struct row_maker *maker);

/* Begin a row of SCHEMA, which has SIGNALS of its signals, or a few more. False when memory is
 * out, here and below. */
bool row_maker_start(struct row_maker *maker, const struct schema *schema, uint32_t signals)
    __attribute__((warn_unused_result));

/* The 8 bytes for the hash of signal number SLOT, to be written before the next call; of a slot
 * that comes twice the last ones count. Null when memory is out. */
unsigned char *row_maker_signal(struct row_maker *maker, uint32_t slot)
    __attribute__((warn_unused_result));

/* Keep TEXT as that of signal number SLOT. */
bool row_maker_text(struct row_maker *maker, uint32_t slot, struct span text)
    __attribute__((warn_unused_result));

/* The row is whole: its image and texts, which stay until the next one begins. */
bool row_maker_finish(struct row_maker *maker, struct row *row)
    __attribute__((warn_unused_result));

#endif
