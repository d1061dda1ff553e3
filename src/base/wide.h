/*
 * wide: 128-bit numbers without a sign, by their two halves: for products that 64 bits do not
 * hold. Not all compilers have a type for them.
 */
#ifndef WHORL_BASE_WIDE_H
#define WHORL_BASE_WIDE_H

#include <stdint.h>

struct wide {
    uint64_t high, low; /* high * 2^64 + low */
};

/* A * B from products of 32-bit halves. */
static inline struct wide wide_product_by_halves(uint64_t a, uint64_t b)
{
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t low = a0 * b0, cross = a1 * b0 + (low >> 32), middle = a0 * b1 + (uint32_t)cross;

    return (struct wide){a1 * b1 + (cross >> 32) + (middle >> 32),
                         middle << 32 | (uint32_t)low};
}

/* A * B, by whichever is fastest. */
static inline struct wide wide_product(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    unsigned __int128 product = (unsigned __int128)a * b;

    return (struct wide){(uint64_t)(product >> 64), (uint64_t)product};
#else
    return wide_product_by_halves(a, b);
#endif
}

/* A + B, modulo 2^128. */
static inline struct wide wide_sum(struct wide a, struct wide b)
{
    uint64_t low = a.low + b.low;

    return (struct wide){a.high + b.high + (low < b.low), low};
}

/* A / DIVISOR, rounded down. DIVISOR is above A.high, so that 64 bits hold the quotient. Bit by
 * bit: not for what is done for each record. */
static inline uint64_t wide_quotient(struct wide a, uint64_t divisor)
{
    for (int i = 0; i < 64; i++) {
        uint64_t carry = a.high >> 63;
        a.high = a.high << 1 | a.low >> 63;
        a.low <<= 1;
        if (carry || a.high >= divisor) {
            a.high -= divisor;
            a.low |= 1;
        }
    }
    return a.low;
}

#endif
