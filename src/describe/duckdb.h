/*
 * duckdb: the layout of an output as statements of DuckDB, which fill a table.
 */
#ifndef WHORL_DESCRIBE_DUCKDB_H
#define WHORL_DESCRIBE_DUCKDB_H

struct buf;
struct describe_source;

/* Of TSV: a column for each of its columns. Of NDJSON: a column for each member, which is a STRUCT
 * if the member is an object. */
void describe_duckdb_cells(struct buf *out, const struct describe_source *source);
void describe_duckdb_members(struct buf *out, const struct describe_source *source);

#endif
