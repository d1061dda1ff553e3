/*
 * skim: looks for members in a valid JSON text without parsing it: no memory is taken, and each
 * step takes as long as the text that it passes. For a look now and then, not for every record.
 *
 * A position is the rest of the text from a value on, without white space before it.
 */
#ifndef WHORL_JSON_SKIM_H
#define WHORL_JSON_SKIM_H

#include "base/span.h"

struct pointer;

/* REST without the white space at its beginning. */
struct span skim_space(struct span rest);

/* The part of REST after the value at its beginning. */
struct span skim_value(struct span rest);

/* Take the next member of the object that *REST is in: *NAME is its name as the text has it, in
 * quotes, and *REST then begins with its value. False at the object's end. After the bracket that
 * opens the object comes its first member; after skim_value() the next one. */
bool skim_member(struct span *rest, struct span *name);

/* Read QUOTED, a name as the text has it, into the MOST bytes at OUT, unescaped, with U+FFFD for
 * each unpaired surrogate. Its length; more than MOST if it has no room. */
size_t skim_name(struct span quoted, unsigned char *out, size_t most);

/* Move *REST from the beginning of an array to its element INDEX, which is -1 for none. False if
 * it has no such element. */
bool skim_element(struct span *rest, long long index);

/* Move *REST from the beginning of the record to the object that POINTER finds. False if it finds
 * none. Of names that read alike the last counts, as elsewhere. */
bool skim_pointer(struct span *rest, const struct pointer *pointer);

#endif
