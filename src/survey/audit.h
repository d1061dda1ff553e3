/*
 * audit: the report of a survey on a catalog: how its identities and signals do, and what it
 * leaves out.
 *
 * A row for each identity, then for each signal, then for each path of the records that no
 * pointer of the catalog leads to. whorl-survey(1) has the meaning of each column and of each
 * finding.
 */
#ifndef WHORL_SURVEY_AUDIT_H
#define WHORL_SURVEY_AUDIT_H

#include "format/report_out.h"
#include "survey/rows.h"

struct catalog;

struct audit {
    const struct catalog *catalog;
    const struct survey *signals; /* begun by signals_begin() */
    const struct survey *records;
    const struct rows *rows; /* of the records */
};

/* Write it as text, as report_put_text() does, or as NDJSON. False when memory is out. */
bool audit_put_text(const struct report_out *out, const struct audit *audit, bool columns,
                    bool colour) __attribute__((warn_unused_result));
bool audit_put_json(const struct report_out *out, const struct audit *audit)
    __attribute__((warn_unused_result));

#endif
