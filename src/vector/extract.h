/*
 * extract: where a record has the signals of a catalog.
 *
 * The record is walked once along the catalog's trie. A pointer is followed to object o, with next
 * token t. If o is an error marker, the signal is an error. Else if o lacks t, the signal is
 * undefined if @value gives the name t, and missing otherwise. If a scalar is on the way, the
 * signal is missing. If the final value is a marker, the signal is an error. The root is never a
 * marker. Of a row's pointers the first that finds anything counts.
 */
#ifndef WHORL_VECTOR_EXTRACT_H
#define WHORL_VECTOR_EXTRACT_H

#include "base/span.h"
#include "steps/signal.h"

struct arena;
struct catalog;
struct json;

/* What a pointer found. */
struct hit {
    enum signal_state state; /* SIGNAL_EXCLUDED does not occur */
    uint32_t node;           /* of a value: its node; of an error: the marker's */
};

struct extract {
    const struct hit *hits;     /* for each row of the catalog */
    const struct hit *pointers; /* for each pointer what it finds, not only for the first */
    size_t root;                /* the number of the root; catalog->root_count if there is none */
    uint32_t found;             /* rows that are not missing */
    uint32_t uncataloged;      /* members of the objects walked through that no pointer names */
    uint32_t excludes;          /* bit i: the record has the value of catalog->excludes[i] */
};

/* Find the signals of CATALOG in the record JSON; all parts in ARENA. A record without a root has
 * no signals. False when memory is out. */
bool extract_signals(struct extract *extract, const struct catalog *catalog,
                     const struct json *json, struct arena *arena)
    __attribute__((warn_unused_result));

/* The class of the error marker NODE (rule of whorl-catalog(5)): if its first marker member is an
 * object, that object's string member "name", else "message"; the class is the longest prefix
 * [A-Za-z_][A-Za-z0-9_]* of that text, if it has at most 64 bytes and ':' or the end follows. If
 * the first marker member is a string, that is the text. In all other cases the class is empty. */
struct span extract_class(const struct catalog *catalog, const struct json *json, uint32_t node,
                          struct arena *arena);

/* The same for the value ERROR of a marker's first member. */
struct span extract_class_of(const struct json *json, uint32_t error, struct arena *arena);

/* Is the object NODE an error marker? */
bool extract_is_marker(const struct catalog *catalog, const struct json *json, uint32_t node,
                       struct arena *arena);

/* Find the signals in one value: NODE of JSON is the value at the trie's node AT, which is not the
 * root. HITS has an entry for each pointer; those of pointers that end at or below AT are set.
 * *UNCATALOGED is as in struct extract, for this value. False when memory is out. */
bool extract_value(const struct catalog *catalog, uint32_t at, const struct json *json,
                   uint32_t node, struct hit *hits, uint32_t *uncataloged, struct arena *arena)
    __attribute__((warn_unused_result));

/* Set *EQUAL: is HIT, which the pointer of catalog->excludes[I] found in JSON, the value that the
 * exclude asks for? False when memory is out. */
bool extract_exclude(const struct catalog *catalog, uint32_t i, const struct json *json,
                     struct hit hit, bool *equal, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
