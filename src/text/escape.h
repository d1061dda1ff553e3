/*
 * escape: makes text from outside safe for a terminal or a log.
 */
#ifndef WHORL_TEXT_ESCAPE_H
#define WHORL_TEXT_ESCAPE_H

#include "base/span.h"

struct buf;

/* Append TEXT. Characters that a terminal hides, or that reverse the text beside them, are escaped:
 * control and format characters (unicode_data_control()) as \uXXXX, beyond U+FFFF as a surrogate
 * pair as in JSON, and bytes that are not well-formed UTF-8 as \xNN. A backslash is not escaped:
 * people read the result, and nothing parses it. */
void escape_put(struct buf *out, struct span text);

/* Append TEXT, in which only bytes that are not well-formed UTF-8 are escaped, as \xNN. */
void escape_put_utf8(struct buf *out, struct span text);

#endif
