/*
 * diff_tally: the comparison of two rows that belong together, and the counts of what differs.
 */
#ifndef WHORL_DIFF_TALLY_H
#define WHORL_DIFF_TALLY_H

#include "diff/schema_pairs.h"
#include "diff/memory.h"
#include "diff/moves.h"
#include "diff/sketches.h"

/* The hashes of a feature on each side of a pair; 0 for none. */
struct diff_seen {
    uint64_t hashes[2];
};

struct diff_tally {
    struct diff_features features;
    struct diff_schema_pairs schema_pairs;
    struct diff_moves *moves;
    uint64_t same, changed; /* pairs */
    struct diff_ids changed_ids;
    struct diff_sketches sketches;
    bool reveal;            /* keep values of private signals too */
    struct diff_seen *seen; /* by feature, zeros between pairs */
    uint32_t room;          /* features that `seen` has room for */
    struct quota *quota;
    uint64_t looked_at;     /* hashes, of all pairs: the cost of comparing */
};

/* The parameters are those of diff_features_init() and diff_moves_new(). False when memory is
 * out; diff_tally_free() must follow in either case. */
bool diff_tally_init(struct diff_tally *tally, const struct diff_rules *ignore, bool reveal,
                     struct diff_memory *memory, const char *directory, uint64_t seed)
    __attribute__((warn_unused_result));
void diff_tally_free(struct diff_tally *tally);

/* Set all counts to 0. */
void diff_tally_clear(struct diff_tally *tally);

/* Compare OLD and NEW, which belong together. FAULT_NONE, quota_fault(), or STATUS_SYSTEM. */
struct fault diff_tally_pair(struct diff_tally *tally, const struct row *old,
                             const struct row *new) __attribute__((warn_unused_result));

/* How many pairs were compared. */
static inline uint64_t diff_tally_pairs(const struct diff_tally *tally)
{
    return tally->same + tally->changed;
}

#endif
