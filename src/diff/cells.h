/*
 * diff_cells: the cells and rows that several sections of the text report have.
 */
#ifndef WHORL_DIFF_CELLS_H
#define WHORL_DIFF_CELLS_H

#include "format/text_table.h"

struct diff_ids;
struct diff_report;
struct diff_rules;

/* A report that is being written. */
struct diff_cells {
    const struct diff_report *report;
    struct text_table table;
    bool terminal;
};

/* A cell of IDS, which may be null, with a space between them; on a terminal the first only. */
void diff_cells_ids(struct diff_cells *r, const struct diff_ids *ids);

/* Whether a difference was EXPECTED: as the text of a cell, constant; as the style of a row. */
const char *diff_cells_mark(const struct diff_cells *r, bool expected);
enum text_style diff_cells_style(const struct diff_cells *r, bool expected);

/* A row for each of RULES, of OPTION, that names nothing that is there; RULES may be null. */
void diff_cells_unused(struct text_table *table, const char *option,
                       const struct diff_rules *rules);

/* More text for the last cell: the 8 bytes at HASH in hexadecimal. */
void diff_cells_digits(struct diff_cells *r, const unsigned char *hash);

#endif
