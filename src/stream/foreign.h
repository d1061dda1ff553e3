/*
 * foreign: input that is known by its first bytes to be something else than lines of text:
 * compressed in a format that is not read, an archive, a table in another format.
 *
 * Only the bytes up to the first LF are looked at, and no more than FOREIGN_MOST: so nothing
 * waits longer than for the first line, and what is found does not depend on how the bytes
 * arrive. Nothing that is found could begin a record.
 */
#ifndef WHORL_STREAM_FOREIGN_H
#define WHORL_STREAM_FOREIGN_H

#include "stream/codec.h"

#define FOREIGN_MOST ((size_t)512)

/* Are these first BYTES of an input enough, whatever follows? */
bool foreign_decided(struct span bytes);

/* What is wrong with an input that begins with BYTES, which are decided or all there are: what
 * it is, and which command makes lines of it; constant. Null if it is no known kind. WITHIN is
 * what BYTES were decompressed by; null for plain input. ROWS: binary output of whorl is
 * expected, so it is not foreign. */
const char *foreign_find(struct span bytes, const struct codec *within, bool rows);

#endif
