/*
 * utf8: from code points to bytes and back, and the check that text is well formed.
 *
 * Well formed means Unicode 15.0, table 3-7: no overlong forms, no surrogates, nothing
 * above U+10FFFF. Noncharacters are allowed.
 */
#ifndef WHORL_TEXT_UTF8_H
#define WHORL_TEXT_UTF8_H

#include <stdint.h>

#include "base/span.h"

#define UTF8_MAX         4      /* bytes of the longest code point */
#define UTF8_REPLACEMENT 0xFFFD /* the value of an unpaired surrogate escape */

/* The length of the well-formed sequence at the beginning of S, 1 to 4; 0 if S does not begin with one. */
size_t utf8_sequence(struct span s);

/* Take the first code point off the well-formed text *AT, which must not be empty. */
uint32_t utf8_take(struct span *at);

/* The bytes of the scalar value C in UTF-8, 1 to 4. */
size_t utf8_length(uint32_t c);

/* Write the scalar value C at OUT, which has room for UTF8_MAX bytes. Returns the number of bytes
 * written. */
size_t utf8_put(unsigned char *out, uint32_t c);

/* The number of bytes at the start of S that are all below 0x80. */
size_t utf8_ascii(struct span s);

/* How many bytes of S, at most MOST, can be taken without cutting a character in two. */
size_t utf8_fit(struct span s, size_t most);

/* Are all bytes of S below 0x80? */
bool utf8_is_ascii(struct span s);

/* Has S the replacement character? If so, it may have been another text before (nodes.h). */
bool utf8_has_replacement(struct span s);

/* The number of code points of well-formed S. */
size_t utf8_count(struct span s);

#endif
