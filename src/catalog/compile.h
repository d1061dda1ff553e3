/*
 * compile: turns the text of a catalog into the catalog; catalog.h names the stages.
 */
#ifndef WHORL_CATALOG_COMPILE_H
#define WHORL_CATALOG_COMPILE_H

#include "base/span.h"

struct arena;
struct catalog;
struct fault;

/* Compile TEXT into *CATALOG, in ARENA; TEXT must live as long. A catalog is trusted:
 * hashes of what it holds have no secret. FAULT_NONE; STATUS_NO_MEMORY; or STATUS_INVALID at
 * the first wrong byte of TEXT, of which fault_place() makes line and column, with a text that
 * is constant or in ARENA. */
struct fault compile_catalog(struct catalog *catalog, struct span text, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
