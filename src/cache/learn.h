/*
 * learn: an accepted record becomes a template.
 */
#ifndef WHORL_CACHE_LEARN_H
#define WHORL_CACHE_LEARN_H

#include "cache/resolver.h"
#include "json/members.h"

struct learn {
    struct paths *paths;
    struct templates *templates;
    struct resolver *resolver; /* whose memory is used, and overwritten */
    const struct limits *limits;
    bool values; /* have the value cache know the values of a record that was read in full */
};

/* Make a template of the record JSON, which the full path has accepted: it holds what COUNTS
 * says, MEMBERS and EXTRACTS, one a target, are its parts, READINGS the result, not folded.
 * Where that cannot be, nothing is learned. */
void learn_json(struct learn *learn, const struct json *json, const struct json_counts *counts,
                const struct members *members, const struct extract *extracts,
                const struct reading *readings);

/* The same of the record that TRACE has read by comparison, and whose results stand in the
 * cells of the learner's resolver. */
void learn_trace(struct learn *learn, const struct trace *trace);

#endif
