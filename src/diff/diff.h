/*
 * diff: a comparison of two outputs, of the catalogs within one output, or of each visitor's
 * records with the next. diff/report.h has what came of it.
 */
#ifndef WHORL_DIFF_DIFF_H
#define WHORL_DIFF_DIFF_H

#include "diff/catalogs.h"
#include "diff/join.h"
#include "diff/report.h"
#include "diff/tally.h"
#include "format/row_input.h"

#define DIFF_MEMORY_LEAST ((size_t)8 << 20)

/* What to compare, and how. */
struct diff_task {
    const char *const *paths;
    unsigned path_count; /* 1 or 2 */
    const struct ndjson_read_plan *plan;
    struct span by; /* the name of the carried member of plan->by, as binary rows have it */
    const struct catalog_pair *maps;
    size_t map_count;
    /* Which rules are used is noted in these. */
    struct diff_rules *ignore;
    struct diff_rules *expect; /* null if no difference is expected */
    bool reveal;
    int window;                 /* as decompress_new() */
    struct diff_memory *memory; /* of at least DIFF_MEMORY_LEAST; the quotas of the plan and of
                                   the rules are its own */
    const char *directory; /* for temporary files */
    /* Report WHAT is wrong with PATH, which may be null, at LINE and COLUMN; of a binary file
     * at row LINE. Each is 0 if it is not known. */
    void (*tell)(void *context, const char *path, bool binary, uint64_t line, uint64_t column,
                 const char *what);
    void *context;
};

/* What is counted of one side. */
struct diff_side {
    uint64_t no_id;           /* records whose id is null, or missing */
    uint64_t alone;           /* records that only this side has */
    uint64_t left_out;        /* records whose id occurs twice on a side */
    struct diff_ids alone_ids, left_out_ids;
    uint64_t repeated; /* ids that occur twice on this side */
};

struct diff {
    const struct diff_task *task;
    struct diff_tally tally;
    struct diff_catalogs catalogs;
    struct diff_side sides[2]; /* old and new; of a chain the first one is used */
    bool chain;
    struct diff_report report; /* once the comparison has ended */
    /* Only while the comparison runs: */
    struct diff_join *join;
    bool collision; /* two different ids have the same key, so that there can be no report */
    struct row_input inputs[2];
};

/* Compare. False, after a call of task->tell, if there is no report. diff_free() must
 * follow in either case. */
bool diff_run(struct diff *diff, const struct diff_task *task)
    __attribute__((warn_unused_result));
void diff_free(struct diff *diff);

#endif
