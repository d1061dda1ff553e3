/*
 * unicode_data: what Unicode 15.0 says of one code point, or of a pair.
 *
 * The facts that cannot change (decompositions, combining classes, folding) are utf8proc's,
 * asked through its functions for single code points. Which code points are assigned, and
 * their general categories, are a table of our own, so that a newer library gives the same.
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
#define UNICODE_DATA_PIECES 32         /* room for what one becomes: at most 18 */

/* Is C assigned? Surrogates and private use are, noncharacters are not. */
bool unicode_data_assigned(uint32_t c);

/* Does FORM leave every text alone that has only such code points? Only for common ones;
 * false is always safe. */
bool unicode_data_inert(enum unicode_form form, uint32_t c);

/* The canonical combining class; 0 for a starter. */
unsigned unicode_data_class(uint32_t c);

/* Write the full canonical decomposition of the assigned C at PIECES, which has room for
 * UNICODE_DATA_PIECES; how many, at least 1. MAPPING is 0, or one of these. */
#define UNICODE_DATA_COMPAT 1 /* the compatibility decomposition */
#define UNICODE_DATA_FOLD   2 /* of the full case folding of C */
size_t unicode_data_decompose(int mapping, uint32_t c, uint32_t *pieces);

/* The primary composite of A and B, Hangul too, or UNICODE_DATA_NONE. */
uint32_t unicode_data_compose(uint32_t a, uint32_t b);

/* The simple lower case of C; C if it has none. */
uint32_t unicode_data_lower(uint32_t c);

/* The ASCII digit for a C of category Nd; else C. */
uint32_t unicode_data_digit(uint32_t c);

/* Is C of category Cc, Cf, Zl or Zp? */
bool unicode_data_control(uint32_t c);

/* How many columns of a terminal C takes: 2 if it is wide (UAX #11), 0 for a mark. As the
 * library has it, whatever its version: nothing that is hashed depends on it. */
unsigned unicode_data_width(uint32_t c);

#endif
