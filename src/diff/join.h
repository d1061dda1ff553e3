/*
 * diff_join: a join of the rows of two sides by their keys, in whatever order they come.
 *
 * A row waits until a row of the other side has its key. If both sides are in the same order,
 * no row waits. A key that was joined is remembered: if it comes again it occurs twice on a
 * side, and its rows belong to no pair. If its pair has been counted already, all must be
 * joined again, with the repeated key known from the beginning.
 *
 * When the memory is full, the rows that wait and the keys that are remembered go to a file,
 * in partitions by a hash of the key. At the end each partition is joined by itself: its keys
 * are sorted (sorter.h) together with the offsets of their rows, and the rows of one key are
 * read back.
 */
#ifndef WHORL_DIFF_JOIN_H
#define WHORL_DIFF_JOIN_H

#include <stdint.h>

#include "base/fault.h"
#include "base/quota.h"

struct row;

/* Called with the results. Each returns FAULT_NONE, or a fault, which ends the join. */
struct diff_join_calls {
    struct fault (*pair)(void *context, const struct row *old, const struct row *new);
    /* A row of SIDE without one on the other side. */
    struct fault (*alone)(void *context, unsigned side, const struct row *row);
    /* A row of SIDE whose key occurs twice on a side. */
    struct fault (*left_out)(void *context, unsigned side, const struct row *row);
    void *context;
};

struct diff_join;

/* A join in at most MEMORY bytes, and SPILL_MEMORY for a file in DIRECTORY, which must live as
 * long. Keys that occur twice stay in memory, counted against QUOTA, which may be null. With
 * CHAIN there is one side, 0, and each row is paired with the next one of its key: no row is
 * left out, and a row without a pair is alone. Null when memory is out. */
struct diff_join *diff_join_new(const struct diff_join_calls *calls, bool chain, size_t memory,
                                const char *directory, uint64_t seed, struct quota *quota)
    __attribute__((warn_unused_result));
void diff_join_free(struct diff_join *join);

/* Add ROW to SIDE, 0 or 1. Rows with different NUMBERs have different keys. FAULT_NONE, or why
 * the join must end: STATUS_NO_MEMORY, STATUS_SYSTEM, or STATUS_QUOTA if more keys occur twice than
 * the quota allows. */
struct fault diff_join_add(struct diff_join *join, unsigned side, uint32_t number,
                           const struct row *row) __attribute__((warn_unused_result));

/* As two calls of diff_join_add(), for the sides 0 and 1; best if both have one key. */
struct fault diff_join_add_both(struct diff_join *join, const uint32_t numbers[2],
                                const struct row *old, const struct row *new)
    __attribute__((warn_unused_result));

/* Join what is left, after the last row. The same faults. If *AGAIN is set, the pairs are wrong:
 * all rows must be added again, from the first one on, and joined once more. */
struct fault diff_join_finish(struct diff_join *join, bool *again)
    __attribute__((warn_unused_result));

/* How many keys occur twice on SIDE. */
uint64_t diff_join_repeated(const struct diff_join *join, unsigned side);

#endif
