/*
 * resolver: from the trace of a record to its readings: the results of the template, but for
 * the leaves that are others, or not there. Those that the value cache does not know are read.
 */
#ifndef WHORL_CACHE_RESOLVER_H
#define WHORL_CACHE_RESOLVER_H

#include "cache/cells.h"

struct leaf_reader;
struct paths;
struct reading;
struct trace;
struct value_cache;

/* So many values of a record are kept at first sight. Of one that has more they are all new. */
#define RESOLVER_AT_ONCE 128

struct resolver {
    const struct cells_layout *layout;
    const struct paths *paths;
    struct value_cache *value_cache;
    struct leaf_reader *reader;
    const struct trace *trace;
    struct cells_room room; /* of the record in work */
    uint32_t read;          /* leaves of the record that the value cache did not know */
};

/* Take the memory for one record; of the others none is owned. False when it is out;
 * resolver_free() must follow in either case. */
bool resolver_init(struct resolver *resolver, const struct paths *paths,
                   struct value_cache *value_cache, struct leaf_reader *reader)
    __attribute__((warn_unused_result));
void resolver_free(struct resolver *resolver);

/* Make READINGS, one a target, of TRACE. They are in the arena and in RESOLVER. False if the
 * record must be read in full: a leaf holds a name twice, the id is none, there is no signal,
 * or memory is out. */
bool resolver_record(struct resolver *resolver, const struct trace *trace,
                     struct reading *readings) __attribute__((warn_unused_result));

#endif
