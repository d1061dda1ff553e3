/*
 * diff_text: the report on a comparison as text, whorl-diff(1).
 */
#ifndef WHORL_DIFF_TEXT_H
#define WHORL_DIFF_TEXT_H

#include "format/report_out.h"

struct diff_report;

/* Write REPORT to OUT: with TERMINAL in columns and with bars, and with COLOUR in colours;
 * else as lines of cells with tabs between them. Whether memory ran out is known from the
 * buffer. */
void diff_text_put(const struct report_out *out, const struct diff_report *report,
                   bool terminal, bool colour);

#endif
