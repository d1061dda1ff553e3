/*
 * includes: the catalog that a catalog from a file includes.
 */
#ifndef WHORL_CMD_INCLUDES_H
#define WHORL_CMD_INCLUDES_H

#include "base/span.h"

struct arena;
struct buf;
struct compile_include;
struct diag;

/* Read what TEXT, the catalog in the file NAME, includes, into **INCLUDE; *INCLUDE becomes null if
 * it includes nothing. The text of a file goes to INNER, the rest is in ARENA. A file is named from
 * the directory of NAME. False after a message. */
bool includes_read(struct compile_include **include, const char *name, struct span text,
                   struct buf *inner, struct arena *arena, struct diag *diag)
    __attribute__((warn_unused_result));

#endif
