/*
 * clickhouse: the layout of an output as tables of ClickHouse, from version 18.16 on.
 */
#ifndef WHORL_DESCRIBE_CLICKHOUSE_H
#define WHORL_DESCRIBE_CLICKHOUSE_H

struct buf;
struct describe_source;

/* Of binary output: a table that takes rows in the format RowBinary, all bytes of them, and keeps
 * none; a table with what they mean; and the view that fills the second from the first. Headers and
 * ends have the size of a row, and no tag: the view leaves them out. */
void describe_clickhouse_rows(struct buf *out, const struct describe_source *source);

/* Of TSV: a table for the format TabSeparatedWithNames, or TabSeparated without a header. */
void describe_clickhouse_lines(struct buf *out, const struct describe_source *source);

#endif
