/*
 * row_maker: the image and the texts of a row, while it is read.
 *
 * A row with few of the signals that its schema has so far is made sparse, so that it takes time
 * and memory only for its own signals.
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

/* Keep TEXT as the text of signal number SLOT. */
bool row_maker_text(struct row_maker *maker, uint32_t slot, struct span text)
    __attribute__((warn_unused_result));

/* Finish the row: set its image and texts, which are valid until the next row begins. */
bool row_maker_finish(struct row_maker *maker, struct row *row)
    __attribute__((warn_unused_result));

#endif
