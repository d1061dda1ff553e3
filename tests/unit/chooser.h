/*
 * chooser: makes decisions from the bytes of a fuzzer, and after those from a generator of random
 * numbers. So the same chooser makes the same decisions everywhere.
 */
#ifndef WHORL_TESTS_CHOOSER_H
#define WHORL_TESTS_CHOOSER_H

#include <stdint.h>

struct chooser {
    const uint8_t *p, *end;
    uint64_t state;
};

/* One of 0 to N - 1. */
static inline uint32_t choose(struct chooser *c, uint32_t n)
{
    if (c->p < c->end) {
        c->state = c->state * 31 + *c->p;
        return *c->p++ % n;
    }
    c->state += 0x9E3779B97F4A7C15u; /* SplitMix64 */
    uint64_t x = c->state;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)((x ^ x >> 31) >> 16) % n;
}

#define CHOOSE(c, list) ((list)[choose(c, sizeof(list) / sizeof(list)[0])])

#endif
