/*
 * rounding: doubles compared with decimal numbers and rounded to them, exactly.
 *
 * Most multiples of 0.1 are not doubles: dividing, rounding and multiplying back rounds three
 * times, and is wrong where the quotient is close to a half. This module compares the double's
 * binary value with the decimal boundary itself, in integers.
 */
#ifndef WHORL_TEXT_ROUNDING_H
#define WHORL_TEXT_ROUNDING_H

#include <stdint.h>

#include "base/span.h"

/* A number above 0 as it is written: DIGITS * 10^EXPONENT. */
struct rounding_unit {
    uint64_t digits; /* not 0, below 10^ROUNDING_DIGITS */
    int exponent;
    double nearest; /* the double nearest to it */
};

#define ROUNDING_DIGITS 17     /* at most, without zeros at either end */
#define ROUNDING_LEAST  (-300) /* 10 to this power, so that `nearest` has full precision */

/* Read TEXT. False if it is no JSON number, is below 10^ROUNDING_LEAST or out of a double's
 * range, or has more than ROUNDING_DIGITS digits. */
bool rounding_read_unit(struct rounding_unit *d, struct span text)
    __attribute__((warn_unused_result));

/* The finite X rounded to the nearest multiple of UNIT, ties toward +infinity, then to the nearest
 * double. If that is not finite, X. Never -0. */
double rounding_to_unit(double x, const struct rounding_unit *unit);

/* Round the finite X to the nearest float32 (ties to even). The result is the double nearest to the
 * shortest decimal that reads back as that float32, the closest to it among equally short ones. If
 * the float32 is not finite, X. Never -0. */
double rounding_to_float32(double x);

#endif
