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

/* Write the report to OUT: with TERMINAL in columns and with bars, and with COLOUR in colours;
 * else as lines of cells with tabs between them. Whether memory ran out is known from the
 * buffer. */
void diff_text_put(const struct diff_out *out, const struct diff *diff, bool terminal,
                   bool colour);

/* Append COUNT of ALL as a percentage with at most four digits after the point. It is 0% only
 * if COUNT is 0, and 100% only if COUNT is ALL. */
void diff_text_rate(struct buf *out, uint64_t count, uint64_t all);

/* "kept", "1:1", "split", "merged"; constant. */
const char *diff_text_class(enum diff_moved_class class);

/* A count of records. */
struct diff_count {
    const char *what; /* its name in the report; null after the last count */
    uint64_t count;
    const struct diff_ids *ids; /* the first ids of these records; may be null */
};
#define DIFF_COUNTS 13

/* All counts of records, in the order of the report. */
void diff_text_counts(const struct diff *diff, struct diff_count counts[DIFF_COUNTS]);

/* The side of CATALOG: "old", "new", "all" if there are no sides, "-" if it is skipped;
 * constant. */
const char *diff_text_side(const struct diff *diff, const struct diff_catalog *catalog);

#endif
