/*
 * builtin: the catalogs that are compiled in, so that whorl needs no file at run time.
 *
 * The table is made from data/ by src/embed while building, in the order in which data/local.mk
 * lists the catalogs; the first is the default. All of it is constant, and no page of it is read
 * before it is needed.
 */
#ifndef WHORL_CATALOG_BUILTIN_H
#define WHORL_CATALOG_BUILTIN_H

#include "base/span.h"

struct catalog;

struct builtin {
    const char *name;              /* as --catalog takes it, e.g. "browser" */
    struct span text;              /* the catalog's file, byte for byte, */
    const struct catalog *catalog; /* and the result of compile_catalog() for it */
};

/* The table and its length, which is at least 1. */
extern const struct builtin builtin_table[];
extern const size_t builtin_count;

/* The row NAME; null if there is none. */
const struct builtin *builtin_find(struct span name);

#endif
