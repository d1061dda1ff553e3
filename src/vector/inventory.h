/*
 * inventory: which members a record has that is not what was expected, for a message.
 */
#ifndef WHORL_VECTOR_INVENTORY_H
#define WHORL_VECTOR_INVENTORY_H

#include "base/span.h"

struct buf;
struct catalog;

#define INVENTORY_NAMES 8  /* at most, */
#define INVENTORY_BYTES 40 /* of each, in quotes as they stand in the record */

/* Append what stands in TEXT, a valid record, where CATALOG looks for signals: "; /signals has
 * "a", "b" and 3 more"; or where none of the catalog's roots is an object there, what the record
 * has. Takes no memory but OUT's. */
void inventory_put(struct buf *out, struct span text, const struct catalog *catalog);

#endif
