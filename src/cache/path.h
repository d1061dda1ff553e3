/*
 * path: the paths of members in records, numbered, and what the catalogs want of each.
 *
 * The record itself has a path too. Its number says which root each catalog takes; the number
 * of an object on the way of a pointer says for which catalogs it is an error marker. Both
 * decide what the members below mean. So if one path means two things in two records, it has
 * two numbers.
 *
 * A *leaf* is a value that is read as one piece: one where a pointer ends, the first member of
 * an error marker, and each value that is not an object with members.
 */
#ifndef WHORL_CACHE_PATH_H
#define WHORL_CACHE_PATH_H

#include "base/span.h"
#include "cache/cells.h"

struct pointer;

#define PATHS_NAMES  32 /* bytes of names that there is room for, for each path; */
#define PATHS_CELLS  4  /* cells, for each path */
#define PATHS_RECORD 8  /* numbers for the record itself */
#define PATH_NONE    UINT32_MAX

/* Where a path is in a catalog. */
enum path_kind {
    PATH_OFF,     /* the catalog wants nothing of it */
    PATH_ABOVE,   /* on the way to the root: `node` tokens of its pointer are matched */
    PATH_POINTED, /* at the node `node` of the trie */
    PATH_CLASS,   /* the first member of the error marker at the node `node` */
};
struct path_meaning {
    enum path_kind kind;
    uint32_t node;
    uint32_t reshape; /* its node of the catalog's reshape_trie, or TRIE_NONE */
};

enum path_flags {
    PATH_LEAF = 1,        /* its value is a leaf even if it is a non-empty object */
    PATH_SIGNAL = 2,      /* a pointer ends in or below it: it has cells */
    PATH_PASSTHROUGH = 4, /* an id or a carried member is in it */
    PATH_ROOT = 8,        /* it is on the way to a root of a catalog, or is one */
    PATH_GUARD = 16,      /* whether its object has it decides what other members mean */
    PATH_DECIDES = 32,    /* an object: whether it has a member @value decides */
    PATH_INNER = 64       /* it has a cell that counts what is in it */
};

struct path {
    uint64_t hash;       /* hash_seeded() of its name */
    struct span name;    /* unescaped */
    uint32_t parent;     /* PATH_NONE for the record itself */
    uint32_t plain;      /* the same path where it is not an error marker; maybe itself */
    uint32_t cells;      /* where its cells begin in paths.cells, */
    uint32_t cell_count; /* and how many they are */
    uint16_t depth;      /* arrays and objects open around its value */
    uint8_t flags;       /* a set of enum path_flags */
    uint8_t marker;      /* bit i: it is an error marker for target number i */
    uint8_t counts; /* bit i: no pointer of target number i leads to it, but to others in */
                    /* its object: it is counted as uncataloged */
    uint8_t valued; /* bit i: its name is what @value of target number i gives */
};

struct paths {
    const struct cells_layout *layout;
    uint64_t seed;
    struct path *items;
    struct path_meaning *at; /* of each path, one for each target */
    uint32_t count;
    uint32_t most;   /* paths that there is room for */
    uint32_t *table; /* numbers + 1 by hash, 0 for none: twice as many as paths */
    unsigned char *names;
    uint32_t names_used;
    uint32_t *cells;
    uint32_t cells_used;
    size_t roots[PATHS_RECORD][CELLS_TARGETS]; /* of the paths of the record itself */
    uint32_t records[PATHS_RECORD];
    uint32_t record_count;
    bool full; /* something did not fit: paths_forget() is due */
};

/* The bytes that MOST paths take. */
size_t paths_size(const struct cells_layout *layout, uint32_t most);

/* Begin with no path, in paths_size() bytes at MEMORY, aligned for any type; SEED is that of
 * members_check(). MOST is from 1 to 2^24. */
void paths_init(struct paths *paths, const struct cells_layout *layout, void *memory,
                uint32_t most, uint64_t seed);

/* Forget all paths. Numbers given before are not valid any more. */
void paths_forget(struct paths *paths);

/* The path of the record itself; ROOTS has the number of the root taken for each target.
 * PATH_NONE if there is no room. */
uint32_t paths_record(struct paths *paths, const size_t *roots);

/* The number of the root taken for each target in records whose path is RECORD. */
const size_t *paths_roots(const struct paths *paths, uint32_t record);

/* The path of the member NAME, of hash_seeded() HASH, in the object PARENT, where it is no
 * error marker. PATH_NONE if there is no room. */
uint32_t paths_child(struct paths *paths, uint32_t parent, struct span name, uint64_t hash);

/* The same path as PLAIN where it is an error marker; MARKER as in struct path, not 0.
 * PATH_NONE if there is no room. */
uint32_t paths_marker(struct paths *paths, uint32_t plain, unsigned marker);

/* Is PATH equal to the first tokens of POINTER, as many as it is long? */
bool paths_on(const struct paths *paths, uint32_t path, const struct pointer *pointer);

/* What PATH means for each target. */
static inline const struct path_meaning *paths_meaning(const struct paths *paths, uint32_t path)
{
    return paths->at + (size_t)path * paths->layout->target_count;
}

/* What follows is path_meaning.c, and for path.c: to find what the catalogs want of a new
 * path, which has the number that comes next, its name, its parent and its marker. The first
 * is for the record itself. False if there is no more room for cells. */
void path_meaning_of_record(struct paths *paths, struct path *record, const size_t *roots);
bool path_meaning_of_member(struct paths *paths, struct path *path)
    __attribute__((warn_unused_result));

#endif
