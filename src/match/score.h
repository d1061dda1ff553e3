/*
 * match_score: how like a new record and a known profile are, whorl-match(1), "Score".
 */
#ifndef WHORL_MATCH_SCORE_H
#define WHORL_MATCH_SCORE_H

#include "match/known.h"

/* Thousandths of a bit that are taken. */
#define MATCH_DIFFERS    2000 /* a lasting component differs; and so much for all its signals */
#define MATCH_BUILD      2000 /* a build component differs; */
#define MATCH_BUILD_MOST 8000 /* all of them do */
#define MATCH_DECREASED  8000 /* the version has decreased */

/* Which signals of a component count, where the catalogs of both sides are not the same. */
struct match_common {
    unsigned char *whole; /* of each component: all of it counts */
    unsigned char *cells; /* of each cell: it counts */
    bool version;         /* the version counts */
};

/* A new record, whose score is asked for. */
struct match_query {
    const struct match_known *known;
    const struct match_signature *signature;
    const struct match_common *common; /* null if all signals count */
    uint32_t *numbers;                 /* of its values, MATCH_NO_RECORD for those not known */
    int32_t *bits;                     /* that each of them adds if it agrees */
    int32_t lasting_bits, build_bits;  /* the sums of these */
};

/* Set the numbers and bits of QUERY, whose other members are set. False if all lasting components
 * are empty. */
bool match_query_begin(struct match_query *query);

/* The lasting part of the score with KNOWN_VALUES, the numbers of a combination. */
int32_t match_score_lasting(const struct match_query *query, const uint32_t *known_values);

/* A bound of it, which it is never above, without looking at signals. */
int32_t match_score_bound(const struct match_query *query, const uint32_t *known_values);

/* What the build components and the version of PROFILE add to it, below 0 for what they take. */
int32_t match_score_build(const struct match_query *query, const struct match_profile *profile);

#endif
