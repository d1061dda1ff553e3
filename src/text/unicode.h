/*
 * unicode: normal forms, case and classes of text, always by Unicode 15.0.
 *
 * Built on utf8proc's data of single code points (see unicode_data.h). Its whole-string functions
 * are not used, because version 2.8.0 orders marks in quadratic time, deletes U+11A7 after a Hangul
 * LV syllable, and folds canonically equal strings apart unless NFD comes first. A code point that
 * Unicode 15.0 does not assign is copied, even if the library knows it, and the text on each side
 * of it is normalized separately. So a newer library gives the same bytes.
 *
 * All functions take well-formed UTF-8. They return UTF-8 in ARENA, or the same span they were
 * given if nothing changes, in time O(n log n) at most. They return SPAN_FAILED when memory is out.
 */
#ifndef WHORL_TEXT_UNICODE_H
#define WHORL_TEXT_UNICODE_H

#include <stdint.h>

#include "base/span.h"

struct arena;

/* The version of Unicode. It is part of every catalog's digest. */
#define UNICODE_VERSION "15.0.0"

/* UAX #15. */
enum unicode_form { UNICODE_NFC, UNICODE_NFD, UNICODE_NFKC, UNICODE_NFKD };

/* S in the normal form FORM. */
struct span unicode_normalize(enum unicode_form form, struct span s, struct arena *arena);

/* The simple lower-case mapping of each code point (UnicodeData field 13). */
struct span unicode_lower(struct span s, struct arena *arena);

/* Full case folding (CaseFolding.txt statuses C and F) of the NFD of S, in NFC. */
struct span unicode_fold(struct span s, struct arena *arena);

/* White space: U+0009-000D 0020 0085 00A0 1680 2000-200A 2028 2029 202F 205F 3000. */
bool unicode_is_space(uint32_t c);

/* S without the white space at both ends. */
struct span unicode_trim(struct span s);

/* S with each run of white space replaced by one U+0020. */
struct span unicode_squeeze(struct span s, struct arena *arena);

/* S with each decimal digit (general category Nd) replaced by its ASCII digit. */
struct span unicode_digits(struct span s, struct arena *arena);

/* S without general categories Cc and Cf, U+2028 and U+2029. */
struct span unicode_strip_control(struct span s, struct arena *arena);

#endif
