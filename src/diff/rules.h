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
#include "base/fault.h"
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

/* Add the names in LIST, separated by commas, which must live as long. False when memory is
 * out. */
bool diff_rules_add_list(struct diff_rules *rules, struct span list)
    __attribute__((warn_unused_result));

/* Add the rules of TEXT, which must live as long: in each line NAME, a tab and a tolerance, N or
 * P%; NAME alone allows any number. Empty lines and lines that begin with '#' are skipped.
 * FAULT_NONE, what is wrong with TEXT, or quota_fault(). */
struct fault diff_rules_read(struct diff_rules *rules, struct span text)
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
