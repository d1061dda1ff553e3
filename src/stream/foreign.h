/*
 * foreign: input that is known by its first bytes to be something else than lines of text:
 * compressed otherwise than by gzip or zstd, an archive, a table in another format.
 *
 * Only what stands before the first LF is looked at, and no more than FOREIGN_MOST bytes: so
 * nothing waits longer than for its first line, and what is found does not depend on how the
 * bytes arrive. Nothing that is found could begin a record.
 */
#ifndef WHORL_STREAM_FOREIGN_H
#define WHORL_STREAM_FOREIGN_H

#include "base/span.h"

#define FOREIGN_MOST ((size_t)512)

/* What the bytes were decompressed from. */
enum foreign_within { FOREIGN_PLAIN, FOREIGN_GZIP, FOREIGN_ZSTD, FOREIGN_WITHINS };

/* Would more bytes behind BYTES, with which an input begins, make no difference? */
bool foreign_decided(struct span bytes);

/* What is wrong with an input that begins with BYTES, decided or all there are: what it is, and
 * which command makes lines of it; constant. Null if it is nothing known. With ROWS binary
 * output of whorl is what is wanted. */
const char *foreign_find(struct span bytes, enum foreign_within within, bool rows);

#endif
