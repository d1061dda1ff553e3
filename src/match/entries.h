/*
 * match_entries: counts the known entries, whorl-match(1), "Known records": which records are
 * used, which of each profile come first, and how many entries have each value.
 */
#ifndef WHORL_MATCH_ENTRIES_H
#define WHORL_MATCH_ENTRIES_H

#include "match/known.h"

/* Count the entries of KNOWN. *ENTRIES becomes a record of each entry, the one with the least key,
 * to be freed. False when memory is out; then *ENTRIES may be null. */
bool match_entries_count(struct match_known *known, uint32_t **entries)
    __attribute__((warn_unused_result));

/* The records of KNOWN by their keys, each key once, as they are after match_entries_count(); to be
 * freed. *COUNT becomes their number. Null when memory is out. */
uint32_t *match_entries_by_key(const struct match_known *known, uint32_t *count)
    __attribute__((warn_unused_result));

#endif
