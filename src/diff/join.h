/*
 * diff_join: rows of two sides brought together by their keys, in whatever order they come.
 *
 * A row waits until one of the other side has its key. Of rows that come in the same order on
 * both sides none waits. A key that has been joined is remembered, since one that comes again
 * occurs twice: its rows belong to no pair. If it comes again too late, when its pair has been
 * counted already, the whole must be done again, with that known from the beginning.
 *
 * Beyond the memory that is allowed, rows that wait and keys that are remembered go into a
 * file, cut into partitions by a hash of the key. In the end each partition is looked at by
 * itself: its keys are sorted (sorter.h), with where their rows are, and the rows of one key
 * are read back.
 */
#ifndef WHORL_DIFF_JOIN_H
#define WHORL_DIFF_JOIN_H

#include <stdint.h>

#include "base/quota.h"

struct row;

/* What becomes of rows. Each gives 0, or errno, which ends the joining. */
struct diff_join_calls {
    int (*pair)(void *context, const struct row *old, const struct row *new);
    /* One of SIDE that has none on the other. */
    int (*alone)(void *context, unsigned side, const struct row *row);
    /* One of SIDE whose key occurs twice on a side: */
    int (*left_out)(void *context, unsigned side, const struct row *row);
    void *context;
};

struct diff_join;

/* At most MEMORY bytes, and SPILL_MEMORY for a file in DIRECTORY, which must live as long; keys
 * that occur twice stay in memory, counted against QUOTA, which may be null. With CHAIN there
 * is one side, 0, and a pair is a row and the next one of its key; none is left out, and those
 * are alone that are not in a pair. Null when memory is out. */
struct diff_join *diff_join_new(const struct diff_join_calls *calls, bool chain, size_t memory,
                                const char *directory, uint64_t seed, struct quota *quota)
    __attribute__((warn_unused_result));
void diff_join_free(struct diff_join *join);

/* A row of SIDE, 0 or 1. Rows with different NUMBERs have different keys. 0, or errno: ENOMEM
 * also if more keys occur twice than the quota allows. */
int diff_join_add(struct diff_join *join, unsigned side, uint32_t number, const struct row *row)
    __attribute__((warn_unused_result));

/* As two calls of diff_join_add(), for the sides 0 and 1; best if both have one key. */
int diff_join_add_both(struct diff_join *join, const uint32_t numbers[2], const struct row *old,
                       const struct row *new) __attribute__((warn_unused_result));

/* All rows have come. 0, or errno. If *AGAIN is set the pairs are not right: all rows must be
 * added again, from the first one, to be joined anew. */
int diff_join_finish(struct diff_join *join, bool *again) __attribute__((warn_unused_result));

/* How many keys occur twice on SIDE. */
uint64_t diff_join_repeated(const struct diff_join *join, unsigned side);

#endif
