/*
 * survey: a record cut at its leaves, before it becomes a shape.
 */
#ifndef WHORL_CACHE_SURVEY_H
#define WHORL_CACHE_SURVEY_H

#include "cache/trace.h"
#include "json/members.h"
#include "vector/extract.h"

/* Cut the record JSON, which was read in full: it holds what COUNTS says, MEMBERS has the
 * hashes of its names, EXTRACTS, one a target, what was found. All in ARENA. False where it
 * cannot be kept: memory or places are out, a name reads as U+FFFD, or a root of a catalog
 * might be inside a leaf. */
bool survey_json(struct survey *survey, struct places *places, const struct json *json,
                 const struct json_counts *counts, const struct members *members,
                 const struct extract *extracts, struct arena *arena)
    __attribute__((warn_unused_result));

/* Cut the record that TRACE has read by comparison, without reading it again. False when memory
 * is out. */
bool survey_trace(struct survey *survey, const struct trace *trace, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
