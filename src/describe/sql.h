/*
 * sql: what the dialects of SQL have in common: names, and the columns of a table of lines.
 */
#ifndef WHORL_DESCRIBE_SQL_H
#define WHORL_DESCRIBE_SQL_H

#include "format/line_layout.h"

struct describe_source;

/* The name of the table, and how far what is in a table is indented. */
#define SQL_TABLE  "vectors"
#define SQL_INDENT "    "

struct sql_dialect {
    unsigned char quote;  /* before and after a name */
    unsigned char escape; /* before a quote in a name, and before itself */
    const char *types[LINE_TYPES];
    const char *before_null, *after_null; /* around the type of a column that may be null */
};

/* Append NAME, quoted. As below, OUT says whether memory ran out. */
void sql_put_name(struct buf *out, const struct sql_dialect *dialect, struct span name);

/* Append the name of COLUMN, quoted, then its type; the type of a cell of several hashes is that of
 * text. */
void sql_put_line_name(struct buf *out, const struct sql_dialect *dialect,
                       const struct line_layout *layout, const struct line_column *column);
void sql_put_line_type(struct buf *out, const struct sql_dialect *dialect,
                       const struct line_column *column);

/* Append the names of all columns, with ", " between them. */
void sql_put_line_names(struct buf *out, const struct sql_dialect *dialect,
                        const struct line_layout *layout);

/* Append "(", then a line for each column with its name and type, then ")". */
void sql_put_line_table(struct buf *out, const struct sql_dialect *dialect,
                        const struct line_layout *layout);

/* Append a comment that says of which output this is the layout. */
void sql_put_title(struct buf *out, const struct describe_source *source);

#endif
