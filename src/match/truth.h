/*
 * match_truth: judges decisions by what is true, for --truth, whorl-match(1), "CALIBRATION".
 */
#ifndef WHORL_MATCH_TRUTH_H
#define WHORL_MATCH_TRUTH_H

#include "match/decide.h"

struct report_out;

/* What a new record's best known record is. */
enum match_outcome { MATCH_RIGHT, MATCH_WRONG, MATCH_UNKNOWN };
#define MATCH_OUTCOMES 3

/* A decision, as far as a threshold changes it. */
struct match_trial {
    int32_t score;
    unsigned char outcome;
};

struct match_truth {
    const struct match_known *known;
    struct keys truths;        /* that known records have */
    uint64_t counts[MATCH_OUTCOMES][MATCH_MATCH + 1];
    struct match_trial *trials; /* that would match if the score reached the threshold */
    uint32_t count, room;
    uint64_t without; /* new records without a truth */
};

/* Begin, with KNOWN, which is finished. False when memory is out; match_truth_free() must follow in
 * either case. */
bool match_truth_init(struct match_truth *truth, const struct match_known *known, uint64_t seed)
    __attribute__((warn_unused_result));
void match_truth_free(struct match_truth *truth);

/* Count DECISION about a record whose truth is TRUTH, 0 for none. False when memory is out. */
bool match_truth_add(struct match_truth *truth, const struct match_decision *decision,
                     uint64_t value) __attribute__((warn_unused_result));

/* Write the report. False when memory is out. */
bool match_truth_write(struct match_truth *truth, bool ndjson, const struct report_out *out)
    __attribute__((warn_unused_result));

#endif
