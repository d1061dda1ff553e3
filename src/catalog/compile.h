/*
 * compile: turns the text of a catalog into the catalog; catalog.h names the stages.
 */
#ifndef WHORL_CATALOG_COMPILE_H
#define WHORL_CATALOG_COMPILE_H

#include "base/span.h"

struct arena;
struct catalog;
struct fault;

/* The catalog that another one includes: its text, and what compile_catalog() made of it. */
struct compile_include {
    struct span text;
    const struct catalog *catalog;
};

/* The name of the catalog that TEXT includes: a built-in one with its version, or a file. Empty if
 * it includes none, or if its first line is wrong, which compile_including() refuses. */
struct span compile_included(struct span text);

/* As compile_catalog(), for a TEXT that includes INCLUDE, whose text must live as long; null if it
 * includes none. */
struct fault compile_including(struct catalog *catalog, struct span text,
                               const struct compile_include *include, struct arena *arena)
    __attribute__((warn_unused_result));

/* Compile TEXT, which includes no other, into *CATALOG, in ARENA; TEXT must live as long. A catalog
 * is trusted: hashes of what it holds have no secret. FAULT_NONE; STATUS_NO_MEMORY; or
 * STATUS_INVALID at the first wrong byte of TEXT, of which fault_place() makes line and column, with
 * a text that is constant or in ARENA. */
struct fault compile_catalog(struct catalog *catalog, struct span text, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
