/*
 * diff_groups: the features that differ, in the order of a report, and which of them go
 * together.
 */
#ifndef WHORL_DIFF_GROUPS_H
#define WHORL_DIFF_GROUPS_H

#include "diff/features.h"

struct diff;

/* A feature that differs. */
struct diff_group_item {
    const struct diff_feature *feature;
    uint32_t first; /* the item that its group begins with */
    bool expected;
};

/* The items of a group, signals that differ in the same records in the same way, stand one
 * behind the other, by name. Groups of one kind stand by how many records differ, the most
 * first, then by name; identities come before groups of signals before signals. */
struct diff_groups {
    struct diff_group_item *items;
    uint32_t count, room;
};

/* Make the groups of DIFF, counted against its quota. False when memory is out;
 * diff_groups_free() must follow in either case. */
bool diff_groups_make(struct diff_groups *groups, const struct diff *diff)
    __attribute__((warn_unused_result));

/* Instead, those that one catalog has and the other does not: old ones first, of these
 * identities before groups before signals, by name; each a group of its own. */
bool diff_groups_make_only(struct diff_groups *groups, const struct diff *diff)
    __attribute__((warn_unused_result));

/* Instead, the identities that both sides have: those of any catalog in their order, then
 * others by name; each a group of its own. */
bool diff_groups_make_moved(struct diff_groups *groups, const struct diff *diff)
    __attribute__((warn_unused_result));
void diff_groups_free(struct diff_groups *groups, struct quota *quota);

/* The end of the group that begins with item FROM. */
uint32_t diff_groups_end(const struct diff_groups *groups, uint32_t from);

#endif
