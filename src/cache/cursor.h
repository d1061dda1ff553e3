/*
 * cursor: where a comparison is, in the bytes of a template and of a record. What it has found
 * so far is its trace.
 */
#ifndef WHORL_CACHE_CURSOR_H
#define WHORL_CACHE_CURSOR_H

#include "cache/trace.h"

struct cursor {
    struct trace *trace;
    uint32_t s, r;                /* offsets in the template's and in the record's bytes, */
    uint32_t anchor_s, anchor_r;  /* which are equal from here on, */
    uint32_t leaf;                /* before or in this leaf of the template, */
    uint32_t passthrough;         /* with this one next of those that pass through, */
    struct trace_stretch stretch; /* in this stretch, which has no end yet */
};

#endif
