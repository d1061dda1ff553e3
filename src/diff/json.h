/*
 * diff_json: the report on a comparison as lines of JSON, whorl-diff(1).
 */
#ifndef WHORL_DIFF_JSON_H
#define WHORL_DIFF_JSON_H

#include "format/report_out.h"

struct diff_report;

/* Write REPORT to OUT. Whether memory ran out is known from its buffer. */
void diff_json_put(const struct report_out *out, const struct diff_report *report);

#endif
