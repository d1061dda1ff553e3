/*
 * diff_json: the report on a comparison, as lines of JSON, whorl-diff(1).
 */
#ifndef WHORL_RUN_DIFF_JSON_H
#define WHORL_RUN_DIFF_JSON_H

#include "run/diff.h"

/* Append the report. Memory that ran out is for OUT to say. */
void diff_json_put(struct buf *out, const struct diff *diff);

#endif
