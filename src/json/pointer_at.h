/*
 * pointer_at: the JSON pointer of the place where a record is wrong, for a message.
 */
#ifndef WHORL_JSON_POINTER_AT_H
#define WHORL_JSON_POINTER_AT_H

#include "base/span.h"

struct buf;

#define POINTER_AT_ROOM(most) ((most) + 32)

/* Append the JSON pointer (RFC 6901) of the innermost value or member that the byte at OFFSET
 * of TEXT is in; nothing for the record itself. What lies before OFFSET must be the beginning
 * of a valid JSON text. Names are as TEXT writes them, their JSON escapes left alone, a '~'
 * as ~0 and a '/' as ~1; of a name that OFFSET is in, what comes before OFFSET, but all of one
 * whose quote is there. A member goes on up to the next name. At most MOST bytes, at least 1,
 * none of their characters, ~0 and ~1 among them, cut in two, then "..."; POINTER_AT_ROOM(MOST)
 * bytes are room enough for it. */
void pointer_at_put(struct buf *out, struct span text, size_t offset, size_t most);

#endif
