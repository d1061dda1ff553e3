/*
 * cells: the results of a record, one for each pointer of each catalog.
 *
 * A target is a catalog in use. Its cells follow one another: one for each row, in order, which
 * are the vector; then one for each pointer of those rows that are not simply what their
 * pointer came to, and for each pointer of an @exclude; then, if members are counted, one for
 * each node of the trie that has nodes below it, and one for each line @pairs or @json. The cells
 * of the other rows are those of their pointers. So a vector is made of cells, and they stay what
 * they were.
 */
#ifndef WHORL_CACHE_CELLS_H
#define WHORL_CACHE_CELLS_H

#include <stdint.h>

#include "base/arena.h"
#include "vector/fold.h"
#include "vector/reshape.h"

struct catalog;
struct span;
struct vector;
struct vector_signal;

#define CELLS_TARGETS 8 /* catalogs at once */
#define CELLS_NONE    UINT32_MAX

/* Whose pointer it is. */
struct cells_owner {
    bool exclude;    /* an @exclude's, not a row's: */
    uint32_t number; /* in catalog->rows or catalog->excludes */
    uint32_t cell;
};

struct cells_target {
    const struct catalog *catalog;
    unsigned texts;                   /* a set of enum vector_texts: those to be kept */
    bool sketched;                    /* vectors have a sketch */
    uint32_t first;                   /* its first cell */
    const struct cells_owner *owners; /* one for each pointer */
    const uint32_t *inner;            /* of each node of the trie: its cell, or CELLS_NONE */
    uint32_t reshapes; /* the first cell of the lines @pairs and @json, or CELLS_NONE */
    const uint32_t *odd;              /* rows that are not simply the cell of their pointer: */
    uint32_t odd_count;               /* those with several pointers, and retired ones */
    struct fold_known known;          /* what is the same for each vector */
};

struct cells_layout {
    struct cells_target *targets;
    uint32_t target_count;
    uint32_t count;       /* cells, of all targets */
    uint32_t folded_words; /* of 64 bits: the groups and sketches of all targets */
    bool counted;   /* members that no pointer leads to are counted */
    struct arena arena;
};

/* What is in the cells. The state is an enum signal_state. What the number is depends on
 * whose cell it is: for a row or its pointer the hash, as in struct vector; for the pointer
 * of an @exclude 1 if its value is what the @exclude asks for, else 0; for a node of the
 * trie how many members in it no pointer leads to; for a line what cells_reshape() makes of
 * its struct reshape_counts. A retired row has the state that it would
 * have if it were not retired. */
struct cells {
    unsigned char *states;
    uint64_t *numbers;
};

static inline uint64_t cells_reshape(struct reshape_counts counts)
{
    return (uint64_t)counts.repeated << 32 | counts.skipped;
}

/* Room for one record: its cells, a text for each, and the results of one leaf. */
struct cells_room {
    struct cells cells;
    struct span *texts;
    struct vector_signal *results;
};

/* Lay out the cells of COUNT targets, of which catalog, texts and sketched are set. False when memory is
 * out; cells_free() must follow in either case. */
bool cells_init(struct cells_layout *layout, const struct cells_target *targets, uint32_t count,
                bool counted) __attribute__((warn_unused_result));
void cells_free(struct cells_layout *layout);

/* Take the memory of ROOM, cleared. False when it is out; cells_room_free() must follow in
 * either case. */
bool cells_room_init(struct cells_room *room, const struct cells_layout *layout)
    __attribute__((warn_unused_result));
void cells_room_free(struct cells_room *room);

/* Make the vector of target number I from CELLS, of which it then is a part: only there, in the
 * cells of rows that are not simply their pointer's, is anything set. Its texts are TEXTS, one
 * a cell. Not folded yet; `uncataloged` is that of the cells only. */
void cells_vector(const struct cells_layout *layout, uint32_t i, struct cells cells,
                  struct span *texts, struct vector *vector);

#endif
