/*
 * match_common: the catalog of an output's rows, and which signals count where the catalogs of the
 * known and the new records are not the same.
 */
#ifndef WHORL_MATCH_COMMON_H
#define WHORL_MATCH_COMMON_H

#include "match/score.h"

struct catalog;
struct catalog_pair;
struct ndjson_read_plan;

/* *FOUND becomes the catalog with LABEL among those of PLAN and the built-in ones; null if it is not
 * known. False when memory is out. */
bool match_catalog_find(const struct ndjson_read_plan *plan, struct span label,
                        const struct catalog **found) __attribute__((warn_unused_result));

/* May records by the catalog with label NEW match known ones by that with label KNOWN? */
bool match_catalogs_pair(const struct catalog_pair *pairs, size_t count, struct span known,
                         struct span new);

/* Find which signals of COMPONENTS count for records by the catalog NEW: those that have the same
 * name, group, tier and steps in both. False when memory is out; match_common_free() must follow in
 * either case. */
bool match_common_make(struct match_common *common, const struct match_components *components,
                       const struct catalog *new) __attribute__((warn_unused_result));
void match_common_free(struct match_common *common);

#endif
