/*
 * place: a member of a record by its path, and what the catalogs want of it. Places are
 * numbered, so that what is remembered of a member is remembered by its number.
 *
 * The record itself is a place. Its number tells which of its roots each catalog takes, and
 * that of an object on the way of a pointer tells for which catalogs it is an error marker,
 * since on both hangs what the members below mean: two records in which one path means two
 * things have two places for it.
 *
 * A *leaf* is the value of a place that is read as one piece: where a pointer ends, the first
 * member of an error marker, and any value that is not a non-empty object.
 */
#ifndef WHORL_CACHE_PLACE_H
#define WHORL_CACHE_PLACE_H

#include "cache/cells.h"

#define PLACES_NAMES  32 /* bytes of names there is room for, a place, */
#define PLACES_CELLS  4  /* and cells */
#define PLACES_RECORD 8  /* numbers for the record itself */
#define PLACE_NONE    UINT32_MAX

enum place_flags {
    PLACE_LEAF = 1,        /* its value is a leaf even if it is a non-empty object */
    PLACE_SIGNAL = 2,      /* a pointer ends in or below it: it has cells */
    PLACE_PASSTHROUGH = 4, /* an id or a carried member is in it */
    PLACE_ROOT = 8,        /* it is on the way to a root of a catalog, or is one */
    PLACE_GUARD = 16,      /* whether its object has it decides what other members mean */
    PLACE_DECIDES = 32,    /* an object: whether it has a member @value decides */
    PLACE_INNER = 64       /* it has a cell that counts what is in it */
};

/* Where a place is for a catalog. */
enum place_kind {
    PLACE_OFF,     /* nothing of the catalog is there */
    PLACE_ABOVE,   /* on the way to the root: `node` tokens of its pointer are matched */
    PLACE_POINTED, /* at the node `node` of the trie */
    PLACE_CLASS,   /* the first member of the error marker at the node `node` */
};
struct place_at {
    enum place_kind kind;
    uint32_t node;
};

struct place {
    uint64_t hash;       /* hash_seeded() of its name */
    struct span name;    /* unescaped */
    uint32_t parent;     /* PLACE_NONE for the record itself */
    uint32_t plain;      /* the place of the same path that is no error marker, maybe itself */
    uint32_t cells;      /* where its cells begin in places.cells, */
    uint32_t cell_count; /* and how many they are */
    uint16_t depth;      /* arrays and objects open around its value */
    uint8_t flags;       /* a set of enum place_flags */
    uint8_t marker;      /* bit i: it is an error marker for target number i */
    uint8_t counts; /* bit i: no pointer of target number i leads to it, but to others in */
                    /* its object: it is counted as uncataloged */
    uint8_t valued; /* bit i: its name is what @value of target number i gives */
};

struct places {
    const struct cells_layout *layout;
    uint64_t seed;
    struct place *items;
    struct place_at *at; /* for each place one a target */
    uint32_t count;
    uint32_t most;   /* places that there is room for */
    uint32_t *table; /* numbers + 1 by hash, 0 for none: twice as many as places */
    unsigned char *names;
    uint32_t names_used;
    uint32_t *cells;
    uint32_t cells_used;
    size_t roots[PLACES_RECORD][CELLS_TARGETS]; /* of the places of the record itself */
    uint32_t records[PLACES_RECORD];
    uint32_t record_count;
    bool full; /* something did not fit: places_forget() is due */
};

/* The bytes that MOST places take. */
size_t places_size(const struct cells_layout *layout, uint32_t most);

/* Begin with no place, in places_size() bytes at MEMORY, aligned for any type; SEED is that of
 * members_check(). MOST is from 1 to 2^24. */
void places_init(struct places *places, const struct cells_layout *layout, void *memory,
                 uint32_t most, uint64_t seed);

/* Forget all places: numbers given before mean nothing any more. */
void places_forget(struct places *places);

/* The place of the record itself, ROOTS being the number of the root taken for each target.
 * PLACE_NONE if it is full. */
uint32_t places_record(struct places *places, const size_t *roots);

/* The place of the member NAME, of hash_seeded() HASH, in the object PARENT, where it is no
 * error marker. PLACE_NONE if it is full. */
uint32_t places_child(struct places *places, uint32_t parent, struct span name, uint64_t hash);

/* The place of the same path as PLAIN, where it is an error marker: MARKER as in struct place,
 * not 0. PLACE_NONE if it is full. */
uint32_t places_marker(struct places *places, uint32_t plain, unsigned marker);

/* Does the path of PLACE equal the first tokens of POINTER? As many as it is long. */
bool places_on(const struct places *places, uint32_t place, const struct pointer *pointer);

static inline const struct place_at *places_at(const struct places *places, uint32_t place)
{
    return places->at + (size_t)place * places->layout->target_count;
}

#endif
