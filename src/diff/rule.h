/*
 * diff_rule: one rule of what is ignored or expected, and what it can name.
 */
#ifndef WHORL_DIFF_RULE_H
#define WHORL_DIFF_RULE_H

#include "diff/expect.h"

enum diff_kind { DIFF_ID, DIFF_GROUP, DIFF_SIGNAL, DIFF_RECORDS };
#define DIFF_KINDS 4

struct diff_rule {
    enum diff_kind kind;
    struct span name; /* without the '*' */
    bool prefix;      /* there was a '*' */
    bool used;        /* it names something that was compared */
    struct diff_tolerance tolerance;
    struct span text; /* as written */
};

#endif
