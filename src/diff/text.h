/*
 * diff_text: the report on a comparison, as text, whorl-diff(1).
 */
#ifndef WHORL_DIFF_TEXT_H
#define WHORL_DIFF_TEXT_H

#include "diff/ids.h"
#include "diff/moves.h"
#include "diff/out.h"

struct diff;
struct diff_catalog;

/* Write the report to OUT: with TERMINAL in columns, with bars, and with COLOUR in colours;
 * else lines of cells with tabs between. Memory that ran out is for its buffer to say. */
void diff_text_put(const struct diff_out *out, const struct diff *diff, bool terminal,
                   bool colour);

/* Append COUNT of ALL as a percentage with at most four digits behind the point. It is 0% only
 * if COUNT is 0, and 100% only if it is ALL. */
void diff_text_rate(struct buf *out, uint64_t count, uint64_t all);

/* "kept", "1:1", "split", "merged"; constant. */
const char *diff_text_class(enum diff_moved_class class);

/* The counts of records, in the report's order, with the first ids, which may be null: what
 * they are, or null at the end. */
struct diff_count {
    const char *what;
    uint64_t count;
    const struct diff_ids *ids;
};
#define DIFF_COUNTS 13
void diff_text_counts(const struct diff *diff, struct diff_count counts[DIFF_COUNTS]);

/* "old", "new", or "all" where there are no sides, "-" for one left aside; constant. */
const char *diff_text_side(const struct diff *diff, const struct diff_catalog *catalog);

#endif
