#include "config.h"

#include "cmd/compare.h"

#include <errno.h>

#include "base/fault.h"
#include "base/quota.h"
#include "cmd/option_pointer.h"
#include "cmd/outputs.h"
#include "cmd/row_inputs.h"
#include "diff/diff.h"
#include "diff/expect.h"
#include "diff/json.h"
#include "diff/text.h"
#include "format/ndjson_read.h"
#include "json/pointer.h"
#include "population/json.h"
#include "population/population.h"
#include "population/text.h"
#include "stream/atomic_file.h"
#include "stream/source.h"

#define POPULATION_THRESHOLD 6000 /* thousandths */

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

static bool read_by_option(struct compare *c)
{
    const char *by = c->options->by;

    if (!by)
        return true;
    c->plan.by = &c->by;
    if (!option_pointer_read(&c->by, "by", by, "/carry/account", &c->arena, c->diag))
        return false;
    c->task.by = row_inputs_carried(&c->by);
    return true;
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
    diff_memory_share(&c->memory, c->options->memory);
    c->ignore.quota = c->expect.quota = &c->memory.kept;
    c->plan = row_inputs_plan(catalogs, seed, &c->memory.kept);
    c->task = (struct diff_task){.paths = (const char *const *)c->options->files,
                                 .path_count = (unsigned)c->options->file_count,
                                 .plan = &c->plan,
                                 .ignore = &c->ignore,
                                 .reveal = c->options->reveal,
                                 .window = row_inputs_window(c->options),
                                 .memory = &c->memory,
                                 .directory = row_inputs_directory(),
                                 .tell = row_inputs_fault,
                                 .context = c->diag};
    return row_inputs_pairs(&c->task.maps, &c->task.map_count, c->options, &c->arena, c->diag) &&
           read_by_option(c) && read_rules(c);
}

/* Report ERROR of the output, unless it is 0. True if it is 0. */
static bool check_output(struct compare *c, int error)
{
    const char *path = c->options->output ? c->options->output : "-";

    return diag_check(c->diag, outputs_label(path), error);
}

/* The report of --diff, or that of --population. */
struct compare_report {
    const struct diff_report *diff;
    const struct population *population;
};

static void write_report(struct compare *c, const struct compare_report *report)
{
    const struct report_out out = {&c->output.sink.buf, &c->output.sink};
    bool terminal = atomic_file_is_terminal(&c->output);
    bool colour = terminal && outputs_coloured();

    if (report->population && c->options->format)
        population_json_put(&out, report->population);
    else if (report->population)
        population_text_put(&out, report->population, terminal, colour);
    else if (c->options->format)
        diff_json_put(&out, report->diff);
    else
        diff_text_put(&out, report->diff, terminal, colour);
    if (check_output(c, atomic_file_finish(&c->output)) && c->diag->status != DIAG_TROUBLE)
        check_output(c, atomic_file_commit(&c->output));
}

/* A comparison has ended: is there a report, and has it found what DIFFERS? */
static void conclude(struct compare *c, bool done, bool differs,
                     const struct compare_report *report)
{
    if (!done) {
        c->diag->status = DIAG_TROUBLE;
        return;
    }
    if (differs && c->diag->status == DIAG_OK)
        c->diag->status = DIAG_REJECTS;
    if (!c->options->diff.quiet)
        write_report(c, report);
}

static void compare_records(struct compare *c)
{
    struct diff diff;
    bool done = diff_run(&diff, &c->task);

    conclude(c, done, diff.report.differs, &(struct compare_report){.diff = &diff.report});
    diff_free(&diff);
}

static void compare_populations(struct compare *c)
{
    const struct options_match *match = &c->options->match;
    const struct population_task task = {
        .diff = &c->task,
        .threshold =
            match->threshold_given ? (uint64_t)match->thresholds[0] : POPULATION_THRESHOLD};
    struct population population;
    bool done = population_run(&population, &task);

    conclude(c, done, population.differs, &(struct compare_report){.population = &population});
    population_free(&population);
}

static void compare_files(struct compare *c)
{
    const char *path = c->options->output ? c->options->output : "-";

    if (!c->options->diff.quiet && !check_output(c, atomic_file_open(&c->output, path)))
        return;
    if (c->options->diff.population)
        compare_populations(c);
    else
        compare_records(c);
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
