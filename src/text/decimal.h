/*
 * decimal: doubles against decimal numbers, exactly.
 *
 * The multiples of 0.1 are no doubles: dividing, rounding and multiplying back rounds three
 * times, and errs where the quotient is close to a half. Here the double's binary value is
 * compared with the decimal boundary itself, in integers.
 */
#ifndef WHORL_TEXT_DECIMAL_H
#define WHORL_TEXT_DECIMAL_H

#include <stdint.h>

#include "base/span.h"

/* A number above 0 as it is written: DIGITS * 10^EXPONENT. */
struct decimal_unit {
    uint64_t digits; /* not 0, below 10^DECIMAL_DIGITS */
    int exponent;
    double nearest; /* the double nearest to it */
};

#define DECIMAL_DIGITS 17     /* at most, without zeros at either end */
#define DECIMAL_LEAST  (-300) /* 10 to this, so that `nearest` has its full precision */

/* Read TEXT. False if it is no JSON number, is below 10^DECIMAL_LEAST or out of a double's
 * range, or has more than DECIMAL_DIGITS digits. */
bool decimal_read(struct decimal_unit *d, struct span text) __attribute__((warn_unused_result));

/* The finite X to the nearest multiple of UNIT, ties toward +infinity, then to the nearest
 * double. If that is not finite, X. Never -0. */
double decimal_round(double x, const struct decimal_unit *unit);

/* The finite X to the nearest float32 (ties to even), then the double nearest to the decimal
 * of fewest digits that reads back as that float32, the closest to it among those. If the
 * float32 is not finite, X. Never -0. */
double decimal_float32(double x);

#endif
