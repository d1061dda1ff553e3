/*
 * cut: a record cut at its leaves, before it becomes a template.
 */
#ifndef WHORL_CACHE_CUT_H
#define WHORL_CACHE_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct extract;
struct json;
struct json_counts;
struct members;
struct paths;
struct trace;

/* The leaves of a record; in an arena. */
struct cut {
    struct cut_leaf {
        uint32_t path;
        uint32_t start, end; /* its bytes in the record, with the quotes of a string */
    } * leaves;
    uint32_t leaf_count; /* at least 1 */
    uint32_t record;     /* the path of the record itself */
    size_t values;       /* in the leaves, as struct json_counts counts them */
};

/* Cut the record JSON, which was read in full: it holds what COUNTS says, MEMBERS has the
 * hashes of its names, EXTRACTS, one for each target, what was found. All in ARENA. False if it
 * cannot be a template: memory or paths are out, a name reads as U+FFFD, or a root of a catalog
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
