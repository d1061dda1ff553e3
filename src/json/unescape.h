/*
 * unescape: the text that the escapes of a JSON string are for.
 */
#ifndef WHORL_JSON_UNESCAPE_H
#define WHORL_JSON_UNESCAPE_H

#include <stdint.h>

#include "base/span.h"

struct arena;

/* The code point of the escape that *AT begins with: a whole surrogate pair if there is one, an
 * unpaired surrogate as it is. *AT, raw text of a valid string, is cut by the escape. */
uint32_t json_unescape(struct span *at);

/* RAW, the text of a valid string or name without its quotes, without its escapes, in ARENA. An
 * unpaired surrogate escape reads as U+FFFD. SPAN_FAILED if memory is out. */
struct span json_unescaped(struct span raw, struct arena *arena);

#endif
