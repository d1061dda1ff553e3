/*
 * describe: the layout of an output, as the text that a program which reads it takes.
 *
 * Nothing here knows where a column is or which columns there are: that is in the arrays that the
 * output itself is made from, binary_layout.h and line_layout.h.
 */
#ifndef WHORL_DESCRIBE_DESCRIBE_H
#define WHORL_DESCRIBE_DESCRIBE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

struct arena;
struct arrow_layout;
struct binary_layout;
struct buf;
struct catalog;
struct line_layout;
struct writer;
struct writer_options;

/* What is described. */
struct describe_source {
    const struct writer *writer;
    const struct writer_options *options;
    const struct catalog *catalog;
    const struct binary_layout *rows; /* of binary output; else empty */
    const struct line_layout *lines;  /* of NDJSON or TSV; else empty */
    const struct arrow_layout *arrow; /* of an Arrow stream; else empty */
};

/* A description of one format of output. OUT says whether memory ran out. */
struct describe_form {
    const char *name;   /* in --describe */
    const char *format; /* in --format */
    bool is_table;      /* it must have a column */
    bool folds_case;    /* names of columns that differ only in the case of ASCII are the same */
    void (*put)(struct buf *out, const struct describe_source *source);
};

/* All of them; those of one name follow one another. */
extern const struct describe_form describe_forms[];
extern const size_t describe_form_count;

/* The description NAME of the format FORMAT; null without one. */
const struct describe_form *describe_find(const char *name, const char *format);

/* Append FORM of what the format's writer makes of CATALOG's vectors by OPTIONS. A fault if memory is
 * out, or if the columns cannot be those of such a table; then its text is in ARENA or constant. */
struct fault describe_put(struct buf *out, const struct describe_form *form,
                          const struct writer_options *options, const struct catalog *catalog,
                          struct arena *arena) __attribute__((warn_unused_result));

#endif
