/*
 * match_weights: how much each component says that others do not, whorl-match(1), "Known
 * records": its weight, and the bits of each of its values.
 */
#ifndef WHORL_MATCH_WEIGHTS_H
#define WHORL_MATCH_WEIGHTS_H

#include "match/known.h"

#define MATCH_WEIGHT       1000 /* the highest weight of a lasting component, */
#define MATCH_BUILD_WEIGHT 300  /* and of a build component */

/* Make the weights, ranks and bits of KNOWN, whose entries are counted; ENTRIES has a record of
 * each, the one with the least key, and is reordered. False when memory is out. */
bool match_weights_make(struct match_known *known, uint32_t *entries)
    __attribute__((warn_unused_result));

#endif
