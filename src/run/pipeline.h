/*
 * pipeline: one record through every stage, text in, vectors out.
 */
#ifndef WHORL_RUN_PIPELINE_H
#define WHORL_RUN_PIPELINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "format/ndjson.h"
#include "record/catalog.h"
#include "record/validate.h"

/* What all records of a run have in common. */
struct plan {
    const struct catalog *catalogs; /* a vector for each, in this order */
    size_t catalog_count;
    struct limits limits;
    unsigned members; /* of a line, a set of ndjson_member bits */
    bool reveal;      /* show private signals */
    uint64_t seed;    /* that the catalogues were read with */
};

/* A worker: its memory, reused from record to record. */
struct pipeline {
    const struct plan *plan;
    struct arena arena;
    struct buf scratch;
};

void pipeline_init(struct pipeline *pipeline, const struct plan *plan);
void pipeline_free(struct pipeline *pipeline);

/* Append the record's vectors to OUT, a line a catalogue, and give FAULT_NONE; or append
 * nothing and say what is wrong with the record, or that memory is out. */
struct fault pipeline_run(struct pipeline *pipeline, struct span record, struct buf *out)
    __attribute__((warn_unused_result));

#endif
