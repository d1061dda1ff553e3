/*
 * diff_plans: for rows of one schema and those of another, what is to be compared with what.
 */
#ifndef WHORL_RUN_DIFF_PLANS_H
#define WHORL_RUN_DIFF_PLANS_H

#include "run/diff_parts.h"

#define DIFF_NOWHERE UINT32_MAX

/* What has one name on both sides; or on one, where the other could have it in other rows. */
struct diff_link {
    uint32_t at[2];    /* in the image of the old and of the new row; DIFF_NOWHERE for none */
    uint32_t slots[2]; /* of signals: their numbers in the schemas, or DIFF_NOWHERE */
    uint32_t part;
};

struct diff_plan {
    const struct schema *schemas[2];
    uint32_t signals[2]; /* that these had when the plan was made; one of them may grow */
    bool alike;          /* schema_alike() */
    uint32_t id_count;   /* the first links are identities, of 16 bytes; the others have 8 */
    uint32_t count;
    struct diff_link *links;
};

struct diff_plans {
    struct diff_plan **items;
    uint32_t count;
    struct diff_plan *last; /* given last */
};

/* The plan for OLD and NEW; null when memory is out. Parts are added to PARTS as needed, and
 * told which side has them. Those that are ignored have no link. */
const struct diff_plan *diff_plans_find(struct diff_plans *plans, struct diff_parts *parts,
                                        const struct schema *old, const struct schema *new)
    __attribute__((warn_unused_result));
void diff_plans_free(struct diff_plans *plans);

#endif
