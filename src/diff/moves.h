/*
 * diff_moves: how identities moved: what became of each old one, and where each new one is
 * from.
 *
 * Of all records with an old and a new identity the different pairs are kept, with how many
 * records each has. In the end they are sorted and looked at twice: by the old identity, to see
 * which went to more than one, and by the new one, to see which came from more than one. Beyond
 * the memory that is allowed they are in files (sorter.h).
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
    bool split;    /* the old one went to others too */
    uint64_t records;
};

enum diff_moved_class {
    DIFF_KEPT,    /* one old, one new, the same */
    DIFF_RENAMED, /* one old, one new, another one */
    DIFF_SPLIT,   /* one old, several new */
    DIFF_MERGED,  /* several old, one new */
};
#define DIFF_CLASSES  4
#define DIFF_EXAMPLES 3

/* A pair of a split and a merged identity is in both classes. */
struct diff_moved {
    struct {
        uint64_t old, new, records;
        struct diff_move examples[DIFF_EXAMPLES]; /* the smallest, by old, then by new */
        uint32_t example_count;
    } classes[DIFF_CLASSES];
};

struct diff_moves;

/* At most MEMORY bytes; beyond that files in DIRECTORY, which must live as long. Null when
 * memory is out. */
struct diff_moves *diff_moves_new(size_t memory, const char *directory, uint64_t seed)
    __attribute__((warn_unused_result));
void diff_moves_free(struct diff_moves *moves);

/* A record moved from OLD to NEW in IDENTITY. 0, or errno. */
int diff_moves_add(struct diff_moves *moves, uint32_t identity, const unsigned char *old,
                   const unsigned char *new) __attribute__((warn_unused_result));

/* Forget all. */
void diff_moves_clear(struct diff_moves *moves);

/* The end: count the moves of each identity into MOVED[identity], which is all zeros before.
 * Nothing can be added after it. 0, or errno. */
int diff_moves_finish(struct diff_moves *moves, struct diff_moved *moved)
    __attribute__((warn_unused_result));

#endif
