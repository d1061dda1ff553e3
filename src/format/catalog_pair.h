/*
 * catalog_pair: two catalogs whose records belong together, as --map gives them.
 */
#ifndef WHORL_FORMAT_CATALOG_PAIR_H
#define WHORL_FORMAT_CATALOG_PAIR_H

#include "base/span.h"

/* Each is the NAME, NAME-VERSION or NAME-VERSION:DIGEST of a catalog. */
struct catalog_pair {
    struct span old, new;
};

#endif
