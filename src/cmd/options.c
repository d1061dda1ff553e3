#include "config.h"

#include "cmd/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/builtin.h"
#include "cmd/options_row.h"
#include "format/binary.h"
#include "format/ndjson.h"

/* Refuse what getopt_long() returned GOT for: the word before the next one, or a letter in a
 * word. */
static void refuse_option(struct diag *diag, int got, const char *word)
{
    const char letter[] = {'-', (char)optopt, 0};

    if (optopt && optopt <= UCHAR_MAX)
        word = letter;
    if (got == ':')
        diag_trouble(diag, NULL, "option %s needs an argument", word);
    else
        diag_trouble(diag, NULL, "unknown, ambiguous or misused option %s", word);
}

/* Hand each option to its row of the table; those that were there are in GIVEN. */
static bool read_options(struct options *options, int argc, char *const *argv,
                         bool given[OPTIONS_ROWS], struct diag *diag)
{
    struct option longs[OPTIONS_ROWS + 1] = {{0}};
    char shorts[2 * OPTIONS_ROWS + 2] = ":";
    size_t n = 1;
    int got;

    for (size_t i = 0; i < OPTIONS_ROWS; i++) {
        const char *argument = options_table[i].argument;
        bool takes = argument;
        longs[i] = (struct option){options_table[i].name,
                                   !takes               ? no_argument
                                   : argument[0] == '[' ? optional_argument
                                                        : required_argument,
                                   NULL, (int)i + UCHAR_MAX + 1};
        if (options_table[i].letter) {
            shorts[n++] = options_table[i].letter;
            if (takes)
                shorts[n++] = ':';
        }
    }
    opterr = 0;
    while ((got = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        size_t i = 0;
        if (got == '?' || got == ':') {
            refuse_option(diag, got, argv[optind - 1]);
            return false;
        }
        while (i < OPTIONS_ROWS && got != (int)i + UCHAR_MAX + 1 && got != options_table[i].letter)
            i++;
        given[i] = true;
        if (!options_table[i].apply(options, optarg, diag))
            return false;
    }
    return true;
}

/* The options that choose a mode. */
static const struct {
    enum options_mode mode;
    const char *name;
} mode_options[] = {{OPTIONS_DIFF, "--diff"},
                    {OPTIONS_EXPLAIN, "--explain"},
                    {OPTIONS_SURVEY, "--survey"},
                    {OPTIONS_MATCH, "--match"},
                    {OPTIONS_DESCRIBE, "--describe"}};
enum { MODE_OPTIONS = sizeof mode_options / sizeof *mode_options };

/* Append the options that choose one of MODES: "--diff, --survey or --match". */
static void put_modes(struct buf *out, unsigned modes)
{
    size_t left = 0;

    for (size_t i = 0; i < MODE_OPTIONS; i++)
        left += (modes & mode_options[i].mode) != 0;
    for (size_t i = 0; i < MODE_OPTIONS; i++)
        if (modes & mode_options[i].mode) {
            buf_puts(out, mode_options[i].name);
            left--;
            buf_puts(out, left > 1 ? ", " : left ? " or " : "");
        }
}

/* Are all options that were GIVEN of the mode? */
static bool check_mode(const struct options *options, const bool given[OPTIONS_ROWS],
                       struct diag *diag)
{
    bool filter = options->mode == OPTIONS_FILTER;

    for (size_t i = 0; i < OPTIONS_ROWS; i++)
        if (options->action == OPTIONS_RUN && given[i] &&
            !(options_table[i].modes & options->mode)) {
            struct buf modes = BUF_EMPTY;
            put_modes(&modes, filter ? options_table[i].modes : options->mode);
            diag_trouble(diag, NULL,
                         filter ? "--%s: expected %.*s with it" : "--%s: expected no %.*s with it",
                         options_table[i].name, (int)modes.n, (const char *)modes.p);
            buf_free(&modes);
            return false;
        }
    return true;
}

/* Beside the given catalogs --diff and --match know all built-in ones. */
static bool add_builtin(struct options *options, struct diag *diag)
{
    for (size_t i = 0; i < builtin_count; i++)
        if (!options_add_catalog(options, builtin_table[i].name, strlen(builtin_table[i].name),
                                 NULL, diag))
            return false;
    return true;
}

/* Do the options of --survey go together? SHARING catalogs have no FILE of their own. Null, or what is
 * wrong. */
static const char *check_survey(const struct options *options, size_t sharing)
{
    if (options->catalog_count > 1)
        return "--survey: expected at most one --catalog";
    if (sharing < options->catalog_count)
        return "--catalog: expected NAME without FILE with --survey: it writes no vectors";
    if (options->writer != &ndjson_writer)
        return "--format: expected ndjson with --survey; without --format the report is text";
    if (options->draft && options->format)
        return "--draft: expected no --format with it: a catalog is text";
    if (options->files0_from && options->file_count)
        return "--files0-from: expected no FILE with it: its file names all inputs";
    return NULL;
}

/* Has each output the vectors of one catalog, if the format asks for that? SHARING catalogs have no
 * FILE of their own. */
static bool check_single(const struct options *options, size_t sharing, struct diag *diag)
{
    if (!(options->mode & (OPTIONS_FILTER | OPTIONS_DESCRIBE)) ||
        options->action == OPTIONS_SHOW_CATALOG || !options->writer->is_single || sharing <= 1)
        return true;
    diag_trouble(diag, NULL,
                 "--format=%s: expected one catalog per output: use --catalog NAME=FILE",
                 options->writer->name);
    return false;
}

/* Do the options go together? */
static bool check_together(const struct options *options, struct diag *diag)
{
    const char *wrong = NULL;
    size_t sharing = 0;

    for (size_t i = 0; i < options->catalog_count; i++)
        sharing += !options->catalogs[i].output;
    if (options->action == OPTIONS_SHOW_CATALOG)
        wrong = !options->file_count ? NULL
                                     : "--show-catalog: expected no FILE with it; a name "
                                       "follows =, as in --show-catalog=browser";
    else if (options->mode == OPTIONS_SURVEY && options->action == OPTIONS_RUN)
        wrong = check_survey(options, sharing);
    else if (options->mode == OPTIONS_DIFF)
        wrong = options->action == OPTIONS_RUN ? options_diff_check(options) : NULL;
    else if (options->mode == OPTIONS_MATCH)
        wrong = options->action == OPTIONS_RUN ? options_match_check(options) : NULL;
    else if (options->writer->is_complete && options->members & NDJSON_ORIGIN)
        wrong = "--select: expected --format=ndjson, --format=tsv or --format=arrow with file and "
                "line: binary rows do not have them";
    else if (options->writer->is_complete && options->select &&
             options->members & ~NDJSON_WITH_COMPLETE)
        wrong = "--select: expected --format=ndjson, --format=tsv or --format=arrow with it: binary "
                "rows have all members";
    else if (!options->writer->is_framed && options->no_header)
        wrong = "--no-header: expected --format=binary or --format=tsv with it";
    else if (options->writer != &binary_writer && options->fact_text)
        wrong = "--fact-text: expected --format=binary with it: the others have texts";
    else if (options->output && !sharing)
        wrong = "--output: expected a --catalog without a FILE of its own";
    else if (options->files0_from && options->file_count)
        wrong = "--files0-from: expected no FILE with it: its file names all inputs";
    if (wrong)
        diag_trouble(diag, NULL, "%s", wrong);
    return !wrong && check_single(options, sharing, diag);
}

bool options_read(struct options *options, int argc, char *const *argv, struct diag *diag)
{
    static char dash[] = "-", *const standard_input[] = {dash};

    bool given[OPTIONS_ROWS] = {false};

    *options = (struct options){.mode = OPTIONS_FILTER,
                                .writer = writers[0],
                                .limits = LIMITS_DEFAULT,
                                .jobs = OPTIONS_JOBS_AUTO,
                                .cache_memory = OPTIONS_CACHE_MEMORY,
                                .memory = OPTIONS_MEMORY,
                                .match.thresholds = {-5000, 0}};
    options->catalogs = calloc((size_t)argc + 1 + builtin_count, sizeof *options->catalogs);
    if (!options->catalogs)
        return diag_no_memory(diag);
    bool right =
        read_options(options, argc, argv, given, diag) && check_mode(options, given, diag);
    if (right && !options->select)
        options->members = options->writer->members;
    if (right && options->select_adds)
        options->members |= options->writer->members;
    options->files = argv + optind;
    options->file_count = optind < argc ? (size_t)(argc - optind) : 0;
    options->judged = options->catalog_count;
    if (!right ||
        (!options->catalog_count && !options_add_catalog(options, "browser", 7, NULL, diag)) ||
        !options_describe_check(options, diag) || !check_together(options, diag) ||
        (options->mode & (OPTIONS_DIFF | OPTIONS_MATCH) && !add_builtin(options, diag))) {
        diag_trouble(diag, NULL, "try 'whorl --help'");
        return false;
    }
    if (!options->file_count && !options->files0_from) {
        options->files = standard_input;
        options->file_count = 1;
    }
    return true;
}

void options_for_writer(const struct options *options, struct writer_options *writer_options)
{
    *writer_options = (struct writer_options){
        .members = options->members,
        .reveal = options->reveal,
        .bare = options->no_header,
        .fact_text = (uint32_t)options->fact_text,
        .producer = span_text("whorl " PACKAGE_VERSION),
    };
}

void options_free(struct options *options)
{
    for (size_t i = 0; options->catalogs && i < options->catalog_count; i++)
        free(options->catalogs[i].name);
    free(options->catalogs);
    options->catalogs = NULL;
    buf_free(&options->diff.map);
    buf_free(&options->diff.ignore);
}
