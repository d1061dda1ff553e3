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

/* Append the valid JSON text TEXT so. It may become longer: 1e20 has 21 digits then. OUT says
 * whether memory ran out. */
void stringify_put(struct buf *out, struct span text);

/* The same for the value that begins at P, in a text that ends at END. Returns the end of the value. */
const unsigned char *stringify_value(struct buf *out, const unsigned char *p,
                                     const unsigned char *end);

/* The same with the members of each object in the order of raw_compare_names(). LIMITS
 * are any that TEXT is within; they bound the memory. Takes O(n log n) time for n bytes. False when
 * memory of ARENA is out. */
bool stringify_put_sorted(struct buf *out, struct span text, const struct limits *limits,
                          struct arena *arena) __attribute__((warn_unused_result));

#endif
