/*
 * diff_table: rows of cells as text: separated by tabs, or in columns for a terminal.
 *
 * Cells are written as they come. Columns need their widths first, so the same rows are put
 * twice: once to be measured, and once to be written.
 */
#ifndef WHORL_DIFF_TABLE_H
#define WHORL_DIFF_TABLE_H

#include "diff/out.h"

enum diff_style { DIFF_PLAIN, DIFF_HEAD, DIFF_GOOD, DIFF_BAD };

#define DIFF_TABLE_COLUMNS 16

struct diff_table {
    struct diff_out out;
    bool columns, colour;
    bool measuring; /* rows are not written, only their widths taken down */
    size_t widths[DIFF_TABLE_COLUMNS];
    bool any, open;        /* there was a row; one has begun and not ended */
    enum diff_style style; /* its; */
    size_t column;         /* how many of its cells have begun */
    struct buf cell;       /* in columns: the text of the last one, */
    bool right;            /* which stands to the right */
};

/* Put rows to OUT: in COLUMNS, the heads of which are rows of the style DIFF_HEAD; with COLOUR
 * styles can be seen. Else a cell ends with a tab or LF, and heads are left out. */
void diff_table_init(struct diff_table *table, const struct diff_out *out, bool columns,
                     bool colour);
void diff_table_free(struct diff_table *table);

/* Begin with rows of new widths, which are to be measured, in columns only; then with the same
 * rows, which are to be written. */
void diff_table_measure(struct diff_table *table);
void diff_table_write(struct diff_table *table);

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

/* All rows were put: end the last one; in columns write an empty line if there were any. Memory
 * that ran out is for the buffer to say. */
void diff_table_end(struct diff_table *table);

#endif
