/*
 * literal: what a catalog consists of, as initializers of C on stdout.
 *
 * All are constant expressions for an object of static storage: what is pointed to is a
 * compound literal in its place. The same values give the same bytes on every machine.
 */
#ifndef WHORL_EMBED_LITERAL_H
#define WHORL_EMBED_LITERAL_H

#include <stdint.h>

#include "base/span.h"

struct normalizer;
struct pointer;
struct value;

/* The macro that spans are written by: once, before them. */
void literal_begin(void);

/* TEXT as a string, in lines. */
void literal_string(struct span text);

/* COUNT numbers, in lines, a comma after each. */
void literal_numbers(const uint32_t *items, size_t count);

/* An initializer of each; of an array a pointer to its first element, null if it is empty. */
void literal_span(struct span span);
void literal_spans(const struct span *items, size_t count);
void literal_pointer(const struct pointer *pointer);
void literal_value(const struct value *value);
void literal_pipeline(const struct normalizer *pipeline);

#endif
