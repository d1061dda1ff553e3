/*
 * repeat: finds the first of some texts that equals an earlier one.
 */
#ifndef WHORL_BASE_REPEAT_H
#define WHORL_BASE_REPEAT_H

#include <stdint.h>

#include "base/span.h"

struct arena;

#define REPEAT_NONE SIZE_MAX

struct repeat {
    size_t at; /* the number of the first text that equals an earlier one; or REPEAT_NONE */
    size_t earlier; /* the number of that earlier one */
};

/* Look for it among the COUNT TEXTS, by O(n log n) comparisons. Scratch memory is taken from
 * ARENA and given back. False when memory is out. */
bool repeat_find(struct repeat *repeat, const struct span *texts, size_t count,
                 struct arena *arena) __attribute__((warn_unused_result));

#endif
