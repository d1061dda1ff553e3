/*
 * line_layout: the values of a line of text output, as one array.
 *
 * The columns of TSV are made from this array, and so are schemas for other programs, of NDJSON
 * too. The path of a value in NDJSON is its member and, if the member is an object, its own name.
 */
#ifndef WHORL_FORMAT_LINE_LAYOUT_H
#define WHORL_FORMAT_LINE_LAYOUT_H

#include "format/ndjson.h"

/* What a value is. In NDJSON, hashes are strings of hexadecimal digits. */
enum line_type {
    LINE_TEXT,    /* a string */
    LINE_U64,     /* a whole number */
    LINE_JSON,    /* any JSON value, as the record or a step has it */
    LINE_HASH64,  /* 16 digits */
    LINE_HASH128, /* 32 digits */
    LINE_TYPES
};

struct line_column {
    enum ndjson_member member;
    uint32_t number; /* in the member: of the identity, group, row or carried member; else 0 */
};

struct line_layout {
    const struct catalog *catalog;
    struct line_column *columns; /* in the order of output */
    size_t count;
};

/* Make the layout of the lines of CATALOG's vectors by OPTIONS; CATALOG must last. Values that no
 * line has are left out: those of private signals that are not revealed, and of retired ones. False
 * when memory is out; line_layout_free() must follow in either case. */
bool line_layout_make(struct line_layout *layout, const struct writer_options *options,
                      const struct catalog *catalog) __attribute__((warn_unused_result));
void line_layout_free(struct line_layout *layout);

/* Append the name of COLUMN in the header of TSV, but without escapes: that of its member and, after
 * a point, its own. OUT says whether memory ran out. */
void line_column_put_name(struct buf *out, const struct line_layout *layout,
                          const struct line_column *column);

/* The member of a line that COLUMN is in: the id of a library is in `ids`. */
enum ndjson_member line_column_member(const struct line_column *column);

/* The own name of COLUMN within its member; empty if the member is one value. */
struct span line_column_name(const struct line_layout *layout,
                             const struct line_column *column);

/* Is it an array in NDJSON, which is one cell in TSV? */
bool line_column_is_array(const struct line_column *column);

/* Of how many values: 1, or the length of the array. */
uint32_t line_column_count(const struct line_layout *layout, const struct line_column *column);

/* The type of its values; may one be null, or left out? */
enum line_type line_column_type(const struct line_column *column);
bool line_column_has_null(const struct line_column *column);

#endif
