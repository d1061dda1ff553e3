/*
 * cut: a record cut at its leaves, before it becomes a template.
 */
#ifndef WHORL_CACHE_CUT_H
#define WHORL_CACHE_CUT_H

#include "cache/trace.h"
#include "json/members.h"
#include "vector/extract.h"

/* Cut the record JSON, which was read in full: it holds what COUNTS says, MEMBERS has the
 * hashes of its names, EXTRACTS, one a target, what was found. All in ARENA. False where it
 * cannot be kept: memory or paths are out, a name reads as U+FFFD, or a root of a catalog
 * might be inside a leaf. */
bool cut_json(struct cut *cut, struct paths *paths, const struct json *json,
              const struct json_counts *counts, const struct members *members,
              const struct extract *extracts, struct arena *arena)
    __attribute__((warn_unused_result));

/* Cut the record that TRACE has read by comparison, without reading it again. False when memory
 * is out. */
bool cut_trace(struct cut *cut, const struct trace *trace, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
