/*
 * steps_hints: the steps for what client hints say: brands, platforms, versions.
 *
 * brands: the names of the brands, without versions, sorted by bytes, each once, without
 * those that are there to be ignored, and without "Chromium" where there is another. A name
 * is to be ignored if it reads "notabrand" once everything but ASCII letters, digits and
 * other than ASCII is taken out of it and its letters are lower case: "Not.A/Brand",
 * "Not_A Brand", "(Not(A:Brand". How it is spelled, which version it has and where it stands
 * changes with each release. It takes
 *
 * - an array of strings, and of objects with a string as member `brand`;
 * - the header field Sec-CH-UA, a list of strings (RFC 9651 section 3.1) of at most
 *   STEPS_ITEMS members, at least one, whose parameters are skipped:
 *
 *       member *( OWS "," OWS member )          member = string *( ";" *" " key [ "=" value ] )
 *       key = 1*( "a" to "z" / digit / "_" / "-" / "." / "*" )
 *       value = string / 1*( "!" to "~" without '"' "," ";" )
 *
 * platform: the first row of data/platform.tsv with which the text begins.
 *
 * version(n): text that begins with a digit and consists of digits, ASCII letters, '.', '_',
 * '+' and '-', up to its n-th '.'.
 */
#ifndef WHORL_STEPS_HINTS_H
#define WHORL_STEPS_HINTS_H

#include "steps/normalize.h"

/* The apply() of a row each, see struct step. */
bool steps_hints_brands(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_hints_platform(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_hints_version(const struct call *call, struct signal *signal, struct arena *arena);

#endif
