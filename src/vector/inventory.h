/*
 * inventory: which members a record has, for the message that its signals are missing.
 */
#ifndef WHORL_VECTOR_INVENTORY_H
#define WHORL_VECTOR_INVENTORY_H

#include "base/span.h"

struct buf;
struct catalog;

#define INVENTORY_NAMES 8  /* at most, */
#define INVENTORY_BYTES 40 /* of each, in quotes as the record has it */

/* Append which members TEXT, a valid record, has where CATALOG looks for signals: "; /signals has
 * "a", "b" and 3 more". If none of the catalog's roots is an object, append the members of the
 * record itself. Takes memory only for OUT. */
void inventory_put(struct buf *out, struct span text, const struct catalog *catalog);

#endif
