#include "config.h"

#include <string.h>

#include "base/buf.h"
#include "cmd/options_row.h"
#include "describe/describe.h"
#include "format/writer.h"

bool options_describe_set(struct options *options, const char *argument, struct diag *diag)
{
    (void)diag;
    options->mode = OPTIONS_DESCRIBE;
    options->describe = argument;
    return true;
}

/* Append WORD to the alternatives OUT, after a comma, or after "or" if it is the LAST of several. */
static void put_alternative(struct buf *out, const char *word, bool last)
{
    buf_puts(out, !out->n ? "" : last ? " or " : ", ");
    buf_puts(out, word);
}

/* Append the names of all descriptions. */
static void put_described(struct buf *out)
{
    const struct describe_form *forms = describe_forms;
    const char *name = NULL;

    for (size_t i = 0; i < describe_form_count; i++) {
        if (name && strcmp(name, forms[i].name) != 0)
            put_alternative(out, name, false);
        name = forms[i].name;
    }
    put_alternative(out, name, true);
}

/* Append the formats that the description NAME is made of: "--format=ndjson or --format=tsv". None
 * if there is no such description. */
static void put_described_formats(struct buf *out, const char *name)
{
    const struct describe_form *forms = describe_forms;
    size_t left = 0;

    for (size_t i = 0; i < describe_form_count; i++)
        left += strcmp(forms[i].name, name) == 0;
    for (size_t i = 0; i < describe_form_count; i++)
        if (strcmp(forms[i].name, name) == 0) {
            put_alternative(out, "--format=", --left == 0);
            buf_puts(out, forms[i].format);
        }
}

/* Is there a description by this name, of this format? */
static bool check_form(const struct options *options, struct diag *diag)
{
    const char *name = options->describe;
    struct buf formats = BUF_EMPTY, names = BUF_EMPTY;

    if (describe_find(name, options->writer->name))
        return true;
    put_described_formats(&formats, name);
    put_described(&names);
    if (formats.failed || names.failed)
        diag_no_memory(diag);
    else if (formats.n)
        diag_trouble(diag, NULL, "--describe=%s: expected %.*s with it", name, (int)formats.n,
                     (const char *)formats.p);
    else
        diag_trouble(diag, NULL, "--describe: expected %.*s, not '%s'", (int)names.n,
                     (const char *)names.p, name);
    buf_free(&formats);
    buf_free(&names);
    return false;
}

bool options_describe_check(const struct options *options, struct diag *diag)
{
    const char *wrong = NULL;

    if (options->mode != OPTIONS_DESCRIBE || options->action != OPTIONS_RUN)
        return true;
    if (options->file_count)
        wrong = "--describe: expected no FILE with it: it reads no records";
    else if (options->catalog_count > 1)
        wrong = "--describe: expected at most one --catalog: each has an output of its own";
    else if (options->catalogs[0].output)
        wrong = "--catalog: expected NAME without FILE with --describe: it writes no vectors";
    if (wrong)
        diag_trouble(diag, NULL, "%s", wrong);
    return !wrong && check_form(options, diag);
}
