/*
 * unicode_data: what Unicode 15.0 says about one code point, or a pair.
 *
 * The properties that cannot change (decompositions, combining classes, folding) come from
 * utf8proc's functions for single code points. Which code points are assigned, and their general
 * categories, come from a table of our own, so that a newer library gives the same results.
 *
 * C is a scalar value everywhere.
 */
#ifndef WHORL_TEXT_UNICODE_DATA_H
#define WHORL_TEXT_UNICODE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/unicode.h"

#define UNICODE_DATA_NONE   UINT32_MAX /* no code point */
#define UNICODE_DATA_PIECES 32         /* room for what a code point becomes: at most 18 */

/* Is C assigned? Surrogates and private use count as assigned, noncharacters do not. */
bool unicode_data_assigned(uint32_t c);

/* Does FORM change no text in which this holds for every code point? True only for common ones;
 * false is always safe. */
bool unicode_data_inert(enum unicode_form form, uint32_t c);

/* The canonical combining class; 0 for a starter. */
unsigned unicode_data_class(uint32_t c);

/* Write the full canonical decomposition of the assigned C at PIECES, which has room for
 * UNICODE_DATA_PIECES. Returns the number of code points, at least 1. MAPPING is 0 or one of
 * these. */
#define UNICODE_DATA_COMPAT 1 /* the compatibility decomposition */
#define UNICODE_DATA_FOLD   2 /* the decomposition of the full case folding of C */
size_t unicode_data_decompose(int mapping, uint32_t c, uint32_t *pieces);

/* The primary composite of A and B, also for Hangul; UNICODE_DATA_NONE if they have no composite. */
uint32_t unicode_data_compose(uint32_t a, uint32_t b);

/* The simple lower case of C; C if it has none. */
uint32_t unicode_data_lower(uint32_t c);

/* The ASCII digit for a C of category Nd; else C. */
uint32_t unicode_data_digit(uint32_t c);

/* Is C of category Cc, Cf, Zl or Zp? */
bool unicode_data_control(uint32_t c);

/* The number of terminal columns that C takes: 2 if it is wide (UAX #11), 0 for a mark. It may
 * differ between versions of the library: no hash depends on it. */
unsigned unicode_data_width(uint32_t c);

#endif
