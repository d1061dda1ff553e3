/*
 * guess: the step that takes the values of a path, by the examples of them.
 */
#ifndef WHORL_SURVEY_GUESS_H
#define WHORL_SURVEY_GUESS_H

struct field;

/* The step that at least nine tenths of the examples of FIELD fit, and what it merges, as a
 * comment; null for none. */
struct guess {
    const char *step, *merges;
};
struct guess guess_step(const struct field *field);

#endif
