/*
 * builtin: the catalogues that are compiled in, so that whorl needs no file at run time.
 *
 * The table is made from data/ by scripts/embed while building, in the order in which
 * data/local.mk lists the catalogues; the first is the default.
 */
#ifndef WHORL_RECORD_BUILTIN_H
#define WHORL_RECORD_BUILTIN_H

#include <stddef.h>

#include "base/span.h"

struct builtin {
    const char *name; /* as --catalog takes it, e.g. "browser" */
    struct span text; /* the catalogue's file, byte for byte */
};

/* The table, and its length, which is at least 1. */
extern const struct builtin builtin_table[];
extern const size_t builtin_count;

/* The row NAME; null if there is none. */
const struct builtin *builtin_find(struct span name);

#endif
