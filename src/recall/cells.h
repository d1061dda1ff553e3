/*
 * cells: where the results of a record stand: what each pointer of each catalogue comes to.
 *
 * A target is a catalogue in use. Its cells follow one another: one a row, in order, for the
 * row's first pointer; then one for each further pointer of rows, and for each pointer of an
 * @exclude; then, if members are counted, one for each node of the trie that has nodes below
 * it. So where each row has one pointer, the cells are the vector.
 */
#ifndef WHORL_RECALL_CELLS_H
#define WHORL_RECALL_CELLS_H

#include "record/extract.h"
#include "record/reading.h"

#define CELLS_TARGETS 8 /* catalogues at once */
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
    uint32_t first;                   /* its first cell */
    const struct cells_owner *owners; /* one a pointer */
    const uint32_t *inner;            /* one a node of the trie: its cell, or CELLS_NONE */
    const uint32_t *odd;              /* rows that are not simply their cell: those with */
    uint32_t odd_count;               /* several pointers, and retired ones */
};

struct cells_layout {
    struct cells_target *targets;
    uint32_t target_count;
    uint32_t count; /* cells, of all targets */
    bool counted;   /* members that no pointer leads to are counted */
    struct arena arena;
};

/* What stands in the cells. In that of a row: state and hash as in struct vector, but a retired
 * row is missing where it would be; of an @exclude: the hash is 1 where its value is what it
 * asks for; of a node: the hash is the number of members in it that no pointer leads to. */
struct cells {
    unsigned char *states; /* enum signal_state */
    uint64_t *hashes;
};

/* Lay out the cells of COUNT targets, of which catalog and texts are set. False when memory is
 * out; cells_free() must follow in either case. */
bool cells_init(struct cells_layout *layout, const struct cells_target *targets, uint32_t count,
                bool counted) __attribute__((warn_unused_result));
void cells_free(struct cells_layout *layout);

/* Make the vector of target number I from CELLS, of which it then is a part: rows that are not
 * simply their cell are settled there. Its texts are TEXTS, one a cell. Not folded yet;
 * `uncatalogued` is that of the cells only. */
void cells_vector(const struct cells_layout *layout, uint32_t i, struct cells cells,
                  struct span *texts, struct vector *vector);

#endif
