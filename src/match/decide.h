/*
 * match_decide: the best known record for a new one, and the decision, whorl-match(1),
 * "Decision".
 */
#ifndef WHORL_MATCH_DECIDE_H
#define WHORL_MATCH_DECIDE_H

#include "match/candidates.h"
#include "match/score.h"

#define MATCH_PROFILES 512  /* of a combination that are looked at */
#define MATCH_MARGIN   1000 /* thousandths of a bit that a match is better than the runner-up */

enum match_kind { MATCH_NONE, MATCH_NEW, MATCH_AMBIGUOUS, MATCH_MATCH };

/* "-", "new" ..., as output has it; constant. */
const char *match_kind_name(enum match_kind kind);

struct match_decision {
    enum match_kind kind;     /* MATCH_NONE: the record cannot be decided */
    uint32_t best, runner_up; /* records, or MATCH_NO_RECORD */
    int32_t score, margin;    /* thousandths of a bit; without a record 0 */
    uint32_t share;           /* entries that have the best one's combination */
};

/* What decides. */
struct match_judge {
    const struct match_known *known;
    const struct match_candidates *candidates;
    const struct match_common *common; /* or null */
    int32_t thresholds[2];
    struct match_query query; /* the last one */
    struct match_found found;
    uint32_t *order; /* components, while they are named */
};

/* Begin, with the first four members set. False when memory is out; match_judge_free() must follow
 * in either case. */
bool match_judge_init(struct match_judge *judge) __attribute__((warn_unused_result));
void match_judge_free(struct match_judge *judge);

/* Decide about the record with SIGNATURE. */
struct match_decision match_decide(struct match_judge *judge,
                                   const struct match_signature *signature);

/* Append what carries DECISION, the last one of JUDGE: an identity, or the groups that agree, with
 * commas. */
void match_put_reason(struct buf *out, struct match_judge *judge,
                      const struct match_decision *decision);

#endif
