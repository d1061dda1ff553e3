/*
 * learn: an accepted record becomes a template.
 */
#ifndef WHORL_CACHE_LEARN_H
#define WHORL_CACHE_LEARN_H

#include "cache/cells.h"
#include "json/validate.h"

struct extract;
struct json;
struct json_counts;
struct leaf_reader;
struct limits;
struct members;
struct paths;
struct reading;
struct templates;
struct trace;
struct value_cache;

struct learner {
    const struct limits *limits;
    struct paths *paths;
    struct templates *templates;
    struct value_cache *value_cache;
    struct leaf_reader *reader;
    struct cells_room room; /* of a record that was read in full */
};

/* Take the memory for one record, where the rest of LEARNER is set; of that none is owned.
 * False when it is out; learner_free() must follow in either case. */
bool learner_init(struct learner *learner) __attribute__((warn_unused_result));
void learner_free(struct learner *learner);

/* Make a template of the record JSON, which the full path has accepted: it holds what COUNTS
 * says, MEMBERS and EXTRACTS, one for each target, are its parts, READINGS the result, not
 * folded. With VALUES its values go to the value cache. Where there is no room, nothing is
 * learned. */
void learner_add_json(struct learner *learner, const struct json *json,
                      const struct json_counts *counts, const struct members *members,
                      const struct extract *extracts, const struct reading *readings,
                      bool values);

/* The same of the record that TRACE has read by comparison, with the results in ROOM. */
void learner_add_trace(struct learner *learner, const struct trace *trace,
                       const struct cells_room *room);

#endif
