/*
 * escape: text from outside, as a terminal or a log may have it.
 */
#ifndef WHORL_TEXT_ESCAPE_H
#define WHORL_TEXT_ESCAPE_H

#include "base/span.h"

struct buf;

/* Append TEXT with what a reader would not see as it is, or what would turn around what stands
 * beside it, escaped: control and format characters (unicode_data_control()) as \uXXXX, in two
 * halves beyond U+FFFF as JSON has them, and bytes that are not well-formed UTF-8 as \xNN. A
 * backslash is not escaped: this is to be read, not to be read back. */
void escape_put(struct buf *out, struct span text);

#endif
