#include "config.h"

#include <string.h>

#include "cmd/options_row.h"
#include "diff/diff.h"
#include "format/ndjson.h"

bool options_diff_set(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->mode = OPTIONS_DIFF;
    return true;
}

bool options_diff_set_by(struct options *options, const char *argument, struct diag *diag)
{
    (void)diag;
    options->by = argument;
    return true;
}

/* Has BUF had memory for all that was appended? False after a message. */
static bool is_complete(const struct buf *buf, struct diag *diag)
{
    return !buf->failed || diag_no_memory(diag);
}

bool options_diff_set_map(struct options *options, const char *argument, struct diag *diag)
{
    const char *sign = strchr(argument, '=');

    if (!sign || sign == argument || !sign[1]) {
        diag_trouble(diag, NULL,
                     "--map: expected the names of two catalogs, OLD=NEW, not '%s'",
                     argument);
        return false;
    }
    buf_put(&options->diff.map, span_of(&argument, sizeof argument));
    return is_complete(&options->diff.map, diag);
}

bool options_diff_set_ignore(struct options *options, const char *argument, struct diag *diag)
{
    buf_puts(&options->diff.ignore, argument);
    buf_putc(&options->diff.ignore, ',');
    return is_complete(&options->diff.ignore, diag);
}

bool options_diff_set_expect(struct options *options, const char *argument, struct diag *diag)
{
    options->diff.expect = argument;
    if (!*argument)
        diag_trouble(diag, NULL, "--expect: expected the name of a file");
    return *argument;
}

bool options_diff_set_quiet(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->diff.quiet = true;
    return true;
}

bool options_diff_set_memory(struct options *options, const char *argument, struct diag *diag)
{
    if (options_bytes(argument, DIFF_MEMORY_LEAST, &options->memory))
        return true;
    diag_trouble(diag, NULL, "--memory: expected a number of bytes from 8M to 1024G, not '%s'",
                 argument);
    return false;
}

bool options_diff_set_population(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->diff.population = true;
    return true;
}

/* Do the options and files of --population go together, of which DASHES are standard input? Null, or
 * what is wrong. */
static const char *check_population_options(const struct options *options, size_t dashes)
{
    const int32_t *thresholds = options->match.thresholds;

    if (options->by)
        return "--by: expected no --population with it: it compares no pairs";
    if (options->reveal)
        return "--reveal: expected no --population with it: it shows no values";
    if (options->match.threshold_given && (thresholds[0] < 0 || thresholds[0] != thresholds[1]))
        return "--threshold: expected one number from 0 to 1000 with --population";
    if (options->file_count < 2 || options->file_count > 3)
        return "--population: expected OLD and NEW, or OLD, NEW and CONTROL";
    return dashes > 1 ? "--population: standard input cannot be two of OLD, NEW and CONTROL" : NULL;
}

const char *options_diff_check(const struct options *options)
{
    size_t dashes = 0;

    for (size_t i = 0; i < options->file_count; i++)
        dashes += strcmp(options->files[i], "-") == 0;
    for (size_t i = 0; i < options->catalog_count; i++)
        if (options->catalogs[i].output)
            return "--catalog: expected NAME without FILE with --diff: it writes no vectors";
    if (options->writer != &ndjson_writer)
        return "--format: expected ndjson with --diff; without --format the report is text";
    if (options->diff.quiet && (options->format || options->output))
        return "--quiet: expected neither --output nor --format with it: there is no report";
    if (dashes && options->diff.expect && strcmp(options->diff.expect, "-") == 0)
        return "--expect: standard input cannot be both this and an output to compare";
    if (options->diff.population)
        return check_population_options(options, dashes);
    if (options->match.threshold_given)
        return "--threshold: expected --population or --match with it";
    if (options->by && options->file_count != 1)
        return "--by: expected one FILE";
    if (options->file_count < 1 || options->file_count > 2)
        return "--diff: expected OLD and NEW, or one FILE";
    return dashes > 1 ? "--diff: standard input cannot be both OLD and NEW" : NULL;
}
