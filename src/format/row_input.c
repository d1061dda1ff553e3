#include "config.h"

#include "format/row_input.h"

#include "base/quota.h"
#include "format/binary_read.h"
#include "format/ndjson_read.h"
#include "stream/split.h"
#include "text/hash.h"

#define LINE_MOST ((size_t)1 << 26)

/* SOME is part of what this reading has read. */
static void add_to_digest(struct row_input *input, struct span some)
{
    input->now.digest = hash_seeded(some, input->now.digest);
}

static void digest_fault(struct row_input *input, uint64_t line, uint64_t column,
                         const char *what)
{
    const uint64_t where[] = {line, column};

    add_to_digest(input, span_of(where, sizeof where));
    add_to_digest(input, span_text(what));
}

/* A row or line is damaged. The second reading does not report it again: its digest shows
 * whether it found the same. */
static void report_damage(struct row_input *input, uint64_t line, uint64_t column,
                          const char *what)
{
    digest_fault(input, line, column, what);
    if (!input->repeated)
        input->tell(input->context, input, line, column, what);
}

/* The reading ends before the file does. The second one reports it only if the first one did
 * not end in the same way. */
static void end_early(struct row_input *input, uint64_t line, uint64_t column,
                      const char *what)
{
    const struct row_reading *first = &input->first;

    digest_fault(input, line, column, what);
    input->now.what = what;
    input->now.line = line;
    input->now.column = column;
    if (!input->repeated || !first->what || strcmp(first->what, what) != 0 ||
        first->line != line || first->column != column) {
        input->tell(input->context, input, line, column, what);
        input->new_fault |= input->repeated;
    }
    input->ended = true;
}

/* The reading cannot go on. */
static void stop_reading(struct row_input *input, uint64_t line, uint64_t column,
                         const char *what)
{
    end_early(input, line, column, what);
    input->useless |= !input->given;
}

/* Report WHAT is wrong with the whole file. */
static bool refuse_file(struct row_input *input, const char *what)
{
    stop_reading(input, 0, 0, what);
    return false;
}

static void report_fault(struct row_input *input, uint64_t line, uint64_t column,
                         const struct fault *fault)
{
    input->no_memory |= fault->status == STATUS_NO_MEMORY;
    if (fault_is_final(*fault))
        stop_reading(input, line, column, fault_text(*fault));
    else
        report_damage(input, line, column, fault_text(*fault));
}

bool row_input_open(struct row_input *input, const char *path,
                    const struct ndjson_read_plan *plan, const struct row_names *names,
                    int windows, const char *directory)
{
    input->path = path;
    input->ndjson = ndjson_reader_new(plan);
    input->binary = binary_reader_new(names, plan->seed, plan->quota);
    if (!window_init(&input->window, windows) || !input->ndjson || !input->binary)
        return refuse_file(input, fault_text(quota_fault(plan->quota)));
    int error = window_open(&input->window, path, directory);
    return error ? refuse_file(input, strerror(error)) : true;
}

void row_input_close(struct row_input *input)
{
    if (input->path)
        window_free(&input->window);
    ndjson_reader_free(input->ndjson);
    binary_reader_free(input->binary);
}

bool row_input_again(struct row_input *input)
{
    if (!window_again(&input->window))
        return refuse_file(input,
                           "an id occurs twice, so this must be read twice, which it cannot "
                           "be: expected a file, or room for a copy in $TMPDIR");
    binary_reader_reset(input->binary);
    input->known = input->ended = false;
    input->taken = input->scanned = 0;
    input->first = input->now;
    input->now = (struct row_reading){.rows = 0};
    input->repeated = true;
    return true;
}

bool row_input_same(struct row_input *input)
{
    const struct row_reading *now = &input->now, *first = &input->first;

    if (input->new_fault)
        return false;
    if (now->rows == first->rows && now->lines == first->lines && now->digest == first->digest)
        return true;
    return refuse_file(input, "the file has changed while it was read");
}

/* Read more. False at the end. */
static bool fill_window(struct row_input *input)
{
    if (input->window.ended)
        return false;
    struct fault fault = window_fill(&input->window);
    input->no_memory |= fault.status == STATUS_NO_MEMORY;
    return fault.status == STATUS_OK || refuse_file(input, fault_text(fault));
}

/* The last row is no longer needed. */
static void take_last(struct row_input *input)
{
    window_take(&input->window, input->taken);
    input->taken = 0;
}

/* Are BYTES, the beginning of an input, lines of JSON, or blank lines only? */
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

/* Find out the format. False, after a report, if it is not one of whorl. */
static bool recognize_format(struct row_input *input)
{
    struct span have = window_have(&input->window);

    while (have.n < 8 && fill_window(input))
        have = window_have(&input->window);
    if (input->ended)
        return false;
    input->known = true;
    input->is_binary = binary_reader_knows(have);
    if (input->is_binary || has_lines(have))
        return true;
    return refuse_file(input, "no NDJSON or binary output of whorl: expected lines of JSON, or "
                              "binary rows with their header (not --no-header)");
}

/* The next line with its LF, if it has one. It stays in the window. False at the end, or after
 * a fault. */
static bool find_line(struct row_input *input, struct span *line)
{
    while (!input->ended) {
        struct span have = window_have(&input->window);
        const unsigned char *lf = NULL;
        if (have.n > input->scanned)
            lf = memchr(have.p + input->scanned, '\n', have.n - input->scanned);
        size_t n = lf ? (size_t)(lf - have.p) + 1 : have.n;
        if (n > LINE_MOST)
            return refuse_file(input, "a line is longer than 64 MiB, which no output is");
        if (lf || (input->window.ended && n)) {
            *line = span_cut(have, 0, n);
            input->scanned = 0;
            input->now.lines++;
            return true;
        }
        input->scanned = have.n;
        if (!fill_window(input))
            input->ended = true;
    }
    return false;
}

/* The next line that is a row. */
static bool next_line(struct row_input *input, struct row *row)
{
    struct split_line line;
    struct span raw;

    for (take_last(input); find_line(input, &raw); take_last(input)) {
        input->taken = raw.n;
        split_cut(&line, raw, input->now.lines == 1);
        if (split_blanks(line.text) == line.text.n)
            continue;
        struct fault fault = ndjson_read(input->ndjson, line.text, row);
        add_to_digest(input, line.text);
        input->now.rows++;
        if (fault.status == STATUS_OK)
            return true;
        report_fault(input, input->now.lines, line.skipped + fault.offset + 1, &fault);
    }
    return false;
}

/* The next row of a binary file. */
static bool next_block(struct row_input *input, struct row *row)
{
    struct fault fault;
    size_t used, need;

    take_last(input);
    while (!input->ended) {
        struct span have = window_have(&input->window);
        switch (binary_read(input->binary, have, &used, &need, row, &fault)) {
        case BINARY_ROW:
            /* The row is in the window: its bytes are taken by the next call. */
            input->taken = used;
            input->now.rows++;
            return true;
        case BINARY_HUNGRY:
            /* These bytes are a header, or an end, which has a hash of the rows. */
            if (used)
                add_to_digest(input, span_cut(have, 0, used));
            window_take(&input->window, used);
            if (have.n - used >= need || fill_window(input) || input->ended)
                break;
            fault = binary_read_end(input->binary, have.n - used);
            if (fault.status != STATUS_OK)
                end_early(input, 0, 0, fault_text(fault));
            input->ended = true;
            break;
        case BINARY_FAULT:
            window_take(&input->window, used);
            report_fault(input, input->now.rows + 1, 0, &fault);
        }
    }
    return false;
}

bool row_input_next(struct row_input *input, struct row *row)
{
    if (input->ended || (!input->known && !recognize_format(input)))
        return false;
    if (!(input->is_binary ? next_block(input, row) : next_line(input, row)))
        return false;
    input->given++;
    return true;
}
