/*
 * diff_input: a file of output, read row by row, whatever its format and compression.
 */
#ifndef WHORL_DIFF_INPUT_H
#define WHORL_DIFF_INPUT_H

#include "stream/window.h"

struct binary_reader;
struct ndjson_read_plan;
struct ndjson_reader;
struct row;
struct row_fault;

/* What one reading came to, to see whether the next one comes to the same. */
struct diff_reading {
    uint64_t rows;   /* damaged ones too */
    uint64_t lines;  /* that have begun */
    uint64_t digest; /* of the rows and of what was wrong, in their order */
    /* What ended it early, null for nothing, and where. */
    const char *what;
    uint64_t line, column;
};

struct diff_input {
    const char *path; /* null before it is opened */
    struct window window;
    struct ndjson_reader *ndjson;
    struct binary_reader *binary;
    bool known; /* which format it is: */
    bool is_binary;
    bool ended;
    bool useless;   /* it is no output, or not of a kind that can be compared */
    uint64_t given; /* rows so far */
    struct diff_reading now, first;
    bool repeated;  /* this is the second reading: what the first one told is not told again, */
    bool told;      /* but something else was */
    size_t scanned; /* bytes of the window that are known to hold no LF */
    size_t taken;   /* bytes of the row given last, which are still in the window */
    /* Something is wrong at LINE and COLUMN of the file; of binary files, at row LINE, and
     * COLUMN is 0. */
    void (*tell)(void *context, const struct diff_input *input, uint64_t line, uint64_t column,
                 const char *what);
    void *context;
};

/* Open PATH ("-": standard input). What is told goes to TELL with CONTEXT. If DIRECTORY is not
 * null, diff_input_again() will be possible: of what cannot be read twice, a pipe, a copy is
 * kept in a file there. False after it was told that it cannot be opened. diff_input_close()
 * must follow in either case. */
bool diff_input_open(struct diff_input *input, const char *path,
                     const struct ndjson_read_plan *plan, struct span by, int windows,
                     const char *directory) __attribute__((warn_unused_result));
void diff_input_close(struct diff_input *input);

/* The next row, which stays until the next call. False at the end, or if there is no use in
 * going on. */
bool diff_input_next(struct diff_input *input, struct row *row)
    __attribute__((warn_unused_result));

/* Begin again. False, after it was told, if that cannot be. */
bool diff_input_again(struct diff_input *input) __attribute__((warn_unused_result));

/* Both readings have ended: did they come to the same? If not that was told. */
bool diff_input_same(struct diff_input *input) __attribute__((warn_unused_result));

#endif
