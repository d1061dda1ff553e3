/*
 * diff_table: rows of cells as text: separated by tabs, or in columns for a terminal.
 */
#ifndef WHORL_DIFF_TABLE_H
#define WHORL_DIFF_TABLE_H

#include <stdint.h>

#include "base/buf.h"

enum diff_style { DIFF_PLAIN, DIFF_HEAD, DIFF_GOOD, DIFF_BAD };

struct diff_table {
    struct buf *out;
    bool columns, colour;
    struct buf text;  /* of the cells not yet put out */
    struct buf cells; /* struct diff_cell each */
};

/* Put rows to OUT: in COLUMNS, the heads of which are rows of the style DIFF_HEAD; with COLOUR
 * styles can be seen. Else a cell ends with a tab or LF, and heads are left out. */
void diff_table_init(struct diff_table *table, struct buf *out, bool columns, bool colour);
void diff_table_free(struct diff_table *table);

/* Begin a row. */
void diff_table_row(struct diff_table *table, enum diff_style style);

/* Append a cell: text, escaped (escape.h);
 * text that stands to the right in its column; a number, which does so too. */
void diff_table_put(struct diff_table *table, struct span text);
void diff_table_puts(struct diff_table *table, const char *text);
void diff_table_right(struct diff_table *table, struct span text);
void diff_table_number(struct diff_table *table, uint64_t number);

/* More text for the last cell. */
void diff_table_more(struct diff_table *table, struct span text);

/* Put out the rows so far, aligned with one another; then, in columns, an empty line if there
 * were any. Memory that ran out is for OUT to say. */
void diff_table_flush(struct diff_table *table);

#endif
