/*
 * diff_rule: one rule of what is ignored or expected, and the kinds of what it may name.
 */
#ifndef WHORL_DIFF_RULE_H
#define WHORL_DIFF_RULE_H

#include "base/budget.h"

enum diff_kind { DIFF_ID, DIFF_GROUP, DIFF_SIGNAL, DIFF_RECORDS };
#define DIFF_KINDS 4

struct diff_rule {
    enum diff_kind kind;
    struct span name; /* without the '*' */
    bool prefix;      /* there was one */
    bool used;        /* something of that name was there */
    struct budget budget;
    struct span text; /* as written */
};

#endif
