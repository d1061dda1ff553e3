/*
 * tsv_text: the text of one cell of TSV output, whorl-vector(5).
 *
 * A cell has no tab, LF or CR of its own. What would be one, other control characters that have a
 * letter, and the backslash are escaped, as ClickHouse and COPY of PostgreSQL read them. NUL is \0,
 * or \x00 before an octal digit, which COPY would take for part of the number.
 */
#ifndef WHORL_FORMAT_TSV_TEXT_H
#define WHORL_FORMAT_TSV_TEXT_H

#include "base/span.h"

struct buf;

#define TSV_NULL "\\N"

/* Append TEXT, in UTF-8. */
void tsv_put_text(struct buf *out, struct span text);

/* Append the JSON text VALUE, of a record that was accepted: a string as its text without quotes
 * and escapes, in which an unpaired surrogate is U+FFFD; null as TSV_NULL; any other value as it is
 * in JSON. */
void tsv_put_json(struct buf *out, struct span value);

#endif
