/*
 * stringify: a JSON text as ECMAScript's JSON.stringify() writes what JSON.parse() reads of it.
 *
 * Unlike canonical text (RFC 8785), members stay in the order of the text, and an unpaired
 * surrogate stays an escape, \udxxx with lower-case digits. What libraries hash is made of this
 * text.
 *
 * One difference is left: ECMAScript moves names that are array indices, such as "7", to the front
 * of their object. So a text that it has written has them there already.
 */
#ifndef WHORL_JSON_STRINGIFY_H
#define WHORL_JSON_STRINGIFY_H

#include "base/span.h"

struct arena;
struct buf;
struct limits;
struct raw_cursor;

/* Append the valid JSON text TEXT so. It may become longer: 1e20 has 21 digits then. OUT says
 * whether memory ran out. */
void stringify_put(struct buf *out, struct span text);

/* The text of the value that CURSOR is at, which is passed. It is the value where it is, if that is
 * written so already, as libraries write it; or else a copy in ARENA; SPAN_FAILED when memory is
 * out. SCRATCH is overwritten. */
struct span stringify_value(struct raw_cursor *cursor, struct arena *arena, struct buf *scratch);

/* The same with the members of each object in the order of raw_compare_names(). LIMITS
 * are any that TEXT is within; they bound the memory. Takes O(n log n) time for n bytes. False when
 * memory of ARENA is out. */
bool stringify_put_sorted(struct buf *out, struct span text, const struct limits *limits,
                          struct arena *arena) __attribute__((warn_unused_result));

#endif
