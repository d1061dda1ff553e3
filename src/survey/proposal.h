/*
 * proposal: a catalog that is drafted from a survey: directives, and a row for each path by its
 * verdict (verdicts.h), with the evidence as a comment above it.
 *
 * It compiles. What may be wrong in it is what a survey cannot know: see whorl-survey(1).
 */
#ifndef WHORL_SURVEY_PROPOSAL_H
#define WHORL_SURVEY_PROPOSAL_H

#include "format/report_out.h"
#include "survey/verdicts.h"

struct catalog;

struct proposal_keys {
    struct span by, time; /* the pointers of --by and --time, or no bytes */
    const struct catalog
        *catalog; /* by whose @json and @pairs the records were read; or null */
};

/* Write the catalog NAME, which catalog.h allows, to OUT. False when memory is out. */
bool proposal_put(const struct report_out *out, const struct survey *survey,
                  const struct rows *rows, const struct verdicts *verdicts, struct span name,
                  const struct proposal_keys *keys) __attribute__((warn_unused_result));

#endif
