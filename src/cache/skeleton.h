/*
 * skeleton: what records have in common that differ only in the values of their leaves
 * (path.h): which leaves there are, in which order, and how long the gap before each is.
 * Templates (template.h) share it.
 *
 * A *gap* is what lies between two leaves, before the first one or after the last one: gap
 * number i is before leaf number i, and the last one, number leaf_count, is after all leaves.
 *
 * All of it follows from the paths of the leaves. If an object is open before a leaf, and was
 * not open before the leaf before it, the gap between the two opens it. The leaves of an object
 * follow one another, because no name occurs twice.
 */
#ifndef WHORL_CACHE_SKELETON_H
#define WHORL_CACHE_SKELETON_H

#include "cache/cells.h"

struct cut;
struct paths;

#define SKELETON_LEAVES ((1u << 30) - 1) /* a record has fewer than it has bytes */

struct skeleton_leaf {
    uint32_t path;
    uint32_t gap; /* bytes of the gap before it */
};

/* What there is at a path: a leaf, or an object that the gap before a leaf opens. */
struct skeleton_entry {
    uint32_t leaf : 30;
    uint32_t is_leaf : 1;
    uint32_t is_object : 1;
};

/* An object that decides more than the results of its own members: see PATH_GUARD. */
struct skeleton_guard {
    uint32_t object;   /* its path */
    uint32_t from, to; /* its leaves */
    enum skeleton_guarding {
        SKELETON_GUARDS_MEMBERS,  /* it must be as it is, or be missing */
        SKELETON_GUARDS_PRESENCE, /* and it must be there: signals are undefined for it */
        SKELETON_GUARDS_ROOT,     /* it must be there: else another root is taken */
    } guarding;
};

struct skeleton {
    struct skeleton_leaf *leaves;
    uint32_t leaf_count;
    uint32_t object_count; /* the record itself among them */
    uint32_t record;       /* the path of the record itself */
    uint16_t *names;       /* for each leaf, how many are in the gap before it */
    struct skeleton_entry *entries; /* by path; of an object, by the plain one */
    uint32_t entry_count;
    struct skeleton_guard *guards;
    uint32_t guard_count;
    uint32_t *passthrough; /* leaves with PATH_PASSTHROUGH, in order */
    uint32_t passthrough_count;
    uint32_t uncataloged[CELLS_TARGETS]; /* of names outside of leaves */
    uint32_t users;                      /* how many templates have it */
    uint32_t number;                     /* among all skeletons; set by templates.c */
};

/* Make the skeleton of CUT, with no users, in ARENA. False when memory is out. */
bool skeleton_make(struct skeleton *skeleton, const struct paths *paths, const struct cut *cut,
                   struct arena *arena) __attribute__((warn_unused_result));

/* The bytes that a skeleton with its parts takes, and a copy of it in so much memory. */
size_t skeleton_size(const struct skeleton *skeleton);
struct skeleton *skeleton_copy(void *memory, const struct skeleton *skeleton);

/* Does CUT have the leaves of SKELETON, with gaps of the same length before them? */
bool skeleton_fits(const struct skeleton *skeleton, const struct cut *cut);

/* What there is at PATH. */
static inline struct skeleton_entry skeleton_at(const struct skeleton *skeleton, uint32_t path)
{
    return path < skeleton->entry_count ? skeleton->entries[path]
                                        : (struct skeleton_entry){0, 0, 0};
}

#endif
