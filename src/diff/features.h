/*
 * diff_features: what is compared, one feature for each identity, group and signal by its name,
 * and how often each was found to differ.
 */
#ifndef WHORL_DIFF_FEATURES_H
#define WHORL_DIFF_FEATURES_H

#include "diff/ids.h"
#include "diff/rules.h"
#include "text/names.h"

#define DIFF_TEXT_MOST ((size_t)8193) /* bytes of the longest text kept: "=" and a value */

/* A record in which a feature differs. */
struct diff_example {
    unsigned char key[DIFF_KEY];
    struct diff_id_text *id;
    struct span label; /* of the catalog: the least one, of records with one id */
    /* Before and after: the hash, most significant byte first, zeros for none; and the
     * canonical text after the name, such as "=8", owned. It is empty if there is no text, if it
     * must not be shown, or if it is too long. */
    unsigned char hashes[2][16];
    struct span texts[2];
};

struct diff_feature {
    enum diff_kind kind;
    struct span name;
    bool ignored;  /* by a rule: its differences are not counted */
    bool has[2];   /* a catalog of the old, of the new side has it */
    bool compared; /* in a pair of rows both catalogs had it */
    uint64_t changed, appeared, vanished;
    /* A hash of the records in which it differs and of how: features that differ in the same
     * records in the same way have the same one. */
    uint64_t records;
    uint32_t number; /* of an identity: 0 for the first one added, and so on */
    uint32_t example_count;
    struct diff_example *examples; /* room for DIFF_IDS; null before the first */
};

struct diff_features {
    struct names names; /* of the items: the kind in a byte, and the name */
    struct diff_feature *items;
    uint32_t room;
    uint32_t identities; /* how many of the items are identities */
    const struct diff_rules *ignore;
    struct quota *quota;
};

/* Begin with no feature; those that a rule of IGNORE names are ignored. All memory is counted
 * against QUOTA, which may be null. */
void diff_features_init(struct diff_features *features, const struct diff_rules *ignore,
                        uint64_t seed, struct quota *quota);
void diff_features_free(struct diff_features *features);

/* Remove all features. */
void diff_features_clear(struct diff_features *features);

/* The number of the feature NAME of KIND, a new one if it is not known. NAMES_NONE when memory is
 * out. */
uint32_t diff_features_add(struct diff_features *features, enum diff_kind kind,
                           struct span name)
    __attribute__((warn_unused_result));

/* Count that FEATURE is BEFORE and AFTER, SIZE bytes each, in record number SERIAL, which ROW
 * shows. True if the record belongs among the examples: then diff_features_example() must
 * follow. */
bool diff_features_count(struct diff_feature *feature, const void *before, const void *after,
                         size_t size, uint64_t serial, const struct row *row);

/* Keep EXAMPLE, of the record that ROW shows: its id gets one more user, its texts are copied.
 * False when memory is out. */
bool diff_features_example(struct diff_features *features, struct diff_feature *feature,
                           const struct diff_example *example, const struct row *row)
    __attribute__((warn_unused_result));

/* In how many records it differs. */
static inline uint64_t diff_features_differing(const struct diff_feature *feature)
{
    return feature->changed + feature->appeared + feature->vanished;
}

/* Does FEATURE differ, and is it not ignored? */
static inline bool diff_features_differ(const struct diff_feature *feature)
{
    return !feature->ignored && diff_features_differing(feature) > 0;
}

/* Does only one side's catalog have FEATURE, and is it not ignored? */
static inline bool diff_features_only(const struct diff_feature *feature)
{
    return !feature->ignored && feature->has[0] != feature->has[1];
}

#endif
