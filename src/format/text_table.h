/*
 * text_table: a table as text: cells with tabs between them, or columns for a terminal.
 *
 * Cells are written as they come. Columns need their widths first, so the same rows are put
 * twice: once to measure them, and once to write them.
 */
#ifndef WHORL_FORMAT_TEXT_TABLE_H
#define WHORL_FORMAT_TEXT_TABLE_H

#include "format/report_out.h"

enum text_style { TEXT_PLAIN, TEXT_HEAD, TEXT_GOOD, TEXT_BAD };

#define TEXT_TABLE_COLUMNS 16

struct text_table {
    struct report_out out;
    bool columns, colour;
    bool measuring; /* rows are measured, not written */
    size_t widths[TEXT_TABLE_COLUMNS];
    bool any, open;        /* there was a row; a row has begun and not ended */
    enum text_style style; /* of this row */
    size_t column;         /* how many of its cells have begun */
    struct buf cell;       /* in columns: the text of the last cell */
    bool right;            /* it is aligned to the right */
};

/* A table to OUT: with COLUMNS in columns, under headings, which are rows of the style
 * TEXT_HEAD; else a cell ends with a tab or LF, and headings are left out. With COLOUR styles
 * are coloured. */
void text_table_init(struct text_table *table, const struct report_out *out, bool columns,
                     bool colour);
void text_table_free(struct text_table *table);

/* Begin to measure rows, for columns only; then begin to write the same rows. */
void text_table_measure(struct text_table *table);
void text_table_write(struct text_table *table);

/* Begin a row. */
void text_table_row(struct text_table *table, enum text_style style);

/* A row of headings: NAMES, with null after the last one. */
void text_table_head(struct text_table *table, const char *const *names);

/* Append a cell: text, escaped (escape.h); text, or a number, aligned to the right. */
void text_table_put(struct text_table *table, struct span text);
void text_table_puts(struct text_table *table, const char *text);
void text_table_right(struct text_table *table, struct span text);
void text_table_number(struct text_table *table, uint64_t number);

/* More text for the last cell. */
void text_table_more(struct text_table *table, struct span text);

/* End the last row; in columns write an empty line if there were rows. Whether memory ran out
 * is known from the buffer. */
void text_table_end(struct text_table *table);

#endif
