#include "config.h"

#include "cmd/inputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_SIZE (2 * INPUTS_NAME_MOST)

bool inputs_open(struct inputs *inputs, const struct options *options,
                 const struct signal_wait *signal_wait, struct diag *diag)
{
    const char *from = options->files0_from;

    *inputs = (struct inputs){.options = options, .source.fd = -1};
    if (!from)
        return true;
    inputs->text = malloc(TEXT_SIZE);
    int error = inputs->text ? source_open(&inputs->source, from) : ENOMEM;
    inputs->source.signal_wait = signal_wait;
    return diag_check(diag, from, error);
}

void inputs_free(struct inputs *inputs)
{
    source_close(&inputs->source);
    free(inputs->text);
    inputs->text = NULL;
}

/* Read more of the file of names. INPUTS_NAME if that is done, or it is at its end. */
static enum inputs_event read_more_names(struct inputs *inputs, bool wait)
{
    inputs->n -= inputs->at;
    memmove(inputs->text, inputs->text + inputs->at, inputs->n);
    inputs->at = 0;
    inputs->source.nonblocking = !wait;
    ssize_t got =
        source_read(&inputs->source, inputs->text + inputs->n, TEXT_SIZE - inputs->n);
    if (got < 0 && errno == EAGAIN && !wait)
        return INPUTS_WAIT;
    if (got < 0) {
        snprintf(inputs->fault, sizeof inputs->fault, "%s", strerror(errno));
        inputs->ended = true;
        return INPUTS_FAULT;
    }
    inputs->ended = got == 0;
    inputs->n += (size_t)got;
    return INPUTS_NAME;
}

/* Where the name that begins at `at` ends, if it is there: at its NUL, or with the file. */
static const unsigned char *find_end(const struct inputs *inputs)
{
    const unsigned char *name = inputs->text + inputs->at;
    size_t n = inputs->n - inputs->at;
    const unsigned char *end = n ? memchr(name, '\0', n) : NULL;

    return end || !inputs->ended || !n ? end : name + n;
}

/* The name of N bytes at TEXT, checked and copied. */
static enum inputs_event copy_name(struct inputs *inputs, const unsigned char *text, size_t n,
                                   char **name)
{
    const char *wrong = NULL;

    inputs->number++;
    if (n == 0)
        wrong = "expected the name of a file, not an empty one";
    else if (n == 1 && *text == '-' && strcmp(inputs->options->files0_from, "-") == 0)
        wrong = "standard input has the names, so it cannot be one of them";
    if (wrong)
        snprintf(inputs->fault, sizeof inputs->fault, "name %llu: %s",
                 (unsigned long long)inputs->number, wrong);
    else if (!(*name = strndup((const char *)text, n)))
        snprintf(inputs->fault, sizeof inputs->fault, "%s", strerror(ENOMEM));
    else
        return INPUTS_NAME;
    inputs->ended = true;
    inputs->at = inputs->n;
    return INPUTS_FAULT;
}

/* The next name of the file of names. */
static enum inputs_event next_listed(struct inputs *inputs, bool wait, char **name)
{
    enum inputs_event event = INPUTS_NAME;

    for (;;) {
        const unsigned char *text = inputs->text + inputs->at, *end = find_end(inputs);
        size_t n = (size_t)((end ? end : inputs->text + inputs->n) - text);
        bool skipped = inputs->skipping, cut = n > INPUTS_NAME_MOST;
        if (skipped || cut || end) {
            inputs->at = end && end < inputs->text + inputs->n
                             ? (size_t)(end + 1 - inputs->text)
                             : inputs->n;
            inputs->skipping = !end;
        }
        if (!skipped && (cut || end))
            return copy_name(inputs, text, cut ? INPUTS_NAME_MOST : n, name);
        if (skipped && end)
            continue;
        if (inputs->ended)
            return INPUTS_END;
        event = read_more_names(inputs, wait);
        if (event != INPUTS_NAME)
            return event;
    }
}

enum inputs_event inputs_next(struct inputs *inputs, bool wait, char **name)
{
    const struct options *options = inputs->options;

    if (options->files0_from)
        return next_listed(inputs, wait, name);
    if (inputs->next == options->file_count)
        return INPUTS_END;
    *name = strdup(options->files[inputs->next++]);
    if (*name)
        return INPUTS_NAME;
    snprintf(inputs->fault, sizeof inputs->fault, "%s", strerror(ENOMEM));
    inputs->next = options->file_count;
    return INPUTS_FAULT;
}

bool inputs_ready(const struct inputs *inputs)
{
    if (!inputs->options->files0_from)
        return inputs->next < inputs->options->file_count;
    return !inputs->skipping && find_end(inputs) != NULL;
}
