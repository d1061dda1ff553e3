/*
 * steps_text: the steps that work on strings, or on any value by its canonical text; their
 * meanings are in the table in steps.c.
 */
#ifndef WHORL_STEPS_TEXT_H
#define WHORL_STEPS_TEXT_H

#include "steps/normalize.h"

/* The prepare() of the rows that take arguments, see struct step. */
steps_prepare steps_text_values, /* undefined-if, enum */
    steps_text_class;            /* error-if */

/* The apply() of a row each, see struct step. */
bool steps_text_nfc(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_nfkc(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_trim(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_squeeze(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_lower(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_fold(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_digits(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_strip(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_undefined(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_error(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_bool(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_text_enum(const struct call *call, struct signal *signal, struct arena *arena);

#endif
