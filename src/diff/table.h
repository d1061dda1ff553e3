/*
 * diff_table: a table as text: cells with tabs between them, or columns for a terminal.
 *
 * Cells are written as they come. Columns need their widths first, so the same rows are put
 * twice: once to measure them, and once to write them.
 */
#ifndef WHORL_DIFF_TABLE_H
#define WHORL_DIFF_TABLE_H

#include "diff/out.h"

enum diff_style { DIFF_PLAIN, DIFF_HEAD, DIFF_GOOD, DIFF_BAD };

#define DIFF_TABLE_COLUMNS 16

struct diff_table {
    struct diff_out out;
    bool columns, colour;
    bool measuring; /* rows are measured, not written */
    size_t widths[DIFF_TABLE_COLUMNS];
    bool any, open;        /* there was a row; a row has begun and not ended */
    enum diff_style style; /* of this row */
    size_t column;         /* how many of its cells have begun */
    struct buf cell;       /* in columns: the text of the last cell */
    bool right;            /* it is aligned to the right */
};

/* A table to OUT: with COLUMNS in columns, under headings, which are rows of the style
 * DIFF_HEAD; else a cell ends with a tab or LF, and headings are left out. With COLOUR styles
 * are coloured. */
void diff_table_init(struct diff_table *table, const struct diff_out *out, bool columns,
                     bool colour);
void diff_table_free(struct diff_table *table);

/* Begin to measure rows, for columns only; then begin to write the same rows. */
void diff_table_measure(struct diff_table *table);
void diff_table_write(struct diff_table *table);

/* Begin a row. */
void diff_table_row(struct diff_table *table, enum diff_style style);

/* Append a cell: text, escaped (escape.h); text, or a number, aligned to the right. */
void diff_table_put(struct diff_table *table, struct span text);
void diff_table_puts(struct diff_table *table, const char *text);
void diff_table_right(struct diff_table *table, struct span text);
void diff_table_number(struct diff_table *table, uint64_t number);

/* More text for the last cell. */
void diff_table_more(struct diff_table *table, struct span text);

/* End the last row; in columns write an empty line if there were rows. Whether memory ran out
 * is known from the buffer. */
void diff_table_end(struct diff_table *table);

#endif
