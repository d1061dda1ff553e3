/*
 * matching: what the parts of --match share while it runs: match.c calls them, known_side.c reads
 * what is known, new_side.c decides.
 */
#ifndef WHORL_MATCH_MATCHING_H
#define WHORL_MATCH_MATCHING_H

#include "format/row_input.h"
#include "match/common.h"
#include "match/lines.h"
#include "match/match.h"
#include "match/truth.h"

struct schema;

struct matching {
    const struct match_task *task;
    struct match_components components;
    struct match_known known;
    struct match_candidates candidates;
    struct match_common common;
    struct match_lines lines;
    struct match_truth truth;
    struct match_signature_reader known_reader;
    struct buf label;             /* of the known records' catalog */
    const struct schema *fitting; /* a schema of the input that was found to fit */
    bool begun;                   /* the catalog is known */
    uint64_t faults;              /* of inputs */
};

/* Report WHAT is wrong with PATH as a whole; with the last row of INPUT. False. */
bool matching_trouble(const struct matching *m, const char *path, const char *what);
bool matching_row_trouble(struct matching *m, const struct row_input *input, const char *what);

/* Report FAULT of PATH, if there is one; FULL is for a reached limit on memory. True if not. */
bool matching_check(const struct matching *m, const char *path, struct fault fault,
                    const char *full);
bool matching_no_memory(const struct matching *m);

/* What is reported when the known records reach the limit on memory; constant. */
extern const char matching_full[];

/* Open the output PATH, whose binary rows have NAMES. row_input_close() must follow. */
bool matching_open(struct matching *m, struct row_input *input, const char *path,
                   const struct row_names *names) __attribute__((warn_unused_result));

/* Begin with known records that are by the catalog LABEL, from PATH. */
bool matching_begin(struct matching *m, const char *path, struct span label,
                    enum match_source source) __attribute__((warn_unused_result));

/* The same by the catalog of the last row of INPUT, with SCHEMA, unless it is known already; then,
 * does the row fit it? NEW says which side it is of. */
bool matching_fits(struct matching *m, const struct row_input *input, const struct schema *schema,
                   bool new) __attribute__((warn_unused_result));

/* Read all that is known, and write the index. False after a report. */
bool matching_read_known(struct matching *m) __attribute__((warn_unused_result));

/* Decide about all new records. False after a report. */
bool matching_read_new(struct matching *m) __attribute__((warn_unused_result));

#endif
