/*
 * normalize_compile: a pipeline of steps, read from text.
 *
 *     each(nfc squeeze) sort uniq
 *
 * Steps are separated by spaces; arguments are JSON texts or bare [A-Za-z0-9._-]+, separated by
 * commas, in parentheses directly after the name; each() holds a pipeline. Other spaces outside
 * strings do not count. A pipeline without steps changes nothing.
 */
#ifndef WHORL_STEPS_NORMALIZE_COMPILE_H
#define WHORL_STEPS_NORMALIZE_COMPILE_H

#include <stdint.h>

#include "base/span.h"

struct arena;
struct fault;
struct normalizer;

#define PIPELINE_DEPTH 4 /* each() within each() */

/* Bounds: the arguments of a step; and the sum, over a whole catalog, of steps, their arguments,
 * and the values in those. */
#define NORMALIZE_ARGUMENTS 4096
#define NORMALIZE_ITEMS     ((uint32_t)1 << 20)

/* Read TEXT into *PIPELINE, in ARENA; it must live as long as the pipeline. There may be *LEFT
 * steps and values in their arguments: those that were read are taken off. FAULT_NONE;
 * STATUS_NO_MEMORY; or STATUS_INVALID at the first wrong byte of TEXT, at its length if it ends
 * too early. The fault's text, "round: expected one whole number from 0 to 15", is constant or
 * in ARENA. */
struct fault normalize_compile(struct normalizer *pipeline, struct span text, uint32_t *left,
                               struct arena *arena) __attribute__((warn_unused_result));

#endif
