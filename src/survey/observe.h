/*
 * observe: what a survey sees of one record: an observation of each path, in the order of the
 * text.
 *
 * Any thread observes; one thread puts the observations together, in the order of the input
 * (survey.h). An observation views the record, which must last until then.
 *
 * The hash of a value is of its canonical text (RFC 8785), so it does not depend on its
 * spelling. The hash of an array is made of its elements' hashes, in order; that of an object
 * of the sum over its members of a mix of the two hashes of name and value.
 *
 * A value may have another form, of which `form` is the hash, to see whether a step would hold
 * it still: that of an array, its elements in any order, as by the step sort; that of a data
 * URL, its bytes, as by the step data-url. Of any other value the hash is the same again.
 *
 * These hashes have no seed: the estimates that are made of them are the same in every run.
 */
#ifndef WHORL_SURVEY_OBSERVE_H
#define WHORL_SURVEY_OBSERVE_H

#include "survey/observation.h"

struct arena;
struct json;
struct members;
struct normalizer;
struct pointer;

struct observe_rules {
    const struct normalizer *data_url; /* the step data-url */
    const struct pointer *by;          /* null for none */
    const struct pointer *time;        /* null for none */
};

/* Append to OUT what is to be seen of JSON, an object: *RECORD, which is set, and its observations.
 * MEMBERS are those of JSON; null to hash the names with SEED. If LASTING, the text of JSON lasts
 * until the observations are read; otherwise it is appended too. False when memory is out. */
bool observe_put(struct buf *out, const struct json *json, const struct members *members,
                 uint64_t seed, bool lasting, const struct observe_rules *rules,
                 struct observe_record *record, struct arena *arena, struct buf *scratch)
    __attribute__((warn_unused_result));

#endif
