/*
 * splitmix64: SplitMix64 of Steele, Lea and Flood (2014): numbers as if random, the same in every
 * run and in survey-model.py.
 */
#ifndef WHORL_TESTS_SPLITMIX64_H
#define WHORL_TESTS_SPLITMIX64_H

#include <stdint.h>

/* The next number of the generator that began with the seed *STATE. */
static inline uint64_t splitmix64(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15u;

    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

#endif
