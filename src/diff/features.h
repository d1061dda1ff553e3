/*
 * diff_features: what is compared, one feature for each identity, group and signal by its name,
 * and how often each was found to differ.
 */
#ifndef WHORL_DIFF_FEATURES_H
#define WHORL_DIFF_FEATURES_H

#include "diff/ids.h"
#include "diff/rules.h"
#include "text/names.h"

#define DIFF_TEXT_MOST ((size_t)8193) /* "=" and a value, that is kept to be shown */

/* A record in which a feature differs. */
struct diff_example {
    unsigned char key[DIFF_KEY];
    struct diff_id_text *id;
    struct span label; /* of the catalog: of records of one id that with the first is shown */
    /* Before and after: the hash, most significant byte first, zeros for none; and the
     * canonical text behind the name, "=8", empty if it is not there, not to be shown, or too
     * long; owned. */
    unsigned char hashes[2][16];
    struct span texts[2];
};

struct diff_feature {
    enum diff_kind kind;
    struct span name;
    bool ignored;  /* not counted */
    bool has[2];   /* old and new: a catalog of that side has it, */
    bool compared; /* rows of both were */
    uint64_t changed, appeared, vanished;
    /* A sum over the records in which it differs, and how: features that differ in the same
     * records in the same way have the same. */
    uint64_t records;
    uint32_t number; /* of an identity: how many there were before it */
    uint32_t example_count;
    struct diff_example *examples; /* DIFF_IDS; null as long as there are none */
};

struct diff_features {
    struct names names; /* each with its kind in front; the numbers of the features */
    struct diff_feature *items;
    uint32_t room;
    uint32_t identities; /* how many of them are */
    const struct diff_rules *ignore;
    struct quota *quota;
};

/* Begin with no feature; those that a rule of IGNORE names are ignored. All memory is counted
 * against QUOTA, which may be null. */
void diff_features_init(struct diff_features *features, const struct diff_rules *ignore,
                        uint64_t seed, struct quota *quota);
void diff_features_free(struct diff_features *features);

/* Begin anew, with no feature. */
void diff_features_clear(struct diff_features *features);

/* The number of the feature NAME of KIND, a new one if there is none. NAMES_NONE when memory is
 * out. */
uint32_t diff_features_add(struct diff_features *features, enum diff_kind kind,
                           struct span name)
    __attribute__((warn_unused_result));

/* Count what is BEFORE and AFTER of FEATURE, of SIZE bytes each, in the record number SERIAL,
 * whose row after is ROW. True if there is still room for it among the examples: then
 * diff_features_example() is to follow. */
bool diff_features_count(struct diff_feature *feature, const void *before, const void *after,
                      size_t size, uint64_t serial, const struct row *row);

/* Keep the record, which is EXAMPLE, whose ROW after it is; a user more of its id, and copies
 * of its texts. False when memory is out. */
bool diff_features_example(struct diff_features *features, struct diff_feature *feature,
                        const struct diff_example *example, const struct row *row)
    __attribute__((warn_unused_result));

/* In how many records it differs. */
static inline uint64_t diff_features_differing(const struct diff_feature *feature)
{
    return feature->changed + feature->appeared + feature->vanished;
}

#endif
