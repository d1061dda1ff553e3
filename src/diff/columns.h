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
    uint32_t *features[DIFF_COLUMN_KINDS]; /* of each kind, by the number of the name, */
    uint32_t count[DIFF_COLUMN_KINDS];  /* for as many names as the schema had last */
    uint32_t room[DIFF_COLUMN_KINDS];
    unsigned char *bits; /* a bit for each feature, whether the schema has it; */
    size_t size;         /* beyond so many bytes it does not */
};

/* Begin with no name of SCHEMA looked at. */
void diff_columns_init(struct diff_columns *columns, const struct schema *schema);
void diff_columns_free(struct diff_columns *columns, struct quota *quota);

/* Look at the names that the schema has got since, and add to FEATURES those that are new. O(1)
 * for each of these. False when memory is out. */
bool diff_columns_update(struct diff_columns *columns, struct diff_features *features,
                         struct quota *quota) __attribute__((warn_unused_result));

/* The names of KIND that SCHEMA has. */
const struct names *diff_columns_names(const struct schema *schema, enum diff_kind kind);

/* Has the schema FEATURE? */
static inline bool diff_columns_have(const struct diff_columns *columns, uint32_t feature)
{
    return feature / 8 < columns->size && columns->bits[feature / 8] >> feature % 8 & 1;
}

/* Could rows of the schema have a feature of KIND that it does not have yet? */
bool diff_columns_open(const struct diff_columns *columns, enum diff_kind kind);

/* Is a feature of KIND that the schema does not have one that its catalog does not have? */
bool diff_columns_whole(const struct diff_columns *columns, enum diff_kind kind);

#endif
