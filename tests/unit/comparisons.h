/*
 * comparisons: counts how often libwhorl compares bytes, which is the cost of a search. The linker
 * replaces the library's functions by these, with -Wl,--wrap=memcmp,--wrap=bcmp: clang turns one
 * into the other.
 */
#ifndef WHORL_TESTS_COMPARISONS_H
#define WHORL_TESTS_COMPARISONS_H

#include <stddef.h>

int __real_memcmp(const void *a, const void *b, size_t n);
int __wrap_memcmp(const void *a, const void *b, size_t n);
int __wrap_bcmp(const void *a, const void *b, size_t n);

static size_t comparisons;

int __wrap_memcmp(const void *a, const void *b, size_t n)
{
    comparisons++;
    return __real_memcmp(a, b, n);
}

int __wrap_bcmp(const void *a, const void *b, size_t n)
{
    return __wrap_memcmp(a, b, n);
}

#endif
