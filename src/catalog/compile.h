/*
 * compile: from the text of a catalog to the catalog; catalog.h names the stages.
 */
#ifndef WHORL_CATALOG_COMPILE_H
#define WHORL_CATALOG_COMPILE_H

#include "base/span.h"

struct arena;
struct catalog;

/* Where and why a catalog is wrong. */
struct catalog_fault {
    size_t line, column; /* 1-based; 0 if memory is out */
    char what[256];      /* what is wrong and what was expected */
};

/* Compile TEXT into *CATALOG, in ARENA; TEXT must live as long. A catalog is trusted:
 * hashes of what it holds have no secret. True, or false with *FAULT filled. */
bool compile_catalog(struct catalog *catalog, struct span text, struct arena *arena,
                     struct catalog_fault *fault) __attribute__((warn_unused_result));

#endif
