/*
 * catalog_lines: a catalog's text as lines of cells, each cell with its column.
 */
#ifndef WHORL_CATALOG_LINES_H
#define WHORL_CATALOG_LINES_H

#include "base/span.h"

#define LINE_CELLS 64

struct cell {
    struct span text;
    size_t column; /* of its first byte, 1-based */
};

/* A line that is neither blank nor a comment. */
struct line {
    struct cell cells[LINE_CELLS];
    size_t count;  /* at least 1 */
    size_t number; /* 1-based */
};

struct lines {
    struct span text; /* all of it */
    size_t at;        /* where the next line begins */
    size_t number;    /* of the line read last */
};

/* Cut the next line into cells at its tabs. 1 and *LINE filled; 0 at the end of the text; -1
 * if the line is wrong: then line->number, line->cells[0].column and *EXPECTED say why. */
int lines_next(struct lines *lines, struct line *line, const char **expected);

#endif
