/*
 * json: the layout of an output as one JSON object, for programs of one's own.
 */
#ifndef WHORL_DESCRIBE_JSON_H
#define WHORL_DESCRIBE_JSON_H

struct buf;
struct describe_source;

/* Of binary output: what the header has, after the format and the size of a row. */
void describe_json_rows(struct buf *out, const struct describe_source *source);

/* Of NDJSON or TSV: the same, but a column is a value of a line. */
void describe_json_lines(struct buf *out, const struct describe_source *source);

/* Of an Arrow stream: a column is one of its schema. */
void describe_json_arrow(struct buf *out, const struct describe_source *source);

#endif
