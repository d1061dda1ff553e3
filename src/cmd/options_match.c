#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "cmd/options_row.h"
#include "format/ndjson.h"
#include "format/tsv.h"

#define THRESHOLD_MOST 1000 /* bits; none can say more than 2^1000 to 1 */

bool options_match_set(struct options *options, const char *argument, struct diag *diag)
{
    (void)argument, (void)diag;
    options->mode = OPTIONS_MATCH;
    return true;
}

bool options_match_set_index(struct options *options, const char *argument, struct diag *diag)
{
    bool right = *argument && strcmp(argument, "-") != 0;

    options->match.index = argument;
    if (!right)
        diag_trouble(diag, NULL, "--index: expected the name of a file, not '%s'", argument);
    return right;
}

bool options_match_set_truth(struct options *options, const char *argument, struct diag *diag)
{
    (void)diag;
    options->match.truth = argument;
    return true;
}

/* Read the number that TEXT begins with to *THOUSANDTHS. Returns what follows it; or null if TEXT
 * begins with no number, or with one out of range. A fourth digit after the point counts as what
 * follows. */
static const char *read_threshold(const char *text, int32_t *thousandths)
{
    bool negative = *text == '-';
    int32_t n = 0, scale = 1000;

    text += *text == '-' || *text == '+';
    if (!ascii_is_digit((unsigned char)*text))
        return NULL;
    for (; ascii_is_digit((unsigned char)*text) && n <= THRESHOLD_MOST; text++)
        n = n * 10 + (*text - '0');
    if (n > THRESHOLD_MOST)
        return NULL;
    n *= 1000;
    if (*text == '.' && !ascii_is_digit((unsigned char)text[1]))
        return NULL;
    text += *text == '.';
    for (; ascii_is_digit((unsigned char)*text) && scale > 1; text++)
        n += (*text - '0') * (scale /= 10);
    *thousandths = negative ? -n : n;
    return n <= THRESHOLD_MOST * 1000 ? text : NULL;
}

bool options_match_set_threshold(struct options *options, const char *argument,
                                 struct diag *diag)
{
    int32_t *thresholds = options->match.thresholds;
    const char *rest = read_threshold(argument, &thresholds[0]);

    options->match.threshold_given = true;
    thresholds[1] = thresholds[0];
    if (rest && *rest == ',')
        rest = read_threshold(rest + 1, &thresholds[1]);
    if (rest && !*rest && thresholds[0] <= thresholds[1])
        return true;
    diag_trouble(diag, NULL,
                 "--threshold: expected a number from -1000 to 1000, or two with a comma "
                 "between, the lower one first, with at most three digits after the point, "
                 "not '%s'",
                 argument);
    return false;
}

const char *options_match_check(const struct options *options)
{
    const struct options_match *match = &options->match;
    size_t dashes = 0;

    for (size_t i = 0; i < options->file_count; i++)
        dashes += strcmp(options->files[i], "-") == 0;
    for (size_t i = 0; i < options->catalog_count; i++)
        if (options->catalogs[i].output)
            return "--catalog: expected NAME without FILE with --match: it writes no vectors";
    if (options->writer != &ndjson_writer && options->writer != &tsv_writer)
        return "--format: expected ndjson or tsv with --match";
    if (match->truth && match->index)
        return "--truth: expected no --index with it: an index does not have that member";
    if (options->file_count != 2 && !(options->file_count == 1 && match->index))
        return "--match: expected KNOWN and NEW, or only NEW with --index";
    return dashes > 1 ? "--match: standard input cannot be both KNOWN and NEW" : NULL;
}
