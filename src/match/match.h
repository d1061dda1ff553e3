/*
 * match: finds the known device of each new record, for --match, whorl-match(1).
 */
#ifndef WHORL_MATCH_MATCH_H
#define WHORL_MATCH_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct catalog_pair;
struct ndjson_read_plan;
struct report_out;
struct row_names;

#define MATCH_MEMORY_LEAST ((size_t)8 << 20)

/* Which member of a row is what. */
enum match_member { MATCH_BY, MATCH_TRUTH };

/* What to match, and how. */
struct match_task {
    const char *known, *new;             /* paths; `known` may be null if there is an index */
    const struct ndjson_read_plan *plan; /* with the members, if they are given */
    const struct row_names *names;       /* the same for binary rows */
    bool by, judge;                      /* --by and --truth are given */
    struct span by_text;                 /* what --by says, for the index */
    const struct catalog_pair *pairs;    /* catalogs whose records may match */
    size_t pair_count;
    const char *index; /* path; null for none */
    int32_t thresholds[2];
    bool ndjson; /* the output's format, else TSV */
    size_t memory;
    unsigned jobs;         /* threads, at most */
    int window;            /* as decompress_new() */
    const char *directory; /* for temporary files */
    /* Report WHAT is wrong with PATH, which may be null, at LINE and COLUMN; of a binary file at
     * row LINE. Each is 0 if it is not known. */
    void (*tell)(void *context, const char *path, bool binary, uint64_t line, uint64_t column,
                 const char *what);
    /* The same of records that are not decided or not used, which is no trouble. */
    void (*warn)(void *context, const char *path, uint64_t records, const char *what);
    void *context;
};

/* Match, and write to OUT. False, after a call of task->tell, if there is no result. */
bool match_run(const struct match_task *task, const struct report_out *out)
    __attribute__((warn_unused_result));

#endif
