/*
 * trace: the result of a comparison (compare.h): which parts of a record are equal to a
 * template, and which are not. The template is called the base.
 */
#ifndef WHORL_CACHE_TRACE_H
#define WHORL_CACHE_TRACE_H

#include "json/validate.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct arena;
struct json_counts;
struct limits;
struct paths;
struct template;
struct templates;

#define TRACE_EDITS     64 /* names read by the grammar; an attempt that needs more ends */
#define TRACE_TEMPLATES 16 /* with which the beginnings of a record are compared */
#define TRACE_NONE      UINT32_MAX

/* A leaf that is not equal to that of the base, or is written as it came. */
struct trace_leaf {
    uint32_t path;
    uint32_t start, end;    /* in the record */
    uint32_t values, names; /* as in struct json_counts */
    uint64_t hash;          /* value_cache_hash() of it; set by resolver.c */
};

/* Leaves of the base that follow one another in the record too. */
struct trace_stretch {
    uint32_t from, to;
    uint32_t at; /* where the first begins in the record */
    bool gap;    /* the gap before it is there too: it is the record's first leaf */
};

/* A member that an edit has read: an object, or a leaf that the base does not have. */
struct trace_name {
    uint32_t path; /* the plain one */
    uint32_t object;
};

struct trace {
    struct span record;
    struct paths *paths;
    struct templates *templates;
    const struct limits *limits;
    struct arena *arena;

    uint32_t base; /* the template's number */
    const struct template *template;
    struct trace_earlier { /* leaves that were compared with another template before it, */
        uint32_t template; /* each at the same path in both */
        uint32_t from, to;
    } earlier[TRACE_TEMPLATES];
    uint32_t earlier_count;
    struct trace_stretch stretches[TRACE_EDITS + 2];
    uint32_t stretch_count;
    struct trace_name names[TRACE_EDITS];
    uint32_t name_count;
    struct trace_leaf *leaves; /* in the record's order */
    uint32_t leaf_count, leaf_most;
    size_t values; /* the record has at most so many */
    bool edited;
    uint32_t edits; /* names read */
};

/* Begin with RECORD and the template number BASE; leaves will be in ARENA. False when memory is
 * out. */
bool trace_begin(struct trace *trace, struct templates *templates, uint32_t base,
                 struct paths *paths, const struct limits *limits, struct span record,
                 struct arena *arena) __attribute__((warn_unused_result));

/* Is the value at PATH, which begins at offset AT of the record, an object with members
 * rather than a leaf? Its first bytes decide. */
bool trace_opens(const struct trace *trace, uint32_t path, uint32_t at);

/* Note a leaf, as in struct trace_leaf. False if there is no room. */
bool trace_note(struct trace *trace, uint32_t path, uint32_t start, uint32_t length,
                const struct json_counts *counts) __attribute__((warn_unused_result));

/* May a record that was read with edits have the results of the base, except for leaves that
 * were noted or are missing? Then each member is there once, and guarded objects are as they
 * were, or gone. */
bool trace_check(const struct trace *trace) __attribute__((warn_unused_result));

/* A run of leaves of the base that the record does not have: those from `from` to before
 * `to`. The search goes on at `next`. */
struct trace_omitted {
    uint32_t from, to, next;
};

/* Go on to the next run of them, from {0, 0, 0} on. False if there is none. */
bool trace_omitted(const struct trace *trace, struct trace_omitted *run);

#endif
