/*
 * dtoa: the shortest decimal digits that read back as a double, and back.
 *
 * Schubfach: Raffaello Giulietti, "The Schubfach way to render doubles" (2020). "The first
 * %.Ne that reads back" is refused: it is 100 times slower, and wrong for 46 powers of two,
 * such as 2^-24.
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

/* The decimal of fewest digits in the rounding interval of X, the closest to X among those,
 * the even one among equals (ECMAScript Number::toString): at most 17, the last of them not 0
 * unless X is. X must be finite and >= 0. */
struct decimal dtoa_shortest(double x);

/* The double nearest to D, whose digits may be any, into *X; false if 128 bits of a power of
 * ten do not tell which it is, as at and close to ties, or if it is not sure to be a normal
 * one. */
bool dtoa_nearest(struct decimal d, double *x);

#endif
