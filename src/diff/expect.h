/*
 * tolerance: a limit on a count: N, or P% of all.
 */
#ifndef WHORL_DIFF_EXPECT_H
#define WHORL_DIFF_EXPECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct diff_tolerance {
    uint64_t count;      /* so many; */
    uint64_t millionths; /* or, if `share`, so many millionths of all */
    bool share;
};

/* Read TEXT: a whole number up to 4294967295, or a number from 0 to 100 with at most four
 * digits after the point, and '%'. False if it is neither. */
bool diff_expect_tolerance(struct diff_tolerance *tolerance, struct span text)
    __attribute__((warn_unused_result));

/* Is COUNT, of ALL, within TOLERANCE? */
bool diff_expect_allows(const struct diff_tolerance *tolerance, uint64_t count, uint64_t all);

#endif
