/*
 * diff_columns: which feature each name of a schema is.
 */
#ifndef WHORL_DIFF_COLUMNS_H
#define WHORL_DIFF_COLUMNS_H

#include "diff/features.h"

struct schema;

/* Kinds of features that rows have. */
#define DIFF_COLUMN_KINDS DIFF_RECORDS

struct diff_columns {
    const struct schema *schema;
    uint32_t *features[DIFF_COLUMN_KINDS]; /* of each kind: features by the names' numbers */
    uint32_t count[DIFF_COLUMN_KINDS];     /* names that the schema had at the last update */
    uint32_t room[DIFF_COLUMN_KINDS];
    unsigned char *bits; /* a bit for each feature: does the schema have it? */
    size_t size;         /* bytes of them; the schema has no feature beyond */
};

/* Begin before the first name of SCHEMA. */
void diff_columns_init(struct diff_columns *columns, const struct schema *schema);
void diff_columns_free(struct diff_columns *columns, struct quota *quota);

/* Add to FEATURES the names that the schema has got since the last call. O(1) for each of
 * these. False when memory is out. */
bool diff_columns_update(struct diff_columns *columns, struct diff_features *features,
                         struct quota *quota) __attribute__((warn_unused_result));

/* The names of KIND that SCHEMA has. */
const struct names *diff_columns_names(const struct schema *schema, enum diff_kind kind);

/* Does the schema have FEATURE? */
static inline bool diff_columns_have(const struct diff_columns *columns, uint32_t feature)
{
    return feature / 8 < columns->size && columns->bits[feature / 8] >> feature % 8 & 1;
}

/* Can later rows add features of KIND to the schema? */
bool diff_columns_open(const struct diff_columns *columns, enum diff_kind kind);

/* Does the schema have all features of KIND that its catalog has? */
bool diff_columns_whole(const struct diff_columns *columns, enum diff_kind kind);

#endif
