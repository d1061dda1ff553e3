/*
 * diff_json: the report on a comparison, as lines of JSON, whorl-diff(1).
 */
#ifndef WHORL_DIFF_JSON_H
#define WHORL_DIFF_JSON_H

#include "diff/out.h"

struct diff;

/* Write the report to OUT. Whether memory ran out is known from its buffer. */
void diff_json_put(const struct diff_out *out, const struct diff *diff);

#endif
