#include "config.h"

#include "cmd/compare.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/quota.h"
#include "cmd/outputs.h"
#include "diff/diff.h"
#include "diff/expect.h"
#include "diff/json.h"
#include "diff/text.h"
#include "format/ndjson_read.h"
#include "json/pointer.h"
#include "json/value.h"
#include "stream/atomic_file.h"
#include "stream/codec.h"
#include "stream/source.h"

#define EXPECT_MOST ((size_t)1 << 26)

struct compare {
    const struct options *options;
    struct diag *diag;
    struct arena arena;
    struct pointer by;
    struct ndjson_read_plan plan;
    struct diff_memory memory;
    struct diff_rules ignore, expect;
    struct buf expect_text;
    struct diff_task task;
    struct atomic_file output;
};

/* Memory is out, or what --memory allows of it. */
static bool no_memory(struct compare *c)
{
    diag_trouble(c->diag, NULL, "%s", fault_text(quota_fault(&c->memory.kept)));
    return false;
}

/* An input has a fault, so the report may be incomplete. */
static void report_input(void *context, const char *path, bool binary, uint64_t line,
                         uint64_t column, const char *what)
{
    struct compare *c = context;
    char text[200];

    if (binary && line) {
        snprintf(text, sizeof text, "row %llu: %s", (unsigned long long)line, what);
        diag_reject(c->diag, path, 0, 0, text);
    } else {
        diag_reject(c->diag, path, line, column, what);
    }
    c->diag->status = DIAG_TROUBLE;
}

/* The pairs of --map, whose texts are on the command line. */
static bool read_map_options(struct compare *c)
{
    const struct buf *given = &c->options->diff.map;
    size_t count = given->n / sizeof(char *);
    struct diff_map *maps = arena_take_array(&c->arena, count + 1, sizeof *maps);

    for (size_t i = 0; maps && i < count; i++) {
        const char *text, *sign;
        memcpy(&text, given->p + i * sizeof text, sizeof text);
        sign = strchr(text, '=');
        maps[i] = (struct diff_map){span_of(text, (size_t)(sign - text)), span_text(sign + 1)};
    }
    c->task.maps = maps;
    c->task.map_count = count;
    return maps || diag_no_memory(c->diag);
}

static bool read_by_option(struct compare *c)
{
    const char *by = c->options->by;

    if (!by)
        return true;
    struct fault fault = pointer_parse(&c->by, span_text(by), &c->arena);
    if (fault.status != STATUS_OK) {
        diag_trouble(c->diag, NULL, "--by: %s, at byte %zu of '%s'", fault_text(fault),
                     fault.offset + 1, by);
        return false;
    }
    c->plan.by = &c->by;
    /* Binary rows have only carried members, by name: no other pointer can find one. */
    c->task.by = c->by.count == 2 && span_equal(c->by.tokens[0], span_text("carry"))
                     ? c->by.tokens[1]
                     : c->by.text;
    if (c->by.text.n)
        return true;
    diag_trouble(c->diag, NULL, "--by: expected a pointer to a member, such as /carry/account");
    return false;
}

static bool read_rules(struct compare *c)
{
    const char *path = c->options->diff.expect;

    if (!diff_rules_add_list(&c->ignore, buf_span(&c->options->diff.ignore)))
        return no_memory(c);
    if (!path)
        return true;
    size_t most = diff_memory_text_most(&c->memory);
    int error = source_slurp(path, most < EXPECT_MOST ? most : EXPECT_MOST, &c->expect_text);
    if (error == EFBIG && most < EXPECT_MOST) {
        diag_trouble(c->diag, path, "%s", diff_memory_full);
        return false;
    }
    if (!diag_check(c->diag, path, error))
        return false;
    if (!quota_take(&c->memory.kept, c->expect_text.size))
        return no_memory(c);
    c->task.expect = &c->expect;
    return diag_check_text(c->diag, path, buf_span(&c->expect_text),
                           diff_expect_read(&c->expect, buf_span(&c->expect_text)));
}

/* Prepare all that the comparison needs. False after a message. */
static bool prepare_task(struct compare *c, const struct catalogs *catalogs, uint64_t seed)
{
    const char *directory = getenv("TMPDIR");

    diff_memory_share(&c->memory, c->options->memory);
    c->ignore.quota = c->expect.quota = &c->memory.kept;
    c->plan = (struct ndjson_read_plan){.catalogs = catalogs->items,
                                        .catalog_count = catalogs->count,
                                        .limits = {VALUE_DEPTH, SIZE_MAX, LIMITS_LENGTH_MAX},
                                        .seed = seed,
                                        .quota = &c->memory.kept};
    c->task = (struct diff_task){.paths = (const char *const *)c->options->files,
                                 .path_count = (unsigned)c->options->file_count,
                                 .plan = &c->plan,
                                 .ignore = &c->ignore,
                                 .reveal = c->options->reveal,
                                 .window = c->options->long_window ? CODEC_WINDOW_LOG_LONG
                                                                   : CODEC_WINDOW_LOG,
                                 .memory = &c->memory,
                                 .directory = directory && *directory ? directory : "/tmp",
                                 .tell = report_input,
                                 .context = c};
    return read_map_options(c) && read_by_option(c) && read_rules(c);
}

/* Report ERROR of the output, unless it is 0. True if it is 0. */
static bool check_output(struct compare *c, int error)
{
    const char *path = c->options->output ? c->options->output : "-";

    return diag_check(c->diag, outputs_label(path), error);
}

static void write_report(struct compare *c, const struct diff_report *report)
{
    const struct report_out out = {&c->output.sink.buf, &c->output.sink};
    bool terminal = atomic_file_is_terminal(&c->output);

    if (c->options->format)
        diff_json_put(&out, report);
    else
        diff_text_put(&out, report, terminal, terminal && outputs_coloured());
    if (check_output(c, atomic_file_finish(&c->output)) && c->diag->status != DIAG_TROUBLE)
        check_output(c, atomic_file_commit(&c->output));
}

static void compare_files(struct compare *c)
{
    const char *path = c->options->output ? c->options->output : "-";
    struct diff diff;

    if (!c->options->diff.quiet && !check_output(c, atomic_file_open(&c->output, path)))
        return;
    if (diff_run(&diff, &c->task)) {
        if (diff.report.differs && c->diag->status == DIAG_OK)
            c->diag->status = DIAG_REJECTS;
        if (!c->options->diff.quiet)
            write_report(c, &diff.report);
    } else {
        c->diag->status = DIAG_TROUBLE;
    }
    diff_free(&diff);
}

void compare_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                 struct diag *diag)
{
    struct compare c = {
        .options = options, .diag = diag, .arena = ARENA_EMPTY, .output.sink.fd = -1};

    if (prepare_task(&c, catalogs, seed))
        compare_files(&c);
    atomic_file_free(&c.output);
    diff_rules_free(&c.ignore);
    diff_rules_free(&c.expect);
    buf_free(&c.expect_text);
    arena_free(&c.arena);
}
