/*
 * steps_mime: the step for MIME types.
 *
 * mime: the text parsed and serialized as the WHATWG's MIME Sniffing Standard says (sections
 * 4.4 and 4.5), its parameters sorted by name: type, subtype and names of parameters in lower
 * case, values as they are, in quotes only where they must be, of two parameters of one name
 * the first, no white space around any of it. Text that is no MIME type to that standard, or
 * has more than STEPS_ITEMS ';', passes unchanged.
 */
#ifndef WHORL_STEPS_MIME_H
#define WHORL_STEPS_MIME_H

#include "steps/normalize.h"

/* The apply() of the row, see struct step. */
bool steps_mime(const struct call *call, struct signal *signal, struct arena *arena);

#endif
