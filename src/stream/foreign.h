/*
 * foreign: input whose first bytes show that it is not lines of text: it is compressed in a format
 * that is not read, an archive, or a table in another format.
 *
 * Only the bytes up to the first LF are looked at, at most FOREIGN_MOST. So the wait is never
 * longer than for the first line, and the result does not depend on how the bytes arrive. No record
 * can begin like foreign input.
 */
#ifndef WHORL_STREAM_FOREIGN_H
#define WHORL_STREAM_FOREIGN_H

#include "stream/codec.h"

#define FOREIGN_MOST ((size_t)512)

/* Are these first BYTES of an input enough to decide? */
bool foreign_decided(struct span bytes);

/* What is wrong with an input that begins with BYTES, which are enough or all there are: its kind,
 * and the command that makes lines from it; constant. Null if it is of no known kind. WITHIN is the
 * codec that BYTES were decompressed by; null for plain input. ROWS: binary output of whorl is
 * expected, so it is not foreign. */
const char *foreign_find(struct span bytes, const struct codec *within, bool rows);

#endif
