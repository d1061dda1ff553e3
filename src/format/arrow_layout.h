/*
 * arrow_layout: the columns of an Arrow stream, as one array.
 *
 * They are the values of a line, line_layout.h, each with the type that Arrow has for it, and beside
 * the id its key. The schema, the rows and the batches are made from this array.
 */
#ifndef WHORL_FORMAT_ARROW_LAYOUT_H
#define WHORL_FORMAT_ARROW_LAYOUT_H

#include "format/line_layout.h"

enum arrow_type {
    ARROW_UTF8,
    ARROW_U32,
    ARROW_U64,
    ARROW_I64,
    ARROW_F64,
    ARROW_BYTES, /* 16, in the order of their hexadecimal digits */
    ARROW_TYPES
};

struct arrow_column {
    struct line_column line; /* which value it is; for the key: the id */
    bool is_key;
    bool has_null;        /* may a value, or an element, be null? */
    enum arrow_type type; /* of the value, or of an element */
    uint32_t list;        /* the number of elements of a list; 0 for a single value */
    size_t cell;          /* where the value is in a row, arrow_row.h */
};

struct arrow_layout {
    struct line_layout lines;
    struct arrow_column *columns; /* in the order of output */
    size_t count;
    size_t cells; /* bytes of a row before its texts */
    size_t data;  /* bytes of a row's data without its texts: what arrow_batch.h counts */
    size_t nodes, buffers; /* of a batch: how many arrays and buffers its columns have */
};

/* Make the layout of CATALOG's vectors by OPTIONS; CATALOG must last. Lists without elements are left
 * out. False when memory is out; arrow_layout_free() must follow in either case. */
bool arrow_layout_make(struct arrow_layout *layout, const struct writer_options *options,
                       const struct catalog *catalog) __attribute__((warn_unused_result));
void arrow_layout_free(struct arrow_layout *layout);

/* Append the name of COLUMN. OUT says whether memory ran out. */
void arrow_column_put_name(struct buf *out, const struct arrow_layout *layout,
                           const struct arrow_column *column);

/* The type's name, constant; the bytes of a value, for a text those of an offset. */
const char *arrow_type_name(enum arrow_type type);
uint32_t arrow_type_size(enum arrow_type type);

#endif
