/*
 * table: the tables that steps read.
 *
 * Each is a text file of data/, compiled in by scripts/embed-tables. Once released it never
 * changes, like the steps that read it. Its version is part of the digest of every catalog that has
 * such a step.
 */
#ifndef WHORL_STEPS_TABLE_H
#define WHORL_STEPS_TABLE_H

#include "base/span.h"

#define TABLE_CELLS 4 /* the most that a row has */

struct table_row {
    struct extent cells[TABLE_CELLS]; /* in table.texts; empty where the table has fewer */
};

struct table {
    const char *name;             /* data/NAME.tsv */
    const char *version;          /* a word */
    const unsigned char *texts;   /* ASCII */
    const struct table_row *rows; /* in the order of the file */
    size_t count;
};

extern const struct table table_gpu, table_language, table_platform, table_timezone, table_ua;

/* All tables, ordered by name, and their number. */
extern const struct table *const table_all[];
extern const size_t table_count;

/* Cell number I of ROW of TABLE. */
static inline struct span table_cell(const struct table *table, const struct table_row *row,
                                     size_t i)
{
    return span_at(table->texts, row->cells[i]);
}

/* The row whose first cell is TEXT, in TABLE, which is sorted by the bytes of the first cells; null
 * if no row has it. */
const struct table_row *table_find(const struct table *table, struct span text);

/* Does PATTERN, which is not empty, occur in TEXT at FROM or later, at the start of a word: at the
 * start of the text or after a byte that is no ASCII letter or digit? A '#' in it matches one ASCII
 * digit; if it ends in '#' or a digit, no digit may follow. True with *AT the place of the first
 * occurrence. Takes time linear in TEXT for patterns of bounded size. */
bool table_occurs(struct span pattern, struct span text, size_t from, size_t *at);

#endif
