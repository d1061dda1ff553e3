/*
 * number: JSON number text to double, and decimal rounding of doubles.
 *
 * Exact under every locale: whorl never calls setlocale(), and rounding decides on the
 * exact binary value, never on a product that was rounded already.
 */
#ifndef WHORL_TEXT_NUMBER_H
#define WHORL_TEXT_NUMBER_H

#include <stdint.h>

#include "base/span.h"

/* Longest text that jcs_number() and dtoa write. */
#define NUMBER_TEXT_MAX 32

/* Does S follow the number grammar of RFC 8259 section 6, whole? */
bool number_is_json(struct span s);

/* Is the JSON number S, as it is written, what jcs_number() makes of it? Only if that is seen
 * at first sight, of at most 15 digits. */
bool number_is_canonical(struct span s);

/* The double nearest to the JSON number S (ties to even), which number_is_json() must
 * accept; -0 reads as 0, underflow as 0, overflow as infinity. Linear in S. */
double number_parse(struct span s);

/* The integer that the JSON number S is, to the last digit: 1.50e1 is 15. False if it is none
 * or its magnitude is above UINT64_MAX. Linear in S. */
bool number_integer(struct span s, bool *negative, uint64_t *magnitude);

/* X to the nearest multiple of 10^-PLACES (0 to 15), ties toward +infinity, then to the
 * nearest double. If that is not finite, X. Never -0. */
double number_round(double x, int places);

/* X to DIGITS (1 to 17) significant digits, as number_round(). */
double number_significant(double x, int digits);

#endif
