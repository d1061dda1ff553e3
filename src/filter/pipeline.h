/*
 * pipeline: one record through every stage, text in, vectors out.
 */
#ifndef WHORL_FILTER_PIPELINE_H
#define WHORL_FILTER_PIPELINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "filter/stats.h"
#include "format/writer.h"
#include "json/validate.h"
#include "vector/passthrough.h"

struct absence;
struct binary_layout;
struct cache;
struct catalog;
struct explain;
struct observe_rules;

/* One vector of each record: the catalog, the format and the output. */
struct plan_target {
    const struct catalog *catalog;
    const struct writer *writer;
    void *writer_state; /* of the output; the pipelines do not change it */
    size_t output;      /* its number; several targets may share one */
    bool library;       /* the id of the catalog's library is wanted, */
    bool sketched;      /* and so is the sketch */
};

/* What all records of a run have in common. */
struct plan {
    const struct plan_target *targets; /* in this order */
    size_t target_count;
    size_t output_count;
    size_t dictionary; /* the output for it, or PLAN_NONE */
    const struct explain *explains; /* null; or one for each target, which is written in place of */
                                    /* vectors: then each record is read in full */
    const struct observe_rules *observe; /* null; or records are observed in place of being written:
                                            they are read in full, and their observations go to output
                                            0; if there is a target, those of its signals to output 1 */
    const bool *watched; /* null; or for each target whether its rows that are in no record are */
                         /* wanted */
    struct limits limits;
    bool reveal;         /* show private signals in the dictionary */
    size_t cache_memory; /* bytes per worker, to read records by comparison with earlier ones */
                         /* where that can be; 0: read each in full */
    bool counted;        /* statistics are wanted of the catalogs too */
    bool origins;        /* the output says where each record is from */
    bool verify;         /* records that state other ids of libraries are to be reported */
    uint64_t seed;       /* of tables that records fill; the author of an input cannot guess it */
};
#define PLAN_NONE SIZE_MAX

/* A worker: its memory, reused from record to record. */
struct pipeline {
    const struct plan *plan;
    struct arena arena;
    struct buf scratch;
    bool begun;          /* a record has come: before that nothing is taken for it */
    struct cache *cache; /* null for none */
    struct origin origin; /* of the next record; only if plan->origins */
    struct stats *stats; /* counted into; null for none */
    unsigned differing;  /* of the record just written: bit 1 << library: it states another id */
                         /* than that of its components */
    struct absence *absences; /* one for each target, if targets are watched; null before the */
                              /* first record */
};

/* Begin; memory is taken when the first record comes. */
void pipeline_init(struct pipeline *pipeline, const struct plan *plan, struct stats *stats);
void pipeline_free(struct pipeline *pipeline);

/* Free the cache: from now on each record is read in full. The output is the same, but slower. */
void pipeline_drop_cache(struct pipeline *pipeline);

/* Append the record's vectors to OUTS, a buffer for each output, and give FAULT_NONE; or append
 * nothing and say what is wrong with the record, or that memory is out: then the cache may have
 * what the record lacks (memory_fallback.h). */
struct fault pipeline_run(struct pipeline *pipeline, struct span record,
                          struct buf *const *outs) __attribute__((warn_unused_result));

#endif
