/*
 * sqlite: the layout of TSV as commands of sqlite3(1), which fill a table.
 */
#ifndef WHORL_DESCRIBE_SQLITE_H
#define WHORL_DESCRIBE_SQLITE_H

struct buf;
struct describe_source;

void describe_sqlite_lines(struct buf *out, const struct describe_source *source);

#endif
