#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "cmd/options_row.h"
#include "format/binary_layout.h"
#include "format/ndjson.h"
#include "format/writer.h"
#include "json/value.h"

#define RECORD_MAX ((uint64_t)1 << 30) /* half of LIMITS_LENGTH_MAX; buffers double */
#define VALUES_MAX ((uint64_t)1 << 26)

static options_apply set_survey, set_time, set_draft, set_catalog, set_format, set_select, set_no_header, set_fact_text, set_output,
    set_explain, set_dictionary, set_reveal, set_record, set_depth, set_values, set_rejects,
    set_tolerance, set_verify, set_files, set_long, set_no_cache, set_stats, set_progress, set_jobs,
    set_line_buffered, set_verbose, set_show_catalog, set_help, set_version;

const struct options_row options_table[OPTIONS_ROWS] = {
    {"catalog", 0, "NAME[=FILE]",
     "the catalog: a built-in name, or a file\n(its name has a / or .); may be repeated; "
     "its\n"
     "vectors go to FILE (from the first = on)",
     OPTIONS_ANY, set_catalog},
    {"format", 0, "FORMAT", "what to write: ndjson (the default), tsv, binary\nor arrow",
     OPTIONS_FILTER | OPTIONS_DIFF | OPTIONS_SURVEY | OPTIONS_MATCH | OPTIONS_DESCRIBE, set_format},
    {"select", 0, "LIST",
     "members of a line, separated by commas:\nid carry catalog facts ids coverage present "
     "errors\ngroups vector (the default) sketch signals values\nstates ids.visitorId ids.thumbmark file line; with +\nbefore the first, in addition to the default",
     OPTIONS_FILTER | OPTIONS_DESCRIBE, set_select},
    {"no-header", 0, NULL, "tsv, binary: write rows only, no header and no end",
     OPTIONS_FILTER | OPTIONS_DESCRIBE, set_no_header},
    {"fact-text", 0, "N", "binary: write N bytes of each fact's text too",
     OPTIONS_FILTER | OPTIONS_DESCRIBE, set_fact_text},
    {"describe", 0, "FORMAT",
     "write the layout of the output, for a program\nthat reads it, and exit: json,\nclickhouse, duckdb, sqlite or numpy",
     OPTIONS_FILTER | OPTIONS_DESCRIBE, options_describe_set},
    {"explain", 0, "LIST",
     "write how these signals (NAME*: all that begin\nso) become hashes, and no vectors",
     OPTIONS_EXPLAIN, set_explain},
    {"output", 'o', "FILE",
     "write to FILE; it is replaced as a whole or,\nif anything fails, not at all",
     OPTIONS_ANY, set_output},
    {"dictionary", 0, "FILE", "write to FILE the text that each hash is of", OPTIONS_FILTER,
     set_dictionary},
    {"reveal", 0, NULL, "show values and states of private signals too",
     OPTIONS_FILTER | OPTIONS_DIFF | OPTIONS_EXPLAIN | OPTIONS_DESCRIBE, set_reveal},
    {"max-record", 0, "BYTES", "reject longer records (4194304)", OPTIONS_RECORDS, set_record},
    {"max-depth", 0, "N", "reject deeper nesting (64)", OPTIONS_RECORDS, set_depth},
    {"max-values", 0, "N", "reject records of more values (131072)", OPTIONS_RECORDS,
     set_values},
    {"rejects", 0, "FILE", "write the lines that are rejected to FILE", OPTIONS_RECORDS,
     set_rejects},
    {"max-rejects", 0, "N|P%", "exit with 0 up to N rejects, or P% of the lines (0)",
     OPTIONS_RECORDS, set_tolerance},
    {"verify", 0, NULL,
     "list records that state another id of a library\nthan that of their components",
     OPTIONS_FILTER, set_verify},
    {"files0-from", 0, "FILE", "read the files that FILE names; NUL ends a name",
     OPTIONS_RECORDS, set_files},
    {"long", 0, NULL, "read zstd with windows of up to 2 GiB, not 128 MiB", OPTIONS_ANY,
     set_long},
    {"no-cache", 0, NULL, "parse each record in full", OPTIONS_FILTER, set_no_cache},
    {"cache-memory", 0, "BYTES", "use at most this for the caches of a thread (64M)",
     OPTIONS_FILTER, options_set_cache_memory},
    {"stats", 0, "FILE", "write statistics of the run to FILE, as JSON", OPTIONS_RECORDS,
     set_stats},
    {"progress", 0, "WHEN", "show progress: auto (the default), always or never",
     OPTIONS_RECORDS, set_progress},
    {"jobs", 'j', "N",
     "use up to N threads; 0: one for each processor\n(default: the same, at most 8)",
     OPTIONS_RECORDS | OPTIONS_MATCH, set_jobs},
    {"line-buffered", 0, NULL, "accepted and without effect", OPTIONS_RECORDS,
     set_line_buffered},
    {"diff", 0, NULL, "compare outputs OLD and NEW: see whorl-diff(1)", OPTIONS_FILTER | OPTIONS_DIFF,
     options_diff_set},
    {"population", 0, NULL,
     "diff: compare the distributions of values in OLD\nand NEW, without pairs; CONTROL, a third file,\nsays what is ordinary",
     OPTIONS_DIFF, options_diff_set_population},
    {"survey", 0, NULL, "report what the records hold: see whorl-survey(1)",
     OPTIONS_FILTER | OPTIONS_SURVEY, set_survey},
    {"match", 0, NULL, "find the known device of each record: see\nwhorl-match(1)",
     OPTIONS_FILTER | OPTIONS_MATCH, options_match_set},
    {"by", 0, "POINTER",
     "diff, survey: compare the records of each visitor\nmatch: which known records are of one device",
     OPTIONS_DIFF | OPTIONS_SURVEY | OPTIONS_MATCH, options_diff_set_by},
    {"time", 0, "POINTER", "survey: when a record was made", OPTIONS_SURVEY, set_time},
    {"draft", 0, "NAME", "survey: write a catalog NAME for these records", OPTIONS_SURVEY,
     set_draft},
    {"map", 0, "OLD=NEW", "diff, match: these catalogs belong together",
     OPTIONS_DIFF | OPTIONS_MATCH, options_diff_set_map},
    {"ignore", 0, "LIST", "diff: leave out these names (NAME*: all that\nbegin so)", OPTIONS_DIFF,
     options_diff_set_ignore},
    {"expect", 0, "FILE", "diff: FILE says what may differ, and how often", OPTIONS_DIFF,
     options_diff_set_expect},
    {"quiet", 'q', NULL, "diff: write no report, only set the exit status", OPTIONS_DIFF,
     options_diff_set_quiet},
    {"index", 0, "FILE", "match: keep in FILE what is known", OPTIONS_MATCH,
     options_match_set_index},
    {"threshold", 0, "BITS[,BITS]",
     "match: a record is new below the first number,\nand a match from the second on (-5,0)\npopulation: a signal differs above this score (6)",
     OPTIONS_MATCH | OPTIONS_DIFF, options_match_set_threshold},
    {"truth", 0, "POINTER", "match: judge by this member of both outputs", OPTIONS_MATCH,
     options_match_set_truth},
    {"memory", 0, "BYTES", "diff, survey, match: use at most this (256M)",
     OPTIONS_DIFF | OPTIONS_SURVEY | OPTIONS_MATCH, options_diff_set_memory},
    {"verbose", 'v', NULL, "show every reject, also those that are alike", OPTIONS_ANY,
     set_verbose},
    {"show-catalog", 0, "[=NAME]",
     "write the built-in catalog NAME and exit;\nwithout NAME, list all of them", OPTIONS_ANY,
     set_show_catalog},
    {"help", 'h', NULL, "show this help and exit", OPTIONS_ANY, set_help},
    {"version", 'V', NULL, "show version and catalogs and exit", OPTIONS_ANY, set_version},
};
_Static_assert(sizeof options_table / sizeof *options_table == OPTIONS_ROWS, "OPTIONS_ROWS");

bool options_add_catalog(struct options *options, const char *name, size_t length,
                         const char *output, struct diag *diag)
{
    char *copy = strndup(name, length);

    if (!copy)
        return diag_no_memory(diag);
    options->catalogs[options->catalog_count++] = (struct options_catalog){copy, output};
    return true;
}

/* Is ARGUMENT of --NAME a file's name? */
static bool read_file_name(const char *name, const char *argument, struct diag *diag)
{
    if (!*argument)
        diag_trouble(diag, NULL, "--%s: expected the name of a file", name);
    return *argument;
}

static bool set_survey(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->mode = OPTIONS_SURVEY;
    return true;
}

static bool set_time(struct options *options, const char *argument, struct diag *diag)
{
    (void)diag;
    options->time = argument;
    return true;
}

static bool set_draft(struct options *options, const char *argument, struct diag *diag)
{
    options->draft = argument;
    if (!ascii_is_lower((unsigned char)argument[0]) ||
        argument[strspn(argument, "abcdefghijklmnopqrstuvwxyz0123456789_")]) {
        diag_trouble(diag, NULL,
                     "--draft: expected the name of a catalog, [a-z][a-z0-9_]*, not '%s'", argument);
        return false;
    }
    return true;
}

static bool set_catalog(struct options *options, const char *argument, struct diag *diag)
{
    const char *sign = strchr(argument, '=');

    if (!sign)
        return options_add_catalog(options, argument, strlen(argument), NULL, diag);
    return read_file_name("catalog", sign + 1, diag) &&
           options_add_catalog(options, argument, (size_t)(sign - argument), sign + 1, diag);
}

static bool set_format(struct options *options, const char *argument, struct diag *diag)
{
    struct buf names = BUF_EMPTY;

    options->format = true;
    options->writer = writer_find(argument);
    if (options->writer)
        return true;
    for (size_t i = 0; i < writer_count; i++) {
        buf_puts(&names, !i ? "" : i + 1 < writer_count ? ", " : " or ");
        buf_puts(&names, writers[i]->name);
    }
    diag_trouble(diag, NULL, "--format: expected %.*s, not '%s'", (int)names.n,
                 (const char *)names.p, argument);
    buf_free(&names);
    return false;
}

static bool set_no_header(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->no_header = true;
    return true;
}

static bool set_output(struct options *options, const char *argument, struct diag *diag)
{
    options->output = argument;
    return read_file_name("output", argument, diag);
}

static bool set_explain(struct options *options, const char *argument, struct diag *diag)
{
    (void)diag;
    options->mode = OPTIONS_EXPLAIN;
    options->explain = argument;
    return true;
}

static bool set_dictionary(struct options *options, const char *argument, struct diag *diag)
{
    options->dictionary = argument;
    return read_file_name("dictionary", argument, diag);
}

static bool set_select(struct options *options, const char *argument, struct diag *diag)
{
    struct span list = span_text(argument), unknown;

    options->select = true;
    options->select_adds = span_begins(list, span_text("+"));
    if (options->select_adds)
        list = span_cut(list, 1, list.n);
    if (ndjson_select(list, &options->members, &unknown))
        return true;
    diag_trouble(diag, NULL,
                 "--select: unknown member '%.*s': expected some of id, carry, catalog, facts, "
                 "ids, coverage, present, errors, groups, sketch, vector, signals, values, states, "
                 "ids.visitorId, ids.thumbmark, file, line",
                 (int)unknown.n, (const char *)unknown.p);
    return false;
}

/* The decimal ARGUMENT of --NAME, from LEAST to MOST. */
static bool read_ranged(const char *name, const char *argument, uint64_t least, uint64_t most,
                        size_t *number, struct diag *diag)
{
    uint64_t n = 0;
    const char *c = argument;

    for (; ascii_is_digit((unsigned char)*c) && n <= most; c++)
        n = n * 10 + (uint64_t)(*c - '0');
    *number = (size_t)n;
    if (c > argument && !*c && n >= least && n <= most)
        return true;
    diag_trouble(diag, NULL, "--%s: expected a whole number from %llu to %llu, not '%s'", name,
                 (unsigned long long)least, (unsigned long long)most, argument);
    return false;
}

static bool set_reveal(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->reveal = true;
    return true;
}

static bool set_fact_text(struct options *options, const char *argument, struct diag *diag)
{
    return read_ranged("fact-text", argument, 1, BINARY_TEXT_MOST, &options->fact_text, diag);
}

static bool set_record(struct options *options, const char *argument, struct diag *diag)
{
    return read_ranged("max-record", argument, 1, RECORD_MAX, &options->limits.length, diag);
}

static bool set_depth(struct options *options, const char *argument, struct diag *diag)
{
    return read_ranged("max-depth", argument, 1, VALUE_DEPTH, &options->limits.depth, diag);
}

static bool set_values(struct options *options, const char *argument, struct diag *diag)
{
    return read_ranged("max-values", argument, 1, VALUES_MAX, &options->limits.values, diag);
}

static bool set_rejects(struct options *options, const char *argument, struct diag *diag)
{
    options->rejects = argument;
    return read_file_name("rejects", argument, diag);
}

static bool set_tolerance(struct options *options, const char *argument, struct diag *diag)
{
    if (diff_expect_tolerance(&options->max_rejects, span_text(argument)))
        return true;
    diag_trouble(diag, NULL,
                 "--max-rejects: expected a number up to 4294967295, or from 0%% to 100%%, "
                 "not '%s'",
                 argument);
    return false;
}

static bool set_verify(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->verify = true;
    return true;
}

static bool set_files(struct options *options, const char *argument, struct diag *diag)
{
    options->files0_from = argument;
    return read_file_name("files0-from", argument, diag);
}

static bool set_long(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->long_window = true;
    return true;
}

static bool set_stats(struct options *options, const char *argument, struct diag *diag)
{
    options->stats = argument;
    return read_file_name("stats", argument, diag);
}

static bool set_progress(struct options *options, const char *argument, struct diag *diag)
{
    static const char *const names[] = {"auto", "always", "never"};

    for (int i = 0; i < 3; i++)
        if (strcmp(argument, names[i]) == 0) {
            options->progress = i;
            return true;
        }
    diag_trouble(diag, NULL, "--progress: expected auto, always or never, not '%s'", argument);
    return false;
}

static bool set_no_cache(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->no_cache = true;
    return true;
}

static bool set_jobs(struct options *options, const char *argument, struct diag *diag)
{
    return read_ranged("jobs", argument, 0, OPTIONS_JOBS_MAX, &options->jobs, diag);
}

static bool set_line_buffered(struct options *options, const char *argument, struct diag *diag)
{
    (void)options, (void)argument, (void)diag;
    return true;
}

static bool set_verbose(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument;
    options->verbose = diag->verbose = true;
    return true;
}

static bool set_show_catalog(struct options *options, const char *argument, struct diag *diag)
{
    (void)diag;
    options->action = OPTIONS_SHOW_CATALOG;
    options->show = argument;
    return true;
}

static bool set_help(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->action = OPTIONS_HELP;
    return true;
}

static bool set_version(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->action = OPTIONS_VERSION;
    return true;
}
