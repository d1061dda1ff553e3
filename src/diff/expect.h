/*
 * diff_expect: what --expect says: which differences are expected, and in how many records.
 *
 * How many is N, or P% of all. --max-rejects says it in the same way.
 */
#ifndef WHORL_DIFF_EXPECT_H
#define WHORL_DIFF_EXPECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct diff_rules;
struct fault;

struct diff_tolerance {
    uint64_t count;      /* so many; */
    uint64_t millionths; /* or, if `share`, so many millionths of all */
    bool share;
};

/* 100% */
#define DIFF_ANY_NUMBER ((struct diff_tolerance){.millionths = 1000000, .share = true})

/* Read TEXT: a whole number up to 4294967295, or a number from 0 to 100 with at most four
 * digits after the point, and '%'. False if it is neither. */
bool diff_expect_tolerance(struct diff_tolerance *tolerance, struct span text)
    __attribute__((warn_unused_result));

/* Is COUNT, of ALL, within TOLERANCE? */
bool diff_expect_allows(const struct diff_tolerance *tolerance, uint64_t count, uint64_t all);

/* Add to RULES those of TEXT, the file, which must live as long: in each line NAME, a tab and a
 * tolerance; NAME alone allows any number. Empty lines and lines that begin with '#' are skipped.
 * FAULT_NONE, what is wrong with TEXT, or quota_fault(). */
struct fault diff_expect_read(struct diff_rules *rules, struct span text)
    __attribute__((warn_unused_result));

#endif
