/*
 * diff_schema_pairs: of each two schemas whose rows are compared, what they have in common.
 *
 * The schemas of a side are numbered as their rows come, and a pair is found by two numbers.
 * It takes 20 bytes, as there may be 65,536. What one schema has is in its columns.
 */
#ifndef WHORL_DIFF_SCHEMA_PAIRS_H
#define WHORL_DIFF_SCHEMA_PAIRS_H

#include "diff/columns.h"

struct diff_schema_pair {
    uint32_t signals[2]; /* of the old and the new schema that are known to FEATURES */
    /* So many names, from the first on, are the same in both. */
    uint32_t same_groups, same_signals;
    bool compared; /* they were before: all here is known */
    bool fits;  /* identities are the same, and all is in the same place of an image */
    bool alike; /* all names are the same, too */
};

struct diff_schema_pairs {
    struct {
        struct diff_columns *columns;
        uint32_t count, room;
    } sides[2];
    struct {
        struct diff_schema_pair *with; /* by the number of the new schema */
        uint32_t room;
    } * old; /* by the number of the old one, for sides[0].room of them */
    struct quota *quota;
};

/* Begin with none; what they need is counted against QUOTA. */
void diff_schema_pairs_init(struct diff_schema_pairs *schema_pairs, struct quota *quota);
void diff_schema_pairs_free(struct diff_schema_pairs *schema_pairs);

/* The pair of OLD and NEW, up to date: names that are new are added to FEATURES, which then know
 * the sides that have them. O(1) for each name that either schema got since the last call for
 * the pair. Null when memory is out; else it stays until the next call. */
const struct diff_schema_pair *diff_schema_pairs_find(struct diff_schema_pairs *schema_pairs,
                                              struct diff_features *features,
                                              struct schema *old, struct schema *new)
    __attribute__((warn_unused_result));

/* The columns of SCHEMA, which is one of SIDE that is in a pair. */
const struct diff_columns *
diff_schema_pairs_columns(const struct diff_schema_pairs *schema_pairs,
                          unsigned side, const struct schema *schema);

#endif
