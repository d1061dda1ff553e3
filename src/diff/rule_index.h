/*
 * diff_rule_index: the rules that match a name, found without looking at the others.
 *
 * The names of rules are nodes, in the order of kind and bytes. All names that begin with a
 * name follow it directly, so the names that are prefixes of a text are nested: a binary
 * search finds the longest one, and each node has the next shorter one. That takes O(log n)
 * comparisons, whatever the rules. The index takes at most 136 bytes for a rule.
 */
#ifndef WHORL_DIFF_RULE_INDEX_H
#define WHORL_DIFF_RULE_INDEX_H

#include "base/quota.h"
#include "diff/rule.h"

#define DIFF_RULE_NONE UINT32_MAX

/* What several rules allow together: as much as the one that allows most. */
struct diff_allowance {
    bool any;                    /* there is a rule */
    struct diff_tolerance number, share; /* 0 and 0% without one */
};

struct diff_rule_node {
    enum diff_kind kind;
    struct span name;
    uint32_t from, end;          /* its rules, in the order of the index */
    uint32_t outer;              /* the longest shorter name that this one begins with */
    uint32_t jump;               /* an outer node further away, for long searches */
    uint32_t depth;              /* how many outer nodes there are */
    struct diff_allowance exact; /* by rules for just this name */
    struct diff_allowance prefix; /* by rules with '*' for this name or for an outer one */
    bool used;                   /* the rules with '*' are known to be used */
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

/* Mark the rules in ITEMS that match NAME, for which node number FOUND was found, as used. O(1)
 * amortized: each rule is marked once, however many names it matches. */
void diff_rule_index_use(struct diff_rule_index *index, struct diff_rule *items, uint32_t found,
                         struct span name);

/* Does node number FOUND, found for NAME, allow COUNT of ALL records? */
bool diff_rule_index_allows(const struct diff_rule_index *index, uint32_t found,
                            struct span name, uint64_t count, uint64_t all);

/* Is there a rule that matches NAME, for which FOUND was found? */
bool diff_rule_index_matches(const struct diff_rule_index *index, uint32_t found,
                             struct span name);

#endif
