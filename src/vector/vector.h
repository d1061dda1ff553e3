/*
 * vector: the result of one record under one catalog: each signal's state and hash, and
 * what is folded from them (fold.h).
 *
 * A signal's hash is XXH3-64 of its canonical text: NAME=JCS, NAME!CLASS or NAME?. A group's
 * is XXH3-64, an identity's XXH3-128, over the 8 big-endian bytes of the hashes of those
 * members that have one, in catalog order, nothing between; volatile members enter neither;
 * errors enter groups and the identities build and exact only; what enters an identity begins
 * with the 8 big-endian bytes of the epoch if that is not 0. Without a contributing member
 * there is no hash.
 */
#ifndef WHORL_VECTOR_VECTOR_H
#define WHORL_VECTOR_VECTOR_H

#include "base/span.h"
#include "catalog/identity.h"
#include "steps/signal.h"
#include "text/hash.h"

struct arena;
struct buf;
struct catalog;
struct extract;
struct hit;
struct json;

/* Whose canonical text is to be kept: a set of these. */
enum vector_texts {
    VECTOR_FACTS = 1,  /* values of rows marked `fact` */
    VECTOR_STATES = 2, /* signals that are no value: "!CLASS" and "?" */
    VECTOR_VALUES = 4, /* all values */
};

struct vector {
    const struct catalog *catalog;
    uint32_t found;        /* what extract.h says of the record; */
    uint32_t uncataloged; /* likewise, */
    uint32_t excludes;     /* likewise */
    unsigned char *states; /* one a row, an enum signal_state */
    uint64_t *hashes;      /* one a row; 0 where missing or excluded */
    struct span *texts; /* one a row: canonical text from its sign on, "=8", where asked for; */
                        /* else empty */
    const uint64_t *groups; /* one a group; 0 for none */
    struct hash128 ids[IDENTITIES];
    bool has_id[IDENTITIES];
    uint32_t coverage[IDENTITIES]; /* contributing members, though maybe too few for @min */
    uint32_t present;              /* signals with a hash */
    uint32_t errors;               /* signals in state error */
};

/* A vector for CATALOG whose states, hashes and texts are in ARENA and not yet set; nothing is
 * folded. False when memory is out. */
bool vector_begin(struct vector *vector, const struct catalog *catalog, struct arena *arena)
    __attribute__((warn_unused_result));

/* Normalize and hash what EXTRACT found in JSON: set all but what is folded, as if no @exclude
 * were in force. TEXTS is a set of enum vector_texts. SCRATCH is overwritten. False when memory
 * is out. */
bool vector_normalize(struct vector *vector, const struct json *json,
                      const struct extract *extract, unsigned texts, struct arena *arena,
                      struct buf *scratch) __attribute__((warn_unused_result));

/* What one signal comes to. */
struct vector_signal {
    enum signal_state state;
    uint64_t hash;    /* 0 for none */
    struct span text; /* as in struct vector */
};

/* What makes the signals of one JSON text, one by one. */
struct vector_maker {
    const struct catalog *catalog;
    const struct json *json;
    unsigned texts; /* a set of enum vector_texts */
    struct arena *arena;
    struct buf *scratch;
    uint32_t marker;   /* the error marker that CLASS is of, or NODE_NONE: one often stands */
    struct span class; /* above many signals */
};

/* Normalize and hash the signal of row number ROW, found as HIT says; *MADE is in the maker's
 * arena. False when memory is out. */
bool vector_make(struct vector_maker *maker, uint32_t row, struct hit hit,
                 struct vector_signal *made) __attribute__((warn_unused_result));

#endif
