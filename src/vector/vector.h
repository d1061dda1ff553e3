/*
 * vector: the result for one record under one catalog: each signal's state and hash, and what is
 * folded from them (fold.h).
 *
 * A signal's hash is XXH3-64 of its canonical text: NAME=JCS, NAME!CLASS or NAME?. A group's is
 * XXH3-64, an identity's XXH3-128, over the hashes of those members that have one, 8 big-endian
 * bytes each, in catalog order, with nothing between. Volatile members enter neither. Errors enter
 * groups, and of the identities only build and exact. If the epoch is not 0, the bytes of an
 * identity begin with it, 8 bytes big-endian. Without a contributing member there is no hash.
 */
#ifndef WHORL_VECTOR_VECTOR_H
#define WHORL_VECTOR_VECTOR_H

#include "base/span.h"
#include "catalog/identity.h"
#include "steps/signal.h"
#include "text/hash.h"
#include "vector/library.h"

struct arena;
struct buf;
struct catalog;
struct extract;
struct fold_known;
struct hit;
struct json;
struct reshape_counts;

/* Which canonical texts are kept: a set of these. */
enum vector_texts {
    VECTOR_FACTS = 1,  /* values of rows marked `fact` */
    VECTOR_STATES = 2, /* signals that are no value: "!CLASS" and "?" */
    VECTOR_VALUES = 4, /* all values */
};

struct vector {
    const struct catalog *catalog;
    uint32_t found;        /* of the record, as in extract.h; */
    uint32_t uncataloged; /* likewise, */
    uint32_t excludes;     /* likewise */
    size_t root;           /* likewise */
    uint32_t repeated, skipped; /* elements of arrays that @pairs is about: of a name that a later */
                                /* one has too, and that are no pair */
    uint32_t unread;            /* strings that @json is about, and that hold no JSON */
    unsigned char *states; /* for each row an enum signal_state */
    uint64_t *hashes;      /* for each row; 0 if missing or excluded */
    struct span *texts; /* for each row canonical text from its sign on, "=8", if it is kept, */
                        /* else empty */
    const uint64_t *groups; /* for each group; 0 for none */
    struct hash128 ids[IDENTITIES];
    bool has_id[IDENTITIES];
    uint32_t coverage[IDENTITIES]; /* contributing members, though maybe too few for @min */
    uint32_t present;              /* signals with a hash */
    uint32_t errors;               /* signals in state error */
    bool sketched;          /* a sketch is wanted: set before the vector is folded; then it is */
    const uint64_t *sketch; /* here, catalog->sketch_words words (sketch.h) */
    const struct fold_known *known; /* what need not be found out to fold it; null for nothing */
    struct library_id library;     /* known only if it was asked for */
};

/* Begin a vector for CATALOG. Its states, hashes and texts are in ARENA and not yet set; nothing is
 * folded. False when memory is out. */
bool vector_begin(struct vector *vector, const struct catalog *catalog, struct arena *arena)
    __attribute__((warn_unused_result));

/* Normalize and hash what EXTRACT found in JSON. Sets all but what is folded, as if no @exclude
 * were in force. TEXTS is a set of enum vector_texts. SCRATCH is overwritten. False when memory is
 * out. */
bool vector_normalize(struct vector *vector, const struct json *json,
                      const struct extract *extract, unsigned texts, struct arena *arena,
                      struct buf *scratch) __attribute__((warn_unused_result));

/* Count what line number I of the catalog's reshapes met with, COUNTS. */
void vector_count_reshape(struct vector *vector, uint32_t i, struct reshape_counts counts);

/* The result for one signal. */
struct vector_signal {
    enum signal_state state;
    uint64_t hash;    /* 0 for none */
    struct span text; /* as in struct vector */
};

/* What vector_make() needs to make the signals of one JSON text, one by one. */
struct vector_maker {
    const struct catalog *catalog;
    const struct json *json;
    unsigned texts; /* a set of enum vector_texts */
    struct arena *arena;
    struct buf *scratch;
    uint32_t marker;   /* the error marker with CLASS, or NODE_NONE: one marker is */
    struct span class; /* often above many signals */
};

/* Normalize and hash the signal of row number ROW, which HIT is for; *MADE is in the maker's arena.
 * False when memory is out. */
bool vector_make(struct vector_maker *maker, uint32_t row, struct hit hit,
                 struct vector_signal *made) __attribute__((warn_unused_result));

/* Set *SIGNAL to what HIT is before any step; its parts are in the maker's arena. False when memory
 * is out. */
bool vector_raw(struct vector_maker *maker, struct hit hit, struct signal *signal)
    __attribute__((warn_unused_result));

#endif
