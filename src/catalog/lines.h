/*
 * catalog_lines: a catalog's text as lines of cells, each cell with its offset.
 */
#ifndef WHORL_CATALOG_LINES_H
#define WHORL_CATALOG_LINES_H

#include "base/span.h"

struct fault;

#define LINE_CELLS 64

struct cell {
    struct span text;
    size_t offset; /* of its first byte in the catalog's text */
};

/* A line that is neither blank nor a comment. */
struct line {
    struct cell cells[LINE_CELLS];
    size_t count;  /* at least 1; 0 after the last line */
    size_t number; /* 1-based */
    size_t offset; /* of its first byte in the catalog's text */
};

struct lines {
    struct span text; /* all of it */
    size_t at;        /* where the next line begins */
    size_t number;    /* of the line read last */
};

/* Cut the next line into the cells of *LINE at its tabs; line->count is 0 at the end of the
 * text. FAULT_NONE, or STATUS_INVALID at an offset in the text. */
struct fault lines_next(struct lines *lines, struct line *line)
    __attribute__((warn_unused_result));

#endif
