/*
 * arena: memory that is taken piece by piece and given back all at once.
 *
 * A worker has one, and resets it before each record, so a record costs no
 * allocation once the arena has grown to what records need. Pieces never move.
 */
#ifndef WHORL_BASE_ARENA_H
#define WHORL_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_block;
struct quota;

struct arena {
    struct arena_block *first; /* all blocks, in the order they were made */
    struct arena_block *now;   /* the one that pieces are taken from */
    size_t used;               /* bytes taken from it */
    bool failed;               /* memory ran out since the last reset */
    bool small;                /* blocks begin small */
    struct quota *quota;       /* that blocks are counted against; may be null */
};

/* An arena that owns no memory yet; its first block has 256 KiB. */
#define ARENA_EMPTY ((struct arena){.first = NULL})

/* One for things that may stay few: its first block has 1 KiB. It is counted against QUOTA. */
#define ARENA_COUNTED(the_quota) ((struct arena){.small = true, .quota = (the_quota)})

/* SIZE bytes, aligned for any type, not cleared; valid until the next arena_reset() or an
 * arena_back() to an earlier mark. Null when memory is out or the quota reached: that is
 * remembered in `failed`, for callers that go on without, and ask once. */
void *arena_take(struct arena *a, size_t size) __attribute__((warn_unused_result));

/* COUNT elements of SIZE bytes, as arena_take(); null too if the product overflows. */
void *arena_take_array(struct arena *a, size_t count, size_t size)
    __attribute__((warn_unused_result));

/* Give back what lies beyond the first USED bytes of PIECE, which must be the last piece
 * taken: for text whose length is known only once it is written. */
void arena_trim(struct arena *a, void *piece, size_t used);

/* A point to go back to: everything taken after arena_mark() is given back by arena_back(). */
struct arena_mark {
    struct arena_block *now;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_back(struct arena *a, struct arena_mark mark);

/* Give back every piece; the memory stays with the arena. If it is in several blocks, the
 * next arena_take() may find them again, so growth happens once. */
void arena_reset(struct arena *a);

/* Give all memory back to the system. The arena is then as it was at first. */
void arena_free(struct arena *a);

#endif
