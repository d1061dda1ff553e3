/*
 * diff_rule_index: the rules that match a name, found without looking at the others.
 *
 * The names of rules are nodes, in the order of kind and bytes. All names that begin with one
 * follow it in one run, so those that a text begins with are nested: a binary search finds the
 * longest, and each knows the next shorter one. It takes O(log n) comparisons, whatever the
 * rules are. The index takes at most 136 bytes for a rule.
 */
#ifndef WHORL_DIFF_RULE_INDEX_H
#define WHORL_DIFF_RULE_INDEX_H

#include "base/quota.h"
#include "diff/rule.h"

#define DIFF_RULE_NONE UINT32_MAX

/* What some rules allow: as much as the one that allows most. */
struct diff_allowance {
    bool any;                    /* there is a rule */
    struct budget number, share; /* 0 and 0% without one */
};

struct diff_rule_node {
    enum diff_kind kind;
    struct span name;
    uint32_t from, end;          /* where in the index's order its rules are */
    uint32_t outer;              /* the longest shorter name that this one begins with */
    uint32_t jump;               /* one further out, for long ways */
    uint32_t depth;              /* how many there are outside of this one */
    struct diff_allowance exact; /* by rules for just this name; */
    struct diff_allowance
        prefix; /* by those for all that begins with it, or with an outer one */
    bool used;  /* these latter are known to be used */
};

struct diff_rule_index {
    uint32_t *order; /* numbers of rules */
    struct diff_rule_node *nodes;
    uint32_t rules, count; /* of rules, and of nodes */
};

/* Make the index of the COUNT rules at ITEMS, counted against QUOTA. False when memory is out;
 * diff_rule_index_free() must follow in either case. */
bool diff_rule_index_make(struct diff_rule_index *index, const struct diff_rule *items,
                          uint32_t count, struct quota *quota)
    __attribute__((warn_unused_result));
void diff_rule_index_free(struct diff_rule_index *index, struct quota *quota);

/* The node of KIND with the longest name that NAME begins with; DIFF_RULE_NONE if there is
 * none. */
uint32_t diff_rule_index_find(const struct diff_rule_index *index, enum diff_kind kind,
                              struct span name);

/* Something has the name NAME, for which node number FOUND was found: the rules in ITEMS that
 * match it are used. Each is noted once, however many names it matches. */
void diff_rule_index_use(struct diff_rule_index *index, struct diff_rule *items, uint32_t found,
                         struct span name);

/* Does node number FOUND, found for NAME, allow COUNT of ALL records? */
bool diff_rule_index_allows(const struct diff_rule_index *index, uint32_t found,
                            struct span name, uint64_t count, uint64_t all);

/* Is there a rule that matches NAME, for which FOUND was found? */
bool diff_rule_index_matches(const struct diff_rule_index *index, uint32_t found,
                             struct span name);

#endif
