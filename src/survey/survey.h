/*
 * survey: what an archive holds: evidence of each path, from the observations of all records.
 *
 * One thread adds the observations of all records, in the order of the input. So the result is the
 * same however many threads made them. Memory is bounded: half of it is for fields, and half for
 * visitors.
 */
#ifndef WHORL_SURVEY_SURVEY_H
#define WHORL_SURVEY_SURVEY_H

#include "base/buf.h"
#include "base/fault.h"
#include "base/quota.h"
#include "survey/fields.h"
#include "survey/visitors.h"

struct survey {
    struct quota field_quota, visitor_quota;
    struct fields fields;
    struct visitors visitors;
    bool by, time;    /* records have keys, and times, which the caller knows */
    uint64_t records; /* observed, of which */
    uint64_t keyed;   /* have a key */
    uint64_t timed;   /* have a time: */
    int64_t first, last;
    struct buf found; /* uint32_t each: the path of each observation of a record */
};

#define SURVEY_MEMORY_LEAST ((size_t)8 << 20)

/* Begin without records, with MEMORY bytes, at least SURVEY_MEMORY_LEAST. BY: records are to be
 * compared with those of the same key. False when memory is out; survey_free() must follow in
 * either case. SURVEY must not move until then. */
bool survey_init(struct survey *survey, size_t memory, bool by, bool time, uint64_t seed)
    __attribute__((warn_unused_result));
void survey_free(struct survey *survey);

/* Add the records of BYTES, which observe_put() has made, in the order of the input. FAULT_NONE, or
 * why memory is not enough. */
struct fault survey_add(struct survey *survey, struct span bytes)
    __attribute__((warn_unused_result));

#endif
