/*
 * diff_rules: which differences are ignored or expected.
 *
 * A rule names a signal, or with id:, group: or records: in front an identity, a group, or
 * records that only one side has (records:only-old, records:only-new). signal: in front is for
 * signals whose name begins with one of these. A '*' at the end stands for any text.
 */
#ifndef WHORL_DIFF_RULES_H
#define WHORL_DIFF_RULES_H

#include "base/buf.h"
#include "diff/rule_index.h"

/* "id", "group", "signal", "records"; constant. */
const char *diff_kind_name(enum diff_kind kind);

/* Without rules all is 0 but the quota, which may be null. */
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

/* Add what the lines of TEXT, which must live as long, say: NAME, a tab and a budget in each,
 * N or P%; without them any number. Empty lines and lines that begin with '#' say nothing.
 * Null, or what is wrong in *LINE at *COLUMN, 0 if it is not about one line. */
const char *diff_rules_read(struct diff_rules *rules, struct span text, uint64_t *line,
                            uint64_t *column) __attribute__((warn_unused_result));
void diff_rules_free(struct diff_rules *rules);

/* Is there a rule for NAME of KIND? O(log n) comparisons, here and below. */
bool diff_rules_find(const struct diff_rules *rules, enum diff_kind kind, struct span name);

/* There is something with NAME, of KIND: all rules for it are used. */
void diff_rules_use(struct diff_rules *rules, enum diff_kind kind, struct span name);

/* Does a rule allow that COUNT of ALL records differ in NAME of KIND? */
bool diff_rules_allow(const struct diff_rules *rules, enum diff_kind kind, struct span name,
                      uint64_t count, uint64_t all);

#endif
