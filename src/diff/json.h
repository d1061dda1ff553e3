/*
 * diff_json: the report on a comparison, as lines of JSON, whorl-diff(1).
 */
#ifndef WHORL_DIFF_JSON_H
#define WHORL_DIFF_JSON_H

#include "diff/out.h"

struct diff;

/* Write the report to OUT. Memory that ran out is for its buffer to say. */
void diff_json_put(const struct diff_out *out, const struct diff *diff);

#endif
