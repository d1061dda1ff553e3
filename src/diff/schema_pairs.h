/*
 * diff_schema_pairs: what two schemas whose rows are compared have in common.
 *
 * The schemas of a side are numbered in the order of their first rows, and a pair is found by
 * two numbers. A pair is only 20 bytes, since there can be 65,536 pairs.
 */
#ifndef WHORL_DIFF_SCHEMA_PAIRS_H
#define WHORL_DIFF_SCHEMA_PAIRS_H

#include "diff/columns.h"

struct diff_schema_pair {
    uint32_t signals[2]; /* of the old and the new schema that were added to the features */
    /* How many names, from the first on, are the same in both. */
    uint32_t same_groups, same_signals;
    bool compared; /* the schemas were compared before: what is here is known */
    bool fits;     /* the identities are the same, and the images have the same layout */
    bool alike;    /* all other names are the same, too */
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

/* Begin without pairs. Memory is counted against QUOTA. */
void diff_schema_pairs_init(struct diff_schema_pairs *schema_pairs, struct quota *quota);
void diff_schema_pairs_free(struct diff_schema_pairs *schema_pairs);

/* The pair of OLD and NEW, up to date. Names that are new are added to FEATURES, with the sides
 * that have them. O(1) for each name that a schema got since the last call for the pair. Valid
 * until the next call. Null when memory is out. */
const struct diff_schema_pair *diff_schema_pairs_find(struct diff_schema_pairs *schema_pairs,
                                              struct diff_features *features,
                                              struct schema *old, struct schema *new)
    __attribute__((warn_unused_result));

/* The columns of SCHEMA, which is in a pair, on SIDE. */
const struct diff_columns *
diff_schema_pairs_columns(const struct diff_schema_pairs *schema_pairs,
                          unsigned side, const struct schema *schema);

#endif
