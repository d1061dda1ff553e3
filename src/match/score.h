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

/* The lasting part: of the values with numbers KNOWN_VALUES, and of the record with SIGNATURE, whose
 * values have NUMBERS. COMMON is null if all signals count. */
int32_t match_score_lasting(const struct match_known *known, const uint32_t *known_values,
                            const struct match_signature *signature, const uint32_t *numbers,
                            const struct match_common *common);

/* At least that, without looking at signals. */
int32_t match_score_most(const struct match_known *known, const uint32_t *known_values,
                         const uint32_t *numbers, const struct match_common *common);

/* What the build components and the version of PROFILE add to it, below 0 for what they take. */
int32_t match_score_build(const struct match_known *known, const struct match_profile *profile,
                          const struct match_signature *signature, const uint32_t *numbers,
                          const struct match_common *common);

/* The bits that COMPONENT adds with value NUMBER. */
int32_t match_score_bits(const struct match_known *known, uint32_t component, uint32_t number,
                         const struct match_common *common);

#endif
