/*
 * resolver: makes the readings of a record from its trace: the results of the template, except
 * for leaves that are new or missing. What the value cache does not know of is read.
 */
#ifndef WHORL_CACHE_RESOLVER_H
#define WHORL_CACHE_RESOLVER_H

#include "cache/cells.h"

struct leaf_reader;
struct paths;
struct reading;
struct trace;
struct value_cache;

/* So many values of a record are kept at first sight. If more are new, all are likely to be. */
#define RESOLVER_AT_ONCE 128

struct resolver {
    const struct cells_layout *layout;
    const struct paths *paths;
    struct value_cache *value_cache;
    struct leaf_reader *reader;
    const struct trace *trace;
    struct cells_room room; /* of the record in work */
    uint32_t *text_cells;   /* of room: which cells have had a text, some more than once; */
    uint32_t text_count;    /* if more than there are cells, those above are not noted */
    uint32_t *changed;      /* of room: which cells are not as the base has them, and the */
    uint32_t changed_count; /* same again */
    uint32_t read;          /* leaves of the record that the value cache did not know */
};

/* Take the memory for one record; of the others none is owned. False when it is out;
 * resolver_free() must follow in either case. */
bool resolver_init(struct resolver *resolver, const struct paths *paths,
                   struct value_cache *value_cache, struct leaf_reader *reader)
    __attribute__((warn_unused_result));
void resolver_free(struct resolver *resolver);

/* Make READINGS, one for each target, of TRACE. They are in the arena and in RESOLVER. False
 * if the record must be read in full: a leaf holds a name twice, the id cannot be one, there
 * is no signal, or memory is out. */
bool resolver_record(struct resolver *resolver, const struct trace *trace,
                     struct reading *readings) __attribute__((warn_unused_result));

#endif
