/*
 * dtoa: from a double to the shortest decimal digits that read back as it, and from digits to a
 * double.
 *
 * Schubfach: Raffaello Giulietti, "The Schubfach way to render doubles" (2020). It does not take
 * the first %.Ne that reads back: that is 100 times slower, and wrong for 46 powers of two, such as
 * 2^-24.
 */
#ifndef WHORL_TEXT_DTOA_H
#define WHORL_TEXT_DTOA_H

#include <stdbool.h>
#include <stdint.h>

/* DIGITS * 10^EXPONENT. */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* The decimal of fewest digits in the rounding interval of X; of several the closest to X, of
 * equally close ones the even one (ECMAScript Number::toString). It has at most 17 digits, and the
 * last is not 0 unless X is 0. X must be finite and >= 0. */
struct decimal dtoa_shortest(double x);

/* Set *X to the double nearest to D, whose digits may be any. False if 128 bits of a power of ten
 * do not decide which double that is, as at and close to ties, or if it may not be a normal one. */
bool dtoa_nearest(struct decimal d, double *x);

#endif
