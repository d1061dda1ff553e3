/*
 * steps_color: the step for CSS colours.
 *
 * color: "#rrggbbaa" in lower case, of text that is, ASCII case ignored, one of
 *
 *     "#" 3, 4, 6 or 8 hex digits          of 3 and 4 each stands for two
 *     rgb "(" v "," v "," v [ "," a ] ")"  rgb = "rgb" / "rgba"
 *     rgb "(" v v v [ "/" a ] ")"          the three v separated by white space
 *     "transparent"                        which is #00000000
 *
 *     v, a = number / number "%"           number = 1*9digit [ "." 1*9digit ] / "." 1*9digit
 *
 * with white space (U+0009, 000A, 000C, 000D, 0020) around it, behind "(", and around commas,
 * "/" and ")". v is of 255, or in percent; a is of 1, or in percent, and 1 where there is
 * none. More is taken for all of it. Each becomes the nearest whole number of 255ths, half a
 * one up, by exact arithmetic on the decimals. Names of colours pass unchanged, as no browser
 * gives them for a computed style, and so do other colour spaces.
 */
#ifndef WHORL_STEPS_COLOR_H
#define WHORL_STEPS_COLOR_H

#include "steps/normalize.h"

/* The apply() of the row, see struct step. */
bool steps_color(const struct call *call, struct signal *signal, struct arena *arena);

#endif
