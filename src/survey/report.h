/*
 * report: the report of a survey: a line or object for each row (rows.h), after what holds for all.
 *
 * Figures are integers or fixed-point decimals made of integers, so they are the same on every
 * machine. whorl-survey(1) has the meaning of each column.
 */
#ifndef WHORL_SURVEY_REPORT_H
#define WHORL_SURVEY_REPORT_H

#include "format/report_out.h"
#include "survey/rows.h"

/* Write the report as text: with COLUMNS as aligned columns, of which some are left out, for a
 * terminal; else all columns with tabs between them, after a line of their names. COLOUR: headings
 * are bold. */
void report_put_text(const struct report_out *out, const struct survey *survey,
                     const struct rows *rows, bool columns, bool colour);

/* Write the report as NDJSON: an object for the whole, then one for each row. */
void report_put_json(const struct report_out *out, const struct survey *survey,
                     const struct rows *rows);

#endif
