/*
 * advice: what is wrong with a line whose cells are not as they must be, and what to do. Private to
 * the stages of the compiler.
 *
 * Each function refuses the line for the mistake that it looks like, at its place: spaces in place
 * of a tab, a cell that is empty because there are two tabs, a cell that is missing or one too many.
 * It is called only for a line that is wrong in any case, so no right line depends on it.
 */
#ifndef WHORL_CATALOG_ADVICE_H
#define WHORL_CATALOG_ADVICE_H

#include <stdbool.h>
#include <stddef.h>

struct draft;
struct line;
struct nearest;

/* LINE is a row of too few or too many cells. Returns false. */
bool advice_row(struct draft *draft, const struct line *line);

/* LINE is a directive, whose cells FORM shows, and has too few cells, or more than MOST. Returns
 * false. */
bool advice_directive(struct draft *draft, const struct line *line, size_t most,
                      const char *form);

/* The first cell of LINE is no directive. If it begins with NAME, a directive whose cells FORM
 * shows, and a space, refuse it and return true. */
bool advice_spaced(struct draft *draft, const struct line *line, const char *name,
                   const char *form);

/* LINE is a row, and its cell number TIER is no tier. If the next cell is one, because a cell before
 * is empty, or if a cell before ends with one after a space, refuse the line for that and return
 * true. */
bool advice_shifted(struct draft *draft, const struct line *line, size_t tier);

/* Refuse CELL of LINE: "WHAT 'TEXT'", and the word that NEAREST has found for the cell's text.
 * Returns false. */
bool advice_unknown(struct draft *draft, const struct line *line, size_t cell, const char *what,
                    const struct nearest *nearest);

#endif
