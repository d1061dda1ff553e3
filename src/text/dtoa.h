/*
 * dtoa: the shortest decimal digits that read back as a double.
 *
 * Schubfach: Raffaello Giulietti, "The Schubfach way to render doubles" (2020). "The first
 * %.Ne that reads back" is refused: it is 100 times slower, and wrong for 46 powers of two,
 * such as 2^-24.
 */
#ifndef WHORL_TEXT_DTOA_H
#define WHORL_TEXT_DTOA_H

#include <stdint.h>

/* DIGITS * 10^EXPONENT; DIGITS has at most 17 digits and does not end in 0 unless it is 0. */
struct decimal {
    uint64_t digits;
    int exponent;
};

/* The decimal of fewest digits in the rounding interval of X, the closest to X among those,
 * the even one among equals (ECMAScript Number::toString). X must be finite and >= 0. */
struct decimal dtoa_shortest(double x);

#endif
