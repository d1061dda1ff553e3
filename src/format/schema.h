/*
 * schema: what the rows of an output have: by which catalogue they were made, the names of
 * identities, groups and signals, and where in a row's image each of them is.
 */
#ifndef WHORL_FORMAT_SCHEMA_H
#define WHORL_FORMAT_SCHEMA_H

#include "record/catalog.h"
#include "text/names.h"

#define SCHEMA_IDS     16 /* identities, at most */
#define SCHEMA_SIGNALS CATALOG_ROWS

/* Where the signals are from; rows of different sources have different schemas. */
enum schema_source {
    SCHEMA_NOTHING, /* there are none */
    SCHEMA_HASHES,  /* hashes as they were written */
    SCHEMA_VALUES,  /* made of values and states: the hash of their canonical text */
    SCHEMA_FACTS,   /* the same of facts */
};

struct schema {
    struct span label, name; /* NAME-VERSION:DIGEST, and its NAME */
    struct names ids, groups, signals;
    uint32_t ids_at[SCHEMA_IDS]; /* bytes from the image's beginning: 16 for each identity */
    uint32_t groups_at;          /* 8 for each group, a little-endian integer, */
    uint32_t signals_at;         /* and for each signal, up to the end of the image */
    enum schema_source source;
    bool open; /* the catalogue may have more signals than have been seen */
    /* The catalogue; null if it is not known. Signal number i is then its row i, as far as it
     * has rows; not with SCHEMA_FACTS. */
    const struct catalog *known;
    /* Numbers for whoever reads the rows, 0 at first: of its label, and of its columns. */
    uint32_t use, columns[2];
};

/* A schema without names, for LABEL, which is copied. Null when memory is out. */
struct schema *schema_new(struct span label, uint64_t seed) __attribute__((warn_unused_result));
void schema_free(struct schema *schema);

/* Have A and B the same names and the same places for them? */
bool schema_alike(const struct schema *a, const struct schema *b);

/* May the value of signal number SLOT be shown to anybody? Not if it is private, or if nobody
 * knows whether it is. */
bool schema_shows(const struct schema *schema, uint32_t slot);

/* All schemas of a reader; they stay where they are. */
struct schemas {
    struct schema **items;
    uint32_t count;
};
#define SCHEMAS_MOST 256 /* more are no output of whorl */

/* Add SCHEMA, which SCHEMAS then owns, and is freed if there is no room. False when memory is
 * out or there are too many. */
bool schemas_add(struct schemas *schemas, struct schema *schema)
    __attribute__((warn_unused_result));
void schemas_free(struct schemas *schemas);

#endif
