/*
 * jcs: RFC 8785, JSON Canonicalization Scheme: the one canonical spelling of strings, numbers and
 * the order of names.
 *
 * Unlike in the RFC, an unpaired surrogate is not an error here: it has become U+FFFD before.
 */
#ifndef WHORL_TEXT_JCS_H
#define WHORL_TEXT_JCS_H

#include <stdint.h>

#include "base/span.h"

struct buf;

/* Append S, well-formed UTF-8, as a JSON string with its quotes (section 3.2.2.2): \" \\ \b \t \n
 * \f \r, other bytes below 0x20 as \u00xx in lower case, all else unchanged. */
void jcs_put_string(struct buf *out, struct span s);

/* Append the escape of C, one of those bytes. */
void jcs_put_escape(struct buf *out, unsigned char c);

/* Append X as ECMAScript prints it (section 3.2.2.3); X must be finite; -0 is 0. */
void jcs_put_number(struct buf *out, double x);

/* Write X as jcs_put_number() at OUT, which has room for NUMBER_TEXT_MAX bytes. Returns the number
 * of bytes written. */
size_t jcs_number(unsigned char *out, double x);

/* Compare names by UTF-16 code units (section 3.2.3): below 0, 0 or above 0 as A sorts before, with
 * or after B. This differs from byte order for U+E000-FFFF against U+10000 and above. */
int jcs_compare_names(struct span a, struct span b);

/* Append `"NAME":`, with a comma before it unless the last byte so far is '{'. */
void jcs_put_name(struct buf *out, const char *name);

/* The same with a value: TEXT as a string, V in decimal. */
void jcs_put_named_text(struct buf *out, const char *name, struct span text);
void jcs_put_named_uint(struct buf *out, const char *name, uint64_t v);

#endif
