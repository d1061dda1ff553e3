/*
 * match_components: what is compared of two records, whorl-match(1), "Components": for each group
 * of a catalog the signals that last, and those that change with the build of the browser.
 */
#ifndef WHORL_MATCH_COMPONENTS_H
#define WHORL_MATCH_COMPONENTS_H

#include "base/arena.h"
#include "base/span.h"

struct catalog;
struct names;

/* What the values of components are made of. */
enum match_source { MATCH_SIGNALS, MATCH_GROUPS };

#define MATCH_NO_ROW     UINT32_MAX
#define MATCH_NO_VERSION UINT32_MAX
#define MATCH_VERSIONS   10000 /* versions that are known are below this */

/* A component has a cell for the hash of each of its signals; with groups alone one, for the hash of
 * the group. */
struct match_component {
    struct span group;          /* the name of its group, which is the catalog's */
    uint32_t cells, cell_count; /* the first of its cells, among those of all components; how many */
};

struct match_components {
    const struct catalog *catalog;
    enum match_source source;
    struct match_component *items; /* the lasting ones, then the build ones, each by groups */
    uint32_t lasting, count;       /* how many: of the lasting ones, of all */
    uint32_t *rows;                /* of each cell the number of its row, or of its group */
    uint32_t all_cells;            /* how many */
    uint32_t version, family;      /* rows of the version's two signals; MATCH_NO_ROW for none */
    struct names *versions;        /* the hash of each version, 8 bytes, by the version */
    struct arena arena;
};

/* Make the components of CATALOG, which stays the caller's. False when memory is out.
 * match_components_free() must follow in either case. */
bool match_components_init(struct match_components *components, const struct catalog *catalog,
                           enum match_source source) __attribute__((warn_unused_result));
void match_components_free(struct match_components *components);

/* The version whose signal has HASH; MATCH_NO_VERSION if it is not a number below
 * MATCH_VERSIONS. */
uint32_t match_components_version(const struct match_components *components, uint64_t hash);

#endif
