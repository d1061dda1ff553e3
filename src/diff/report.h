/*
 * diff_report: the result of a comparison, to be written as text (text.h) or JSON (json.h).
 */
#ifndef WHORL_DIFF_REPORT_H
#define WHORL_DIFF_REPORT_H

#include "base/fault.h"
#include "diff/clusters.h"
#include "diff/moves.h"

struct diff;
struct diff_catalog;
struct diff_catalogs;
struct diff_sketches;

/* A count of records. */
struct diff_count {
    const char *what; /* its name in the report; null after the last count */
    uint64_t count;
    const struct diff_ids *ids; /* the first ids of these records; may be null */
};
#define DIFF_COUNTS 13

struct diff_report {
    bool chain;     /* there are no sides */
    bool differs;   /* something differs that was not expected */
    uint64_t pairs; /* of records that were compared */
    const struct diff_catalogs *catalogs;
    struct diff_count counts[DIFF_COUNTS]; /* in the order of the report */
    struct diff_clusters differing;        /* what differs */
    struct diff_clusters only;             /* what only one catalog has */
    struct diff_clusters moving;           /* the identities that both sides have */
    struct diff_moved *moved;              /* by the numbers of identities; */
    uint32_t moved_count;                  /* so many */
    const struct diff_sketches *sketches;  /* how far they are from each other */
    const char *advice; /* both sides have records and none is in a pair: why, and what may help;
                           else null */
    const struct diff_rules *ignore;
    const struct diff_rules *expect; /* null if no difference is expected */
};

/* Make the report of DIFF, which has ended and must live as long. Later only writing can fail.
 * Memory is counted against the quota of DIFF. FAULT_NONE, or what has failed:
 * STATUS_NO_MEMORY, STATUS_QUOTA, or STATUS_SYSTEM for a file. diff_report_free() must follow
 * in either case; it may be called for a report of all zeros too. */
struct fault diff_report_make(struct diff_report *report, const struct diff *diff)
    __attribute__((warn_unused_result));
void diff_report_free(struct diff_report *report, struct quota *quota);

/* The side of CATALOG: "old", "new", "all" in a chain, "-" if it is skipped; constant. */
const char *diff_report_side(const struct diff_report *report,
                             const struct diff_catalog *catalog);

/* "kept", "1:1", "split", "merged"; constant. */
const char *diff_report_class(enum diff_moved_class class);

#endif
