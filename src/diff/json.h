/*
 * diff_json: the report on a comparison, as lines of JSON, whorl-diff(1).
 */
#ifndef WHORL_DIFF_JSON_H
#define WHORL_DIFF_JSON_H

#include "diff/diff.h"

/* Append the report. Memory that ran out is for OUT to say. */
void diff_json_put(struct buf *out, const struct diff *diff);

#endif
