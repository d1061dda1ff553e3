/*
 * cell_text: a JSON value as text, where its column says what it is.
 */
#ifndef WHORL_FORMAT_CELL_TEXT_H
#define WHORL_FORMAT_CELL_TEXT_H

#include "base/span.h"

struct buf;

/* Append the JSON text VALUE, of a record that was accepted: a string as its text, without quotes and
 * escapes, in which an unpaired surrogate is U+FFFD; any other value as it is in JSON. */
void cell_text_put(struct buf *out, struct span value);

/* Write as many whole characters of that text as fit in ROOM bytes at AT. How many bytes they are. */
size_t cell_text_cut(unsigned char *at, size_t room, struct span value);

#endif
