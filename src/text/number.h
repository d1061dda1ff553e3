/*
 * number: from JSON number text to double, and decimal rounding of doubles.
 *
 * Exact in every locale: whorl never calls setlocale(). Rounding decides by the exact binary value,
 * never by a product that was already rounded.
 */
#ifndef WHORL_TEXT_NUMBER_H
#define WHORL_TEXT_NUMBER_H

#include <stdint.h>

#include "base/span.h"

/* The longest text that jcs_number() and dtoa write. */
#define NUMBER_TEXT_MAX 32

/* Is all of S one number by the grammar of RFC 8259 section 6? */
bool number_is_json(struct span s);

/* Is the JSON number S written as jcs_number() writes it? True only for numbers of at most 15
 * digits, for which it is quickly decided. */
bool number_is_canonical(struct span s);

/* The double nearest to the JSON number S (ties to even), which number_is_json() must
 * accept; -0 reads as 0, underflow as 0, overflow as infinity. Linear in S. */
double number_parse(struct span s);

/* The integer value of the JSON number S, to the last digit: 1.50e1 is 15. False if S is not an
 * integer or its magnitude is above UINT64_MAX. Linear in S. */
bool number_integer(struct span s, bool *negative, uint64_t *magnitude);

/* X rounded to the nearest multiple of 10^-PLACES (0 to 15), ties toward +infinity, then to the
 * nearest double. If that is not finite, X. Never -0. */
double number_round(double x, int places);

/* X rounded to DIGITS (1 to 17) significant digits, in the same way as number_round(). */
double number_significant(double x, int digits);

#endif
