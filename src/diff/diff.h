/*
 * diff: two outputs compared, or the catalogs within one, or the records of each visitor in
 * turn: what was done, to be reported by diff/text.h or diff/json.h.
 */
#ifndef WHORL_DIFF_DIFF_H
#define WHORL_DIFF_DIFF_H

#include "diff/catalogs.h"
#include "diff/clusters.h"
#include "diff/input.h"
#include "diff/join.h"
#include "diff/tally.h"

#define DIFF_MEMORY_LEAST ((size_t)8 << 20)

/* What to compare, and how. */
struct diff_task {
    const char *const *paths;
    unsigned path_count; /* 1 or 2 */
    const struct ndjson_read_plan *plan;
    struct span by; /* the name of the carried member of plan->by, as binary rows have it */
    const struct diff_map *maps;
    size_t map_count;
    /* It is noted in these which are used. */
    struct diff_rules *ignore;
    struct diff_rules *expect; /* null if all that differs is a difference */
    bool reveal;
    int window;                 /* as decompress_new() */
    struct diff_memory *memory; /* of at least DIFF_MEMORY_LEAST; the quotas of the plan and of
                                   the rules are its own */
    const char *directory; /* for temporary files */
    /* Something is wrong with PATH, which may be null, at LINE and COLUMN or, of a binary file,
     * at row LINE; each 0 if it is not known. */
    void (*tell)(void *context, const char *path, bool binary, uint64_t line, uint64_t column,
                 const char *what);
    void *context;
};

/* Of one side. */
struct diff_side {
    uint64_t no_id;           /* records whose id is null, or missing */
    uint64_t alone, left_out; /* that are on this side only; whose id occurs twice on a side */
    struct diff_ids alone_ids, left_out_ids;
    uint64_t repeated; /* ids that occur twice on this side */
};

struct diff {
    const struct diff_task *task;
    struct diff_tally tally;
    struct diff_catalogs catalogs;
    struct diff_side sides[2]; /* old, new; of a chain the first; while it runs as joined */
    struct diff_moved *moved;  /* by the numbers of identities */
    uint32_t moved_count;
    /* What the report shows: what differs, what one catalog has, identities of both sides. */
    struct diff_clusters differing, only, moving;
    bool chain;
    /* While it runs: */
    struct diff_join *join;
    bool collision; /* two different ids have the same key, so that there can be no report */
    struct diff_input inputs[2];
};

/* Compare. False if that could not be done at all, after it was told: there is nothing to
 * report. diff_free() must follow in either case. */
bool diff_run(struct diff *diff, const struct diff_task *task)
    __attribute__((warn_unused_result));
void diff_free(struct diff *diff);

/* How many pairs of records were compared. */
uint64_t diff_pairs(const struct diff *diff);

/* Does FEATURE differ, and is it not ignored? */
bool diff_feature_differs(const struct diff_feature *feature);

/* Does one catalog have FEATURE, and the other not? */
bool diff_feature_only(const struct diff_feature *feature);

/* Is what there is of FEATURE, or of records that only SIDE has, what was expected? */
bool diff_feature_expected(const struct diff *diff, const struct diff_feature *feature);
bool diff_alone_expected(const struct diff *diff, unsigned side);

/* Is there any difference that was not expected? */
bool diff_differs(const struct diff *diff);

#endif
