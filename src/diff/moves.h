/*
 * diff_moves: how identities moved: which old ones were kept, renamed, split or merged.
 *
 * Each different pair of an old and a new identity is kept, with the number of records that
 * have it. At the end the pairs are sorted twice: by the old identity, to find those that were
 * split, and by the new one, to find those that were merged. When the memory is full the pairs
 * go to files (sorter.h).
 */
#ifndef WHORL_DIFF_MOVES_H
#define WHORL_DIFF_MOVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIFF_IDENTITY 16

struct diff_move {
    unsigned char old[DIFF_IDENTITY], new[DIFF_IDENTITY];
    uint32_t identity; /* which identity it is: any number */
    bool split;        /* the old one moved to other new ones too */
    uint64_t records;
};

enum diff_moved_class {
    DIFF_KEPT,    /* one old, one new, the same */
    DIFF_RENAMED, /* one old, one new, not the same */
    DIFF_SPLIT,   /* one old, several new */
    DIFF_MERGED,  /* several old, one new */
};
#define DIFF_CLASSES  4
#define DIFF_EXAMPLES 3

/* The counts of one identity. A pair whose old one is split and whose new one is merged is in
 * both classes. */
struct diff_moved {
    struct {
        uint64_t old, new, records;
        struct diff_move examples[DIFF_EXAMPLES]; /* the smallest, by old, then by new */
        uint32_t example_count;
    } classes[DIFF_CLASSES];
};

struct diff_moves;

/* Moves in at most MEMORY bytes, and beyond that in files in DIRECTORY, which must live as
 * long. Null when memory is out. */
struct diff_moves *diff_moves_new(size_t memory, const char *directory, uint64_t seed)
    __attribute__((warn_unused_result));
void diff_moves_free(struct diff_moves *moves);

/* A record moved from OLD to NEW in IDENTITY. 0, or errno. */
int diff_moves_add(struct diff_moves *moves, uint32_t identity, const unsigned char *old,
                   const unsigned char *new) __attribute__((warn_unused_result));

/* Remove all moves. */
void diff_moves_clear(struct diff_moves *moves);

/* Count the moves of each identity in MOVED[identity], all zeros before. Nothing can be added
 * after it. 0, or errno. */
int diff_moves_finish(struct diff_moves *moves, struct diff_moved *moved)
    __attribute__((warn_unused_result));

#endif
