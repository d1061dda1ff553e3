/*
 * row_input: a file of output, read row by row, whatever its format and compression.
 */
#ifndef WHORL_FORMAT_ROW_INPUT_H
#define WHORL_FORMAT_ROW_INPUT_H

#include "stream/window.h"

struct binary_reader;
struct ndjson_read_plan;
struct ndjson_reader;
struct row;
struct row_names;

/* The result of one reading, to see whether the next one has the same. */
struct row_reading {
    uint64_t rows;   /* damaged ones too */
    uint64_t lines;  /* that have begun */
    uint64_t digest; /* of the rows and of the faults, in their order */
    /* What ended the reading early, and where; null if nothing did. */
    const char *what;
    uint64_t line, column;
};

struct row_input {
    const char *path; /* null before it is opened */
    struct window window;
    struct ndjson_reader *ndjson;
    struct binary_reader *binary;
    bool known;     /* the format is known: */
    bool is_binary; /* it is binary */
    bool ended;
    bool useless;   /* a fault ended the reading before the first row */
    bool no_memory; /* memory ran out, which ended the reading */
    uint64_t given; /* rows so far */
    struct row_reading now, first;
    bool repeated;  /* this is the second reading: faults of the first are not reported again */
    bool new_fault; /* the second reading has reported a fault that the first did not */
    size_t scanned; /* bytes of the window that have no LF */
    size_t taken;   /* bytes of the last row, which are still in the window */
    /* Report WHAT is wrong at LINE and COLUMN of the file; of a binary file at row LINE, and
     * COLUMN is 0. */
    void (*tell)(void *context, const struct row_input *input, uint64_t line, uint64_t column,
                 const char *what);
    void *context;
};

/* Open PATH ("-": standard input): lines are read by PLAN, and NAMES are for binary rows. Faults
 * go to TELL with CONTEXT, which are set before. If DIRECTORY is not null, row_input_again() is
 * possible: of a pipe, which cannot be read twice, a copy is kept in a file there. False after the
 * fault was reported. row_input_close() must follow in either case. */
bool row_input_open(struct row_input *input, const char *path,
                    const struct ndjson_read_plan *plan, const struct row_names *names,
                    int windows, const char *directory) __attribute__((warn_unused_result));
void row_input_close(struct row_input *input);

/* The next row, which stays until the next call. False at the end, or after a fault that ends
 * the reading. */
bool row_input_next(struct row_input *input, struct row *row)
    __attribute__((warn_unused_result));

/* Begin again. False, after the fault was reported, if that is not possible. */
bool row_input_again(struct row_input *input) __attribute__((warn_unused_result));

/* Both readings have ended: did they have the same result? False after that was reported. */
bool row_input_same(struct row_input *input) __attribute__((warn_unused_result));

#endif
