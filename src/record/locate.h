/*
 * locate: the JSON pointer of the place where a record is wrong, for a message.
 */
#ifndef WHORL_RECORD_LOCATE_H
#define WHORL_RECORD_LOCATE_H

#include "base/buf.h"

/* Append the JSON pointer (RFC 6901) of the innermost value or member that the byte at OFFSET
 * of TEXT is in; nothing for the record itself. What lies before OFFSET must be the beginning
 * of a valid JSON text. Names are as they stand in TEXT, their JSON escapes left alone. At most
 * MOST bytes, none of their characters cut in two, then "...". */
void locate_put(struct buf *out, struct span text, size_t offset, size_t most);

#endif
