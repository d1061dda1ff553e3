/*
 * jcs: RFC 8785, JSON Canonicalization Scheme: how a string, a number and a list of names
 * are written so that everybody writes the same bytes.
 *
 * Unlike the RFC, an unpaired surrogate is no error here: it has become U+FFFD before.
 */
#ifndef WHORL_TEXT_JCS_H
#define WHORL_TEXT_JCS_H

#include <stdint.h>

#include "base/span.h"

struct buf;

/* Append S, well-formed UTF-8, as a JSON string with its quotes (section 3.2.2.2): \" \\
 * \b \t \n \f \r, other bytes below 0x20 as \u00xx in lower case, all else as it is. */
void jcs_put_string(struct buf *out, struct span s);

/* Append X as ECMAScript prints it (section 3.2.2.3); X must be finite; -0 is 0. */
void jcs_put_number(struct buf *out, double x);

/* Write X as jcs_put_number() at OUT, which has NUMBER_TEXT_MAX bytes; the bytes written. */
size_t jcs_number(unsigned char *out, double x);

/* Below, at or above 0 as the name A sorts before, with or after B by UTF-16 code units
 * (section 3.2.3). Differs from byte order for U+E000-FFFF against U+10000 and above. */
int jcs_compare_names(struct span a, struct span b);

/* Append `"NAME":`, after a comma if its object has a member before it: if what was
 * appended last is no '{'. */
void jcs_put_name(struct buf *out, const char *name);

/* The same with a value: TEXT as a string, V in decimal. */
void jcs_put_named_text(struct buf *out, const char *name, struct span text);
void jcs_put_named_uint(struct buf *out, const char *name, uint64_t v);

#endif
