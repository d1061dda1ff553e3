/*
 * extract: where a record has the signals of a catalog.
 *
 * The record is walked once along the catalog's trie. Following a pointer, at object o with
 * next token t: if o is an error marker, the signal is an error; else if o lacks t, it is
 * undefined if t is the name given by @value, otherwise missing. A scalar on the way:
 * missing. A final value that is a marker: error. The root is never a marker. Of a row's
 * pointers the first that finds anything counts.
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
    const struct hit *hits;     /* one a row of the catalog */
    const struct hit *pointers; /* one a pointer: what each finds, also behind the first */
    size_t root;                /* the number of the root; catalog->root_count for none */
    uint32_t found;             /* rows that are not missing */
    uint32_t uncataloged;      /* members of the objects on the way that no pointer leads to */
    uint32_t excludes;          /* bit i: the record has the value of catalog->excludes[i] */
};

/* Find the signals of CATALOG in the record JSON; all parts in ARENA. A record without a root
 * has no signal at all. False when memory is out. */
bool extract_signals(struct extract *extract, const struct catalog *catalog,
                     const struct json *json, struct arena *arena)
    __attribute__((warn_unused_result));

/* The class of the error marker NODE (rule of whorl-catalog(5)): if its first marker member
 * is an object, that object's string member "name", else "message"; of that text the longest
 * prefix [A-Za-z_][A-Za-z0-9_]* if it is at most 64 bytes and followed by ':' or the end;
 * else, and for any other marker, nothing. A string is taken as that text itself. */
struct span extract_class(const struct catalog *catalog, const struct json *json, uint32_t node,
                          struct arena *arena);

/* The same of the value ERROR of a marker's first member. */
struct span extract_class_of(const struct json *json, uint32_t error, struct arena *arena);

/* Is the object NODE an error marker? */
bool extract_is_marker(const struct catalog *catalog, const struct json *json, uint32_t node,
                       struct arena *arena);

/* What the pointers that end at the trie's node AT, not the root, or below it find where the
 * value there is the node NODE of JSON: HITS, which has one a pointer, is set for those.
 * *UNCATALOGED as in struct extract, of this value. False when memory is out. */
bool extract_value(const struct catalog *catalog, uint32_t at, const struct json *json,
                   uint32_t node, struct hit *hits, uint32_t *uncataloged, struct arena *arena)
    __attribute__((warn_unused_result));

/* Is HIT, which the pointer of catalog->excludes[I] has found in JSON, the value that it asks
 * for? That says *EQUAL. False when memory is out. */
bool extract_exclude(const struct catalog *catalog, uint32_t i, const struct json *json,
                     struct hit hit, bool *equal, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
