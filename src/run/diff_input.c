#include "config.h"

#include "run/diff_input.h"

#include "stream/split.h"

#define LINE_MOST ((size_t)1 << 26)

/* There is no use in going on. */
static void give_up(struct diff_input *input)
{
    input->ended = true;
    input->useless |= !input->given;
}

/* Tell, of the whole file, WHAT is wrong. */
static bool refuse(struct diff_input *input, const char *what)
{
    input->tell(input->context, input, 0, 0, what);
    give_up(input);
    return false;
}

bool diff_input_open(struct diff_input *input, const char *path,
                     const struct ndjson_read_plan *plan, struct span by, int windows,
                     const char *directory)
{
    input->path = path;
    input->ndjson = ndjson_reader_new(plan);
    input->binary = binary_reader_new(by, plan->seed);
    if (!window_init(&input->window, windows) || !input->ndjson || !input->binary)
        return refuse(input, "out of memory");
    int error = window_open(&input->window, path, directory);
    return error ? refuse(input, strerror(error)) : true;
}

void diff_input_close(struct diff_input *input)
{
    if (input->path)
        window_free(&input->window);
    ndjson_reader_free(input->ndjson);
    binary_reader_free(input->binary);
}

bool diff_input_again(struct diff_input *input)
{
    if (!window_again(&input->window))
        return refuse(input, "an id occurs twice, so this must be read twice, which it cannot "
                             "be: expected a file, or room for a copy in $TMPDIR");
    binary_reader_reset(input->binary);
    input->known = input->ended = false;
    input->rows = input->lines = 0;
    input->taken = input->scanned = 0;
    return true;
}

/* Read more. False at the end. */
static bool fill(struct diff_input *input)
{
    if (input->window.ended)
        return false;
    const char *what = window_fill(&input->window);
    return what ? refuse(input, what) : true;
}

/* The row given last is done with. */
static void take_last(struct diff_input *input)
{
    window_take(&input->window, input->taken);
    input->taken = 0;
}

/* Does an input that begins with BYTES have lines of JSON, or none that are not blank? */
static bool has_lines(struct span bytes)
{
    struct split_line line;
    size_t at = 0;

    split_cut(&line, bytes, true);
    while (at < line.text.n) {
        size_t blanks = split_blanks(span_cut(line.text, at, line.text.n));
        at += blanks;
        if (at < line.text.n && line.text.p[at] != '\n')
            return line.text.p[at] == '{';
        at++;
    }
    return true;
}

/* Which format is it? False if it is none. */
static bool recognise(struct diff_input *input)
{
    struct span have = window_have(&input->window);

    while (have.n < 8 && fill(input))
        have = window_have(&input->window);
    if (input->ended)
        return false;
    input->known = true;
    input->is_binary = binary_reader_knows(have);
    if (input->is_binary || has_lines(have))
        return true;
    return refuse(input, "no output of whorl: expected lines of JSON, or binary rows with "
                         "their header (not --no-header)");
}

/* The next line with its LF, if it has one; it stays in the window. False if there is none, or
 * none that is whole. */
static bool find_line(struct diff_input *input, struct span *line)
{
    while (!input->ended) {
        struct span have = window_have(&input->window);
        const unsigned char *lf = NULL;
        if (have.n > input->scanned)
            lf = memchr(have.p + input->scanned, '\n', have.n - input->scanned);
        size_t n = lf ? (size_t)(lf - have.p) + 1 : have.n;
        if (n > LINE_MOST)
            return refuse(input, "a line is longer than 64 MiB, which no output is");
        if (lf || (input->window.ended && n)) {
            *line = span_cut(have, 0, n);
            input->scanned = 0;
            input->lines++;
            return true;
        }
        input->scanned = have.n;
        if (!fill(input))
            input->ended = true;
    }
    return false;
}

/* The next line that is a row. */
static bool next_line(struct diff_input *input, struct row *row)
{
    struct split_line line;
    struct span raw;

    for (take_last(input); find_line(input, &raw); take_last(input)) {
        input->taken = raw.n;
        split_cut(&line, raw, input->lines == 1);
        if (split_blanks(line.text) == line.text.n)
            continue;
        struct row_fault fault = ndjson_read(input->ndjson, line.text, row);
        input->rows++;
        if (!fault.what)
            return true;
        input->tell(input->context, input, input->lines, line.skipped + fault.offset + 1,
                    fault.what);
        if (fault.fatal)
            give_up(input);
    }
    return false;
}

/* The next row of a binary file. */
static bool next_block(struct diff_input *input, struct row *row)
{
    struct row_fault fault;
    size_t used, need;

    take_last(input);
    while (!input->ended) {
        struct span have = window_have(&input->window);
        switch (binary_read(input->binary, have, &used, &need, row, &fault)) {
        case BINARY_ROW:
            /* It is in the window: its bytes are taken when the next one is asked for. */
            input->taken = used;
            input->rows++;
            return true;
        case BINARY_HUNGRY:
            window_take(&input->window, used);
            if (have.n - used >= need || fill(input) || input->ended)
                break;
            fault = binary_read_end(input->binary, have.n - used);
            if (fault.what)
                input->tell(input->context, input, 0, 0, fault.what);
            input->ended = true;
            break;
        case BINARY_FAULT:
            window_take(&input->window, used);
            input->tell(input->context, input, input->rows + 1, 0, fault.what);
            if (fault.fatal)
                give_up(input);
        }
    }
    return false;
}

bool diff_input_next(struct diff_input *input, struct row *row)
{
    if (input->ended || (!input->known && !recognise(input)))
        return false;
    if (!(input->is_binary ? next_block(input, row) : next_line(input, row)))
        return false;
    input->given++;
    return true;
}
