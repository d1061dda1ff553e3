/*
 * comparison: compares two files as --diff does, with both reports.
 */
#ifndef WHORL_TESTS_COMPARISON_H
#define WHORL_TESTS_COMPARISON_H

#include <stdio.h>

#include "diff/diff.h"
#include "diff/json.h"
#include "diff/text.h"
#include "format/ndjson_read.h"
#include "json/validate.h"
#include "unit.h"

struct comparison {
    const struct catalog *catalog;
    const struct pointer *by;    /* /carry/n, or null */
    const char *ignore, *expect; /* names with commas between; null for no --expect */
    const struct catalog_pair *maps;
    size_t map_count;
    bool reveal;
    size_t memory;
    const char *directory;
    /* The result: */
    unsigned told;      /* messages */
    char what[200];     /* the last one */
    uint64_t looked_at; /* hashes that were compared */
};

static void comparison_tell(void *context, const char *path, bool binary, uint64_t line,
                            uint64_t column, const char *what)
{
    struct comparison *c = context;

    (void)path, (void)binary, (void)line, (void)column;
    c->told++;
    snprintf(c->what, sizeof c->what, "%s", what);
}

/* Run TASK, and append its reports to OUT. */
static bool comparison_of(struct comparison *c, const struct diff_task *task, struct buf *out)
{
    struct diff diff;
    bool made = diff_run(&diff, task);

    CHECK(made || c->told > 0);
    if (made) {
        buf_puts(out, diff.report.differs ? "differ\n" : "same\n");
        diff_text_put(&(struct report_out){out, NULL}, &diff.report, false, false);
        diff_text_put(&(struct report_out){out, NULL}, &diff.report, true, true);
        diff_json_put(&(struct report_out){out, NULL}, &diff.report);
        c->looked_at = diff.tally.looked_at;
    }
    diff_free(&diff);
    return made && !c->told && !out->failed;
}

/* Compare the files PATHS, two or, with c->by or a map, one, and append both reports to OUT.
 * False if a fault was reported, or memory ran out. */
static bool comparison_run(struct comparison *c, const char *const *paths, unsigned count,
                           struct buf *out)
{
    struct diff_rules ignore = {.count = 0}, expect = {.count = 0};
    struct diff_memory memory;
    struct ndjson_read_plan plan = {.catalogs = &c->catalog,
                                    .catalog_count = 1,
                                    .by = c->by,
                                    .limits = {64, SIZE_MAX, LIMITS_LENGTH_MAX},
                                    .seed = 7};
    struct diff_task task = {.paths = paths,
                             .path_count = count,
                             .plan = &plan,
                             .by = span_text(c->by ? "n" : ""),
                             .maps = c->maps,
                             .map_count = c->map_count,
                             .ignore = &ignore,
                             .expect = c->expect ? &expect : NULL,
                             .reveal = c->reveal,
                             .memory = &memory,
                             .directory = c->directory,
                             .tell = comparison_tell,
                             .context = c};

    c->told = 0;
    /* The limit is for what goes to files alone: what must stay in memory has no limit. */
    diff_memory_share(&memory, c->memory);
    memory.kept.most = SIZE_MAX;
    bool made = diff_rules_add_list(&ignore, span_text(c->ignore ? c->ignore : "")) &&
                diff_rules_add_list(&expect, span_text(c->expect ? c->expect : ""));
    if (made)
        made = comparison_of(c, &task, out);
    else
        c->told++;
    diff_rules_free(&ignore);
    diff_rules_free(&expect);
    return made;
}

/* Write BYTES to PATH. */
__attribute__((unused)) static void comparison_write(const char *path, struct span bytes)
{
    FILE *file = fopen(path, "wb");

    CHECK(file && fwrite(bytes.p, 1, bytes.n, file) == bytes.n);
    if (file)
        fclose(file);
}

#endif
