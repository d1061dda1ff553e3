/*
 * diff_rules: which differences are ignored or expected.
 *
 * A rule names a signal; or, after id:, group: or records:, an identity, a group, or the
 * records that only one side has (records:only-old, records:only-new). signal: is for signals
 * whose name begins with one of these. A '*' at the end means any text.
 */
#ifndef WHORL_DIFF_RULES_H
#define WHORL_DIFF_RULES_H

#include "base/buf.h"
#include "diff/rule_index.h"

/* "id", "group", "signal", "records"; constant. */
const char *diff_kind_name(enum diff_kind kind);

/* Without rules all members are 0, except the quota, which may be null. */
struct diff_rules {
    struct diff_rule *items;
    uint32_t count, room;
    struct diff_rule_index index;
    struct quota *quota;
};

/* Add the rule TEXT, which must live as long: it allows TOLERANCE. After the last one,
 * diff_rules_index() must follow. False when memory is out, as below. */
bool diff_rules_add(struct diff_rules *rules, struct span text, struct diff_tolerance tolerance)
    __attribute__((warn_unused_result));

/* Make the index of all rules, which the functions below use. */
bool diff_rules_index(struct diff_rules *rules) __attribute__((warn_unused_result));

/* Both, for the names in LIST, separated by commas: each rule allows any number. */
bool diff_rules_add_list(struct diff_rules *rules, struct span list)
    __attribute__((warn_unused_result));
void diff_rules_free(struct diff_rules *rules);

/* Is there a rule for NAME of KIND? O(log n) comparisons, here and below. */
bool diff_rules_find(const struct diff_rules *rules, enum diff_kind kind, struct span name);

/* Something of KIND has NAME: mark all rules for it as used. */
void diff_rules_use(struct diff_rules *rules, enum diff_kind kind, struct span name);

/* Does a rule allow that COUNT of ALL records differ in NAME of KIND? */
bool diff_rules_allow(const struct diff_rules *rules, enum diff_kind kind, struct span name,
                      uint64_t count, uint64_t all);

#endif
