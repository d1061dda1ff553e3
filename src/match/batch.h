/*
 * match_batch: some new records, which one thread decides about at a time.
 */
#ifndef WHORL_MATCH_BATCH_H
#define WHORL_MATCH_BATCH_H

#include "match/lines.h"

struct row;

#define MATCH_BATCH 64 /* records */

/* A record, and what was decided. */
struct match_item {
    struct match_signature signature; /* its values, cells and id are the batch's */
    struct extent id;                 /* in ids; empty if it has none */
    uint64_t truth;
    struct match_decision decision;
    struct extent line; /* in lines */
    uint32_t id_n;      /* bytes of it before the decision */
};

struct match_batch {
    struct match_item items[MATCH_BATCH];
    uint32_t count;
    struct buf ids, lines;
    struct arena arena;
};

/* A batch for records with COMPONENTS. Null when memory is out. */
struct match_batch *match_batch_new(const struct match_components *components)
    __attribute__((warn_unused_result));
void match_batch_free(struct match_batch *batch);

/* Remove all records. */
void match_batch_clear(struct match_batch *batch);

/* Add the record that ROW and SIGNATURE show. There must be room. */
void match_batch_add(struct match_batch *batch, const struct match_components *components,
                     const struct row *row, const struct match_signature *signature);

/* Decide about all records, and make their LINES, unless that is null. */
void match_batch_decide(struct match_batch *batch, struct match_judge *judge,
                        const struct match_lines *lines);

#endif
