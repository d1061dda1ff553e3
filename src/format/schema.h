/*
 * schema: what the rows of an output have: their catalog, the names of identities, groups and
 * signals, and where in a row's image each of them is.
 */
#ifndef WHORL_FORMAT_SCHEMA_H
#define WHORL_FORMAT_SCHEMA_H

#include "base/buf.h"
#include "base/fault.h"
#include "text/names.h"

struct catalog;

#define SCHEMA_IDS     16 /* identities, at most */
#define SCHEMA_SKETCH  8  /* words of a sketch, at most */
#define SCHEMA_SIGNALS 65535 /* at most, as a catalog has rows */

/* Where the signals are from; rows of different sources have different schemas. */
enum schema_source {
    SCHEMA_NOTHING, /* there are no signals */
    SCHEMA_HASHES,  /* hashes as they were written */
    SCHEMA_VALUES,  /* made of values and states: the hash of their canonical text */
    SCHEMA_FACTS,   /* the same of facts */
};

struct schema {
    struct span label, name; /* NAME-VERSION:DIGEST, and its NAME */
    struct names ids, groups, signals;
    uint32_t ids_at[SCHEMA_IDS]; /* bytes from the image's beginning: 16 for each identity */
    uint32_t groups_at;          /* 8 for each group, a little-endian integer, */
    uint32_t sketch_at;          /* for each of the words of the sketch, */
    uint32_t signals_at;         /* and for each signal, up to the end of the image */
    uint32_t sketch_words;       /* 0 without a sketch */
    enum schema_source source;
    bool open; /* the catalog may have more signals than have been seen */
    /* The catalog; null if it is unknown. Signal number i is then its row i, as far as it
     * has rows; not with SCHEMA_FACTS. */
    const struct catalog *known;
    const struct names *rows; /* with SCHEMA_FACTS: the names of all rows of `known` */
    /* Numbers for the reader of the rows, 0 at first: of its label, and of its columns. */
    uint32_t use, columns[2];
    struct quota *quota;
};

/* A schema without names, for LABEL, which is copied. It is counted against QUOTA, which may be
 * null. Null when memory is out. */
struct schema *schema_new(struct span label, uint64_t seed, struct quota *quota)
    __attribute__((warn_unused_result));
void schema_free(struct schema *schema);

/* Append TEXT with its length in front, so that two lists of such texts are the same bytes only
 * if they are the same texts. */
void schema_put_text(struct buf *out, struct span text);

/* Append the label, the names and the places of SCHEMA: the same bytes only for the same. */
void schema_put_key(struct buf *out, const struct schema *schema);

/* May the value of signal number SLOT be shown? Not if it is private, or if that is unknown. */
bool schema_shows(const struct schema *schema, uint32_t slot);

#define SCHEMAS_MOST 256 /* no output of whorl has more */

/* All schemas of a reader, each with a key that is its own; they stay where they are. */
struct schemas {
    struct schema *items[SCHEMAS_MOST];
    struct names keys; /* by the same numbers */
};

/* Begin without schemas. SEED and QUOTA as in names_init(). */
void schemas_init(struct schemas *schemas, uint64_t seed, struct quota *quota);
void schemas_free(struct schemas *schemas);

/* The schema with KEY, or null. */
struct schema *schemas_find(const struct schemas *schemas, struct span key);

/* Add SCHEMA with KEY, which no other has. SCHEMAS then owns SCHEMA, and frees it on failure. */
struct fault schemas_add(struct schemas *schemas, struct span key, struct schema *schema)
    __attribute__((warn_unused_result));

#endif
