/*
 * steps_locale: the steps for languages and time zones.
 *
 * language: the text up to the first ';', without spaces and tabs at both ends, must be a
 * language range of RFC 4647 section 2.1, in which '_' may stand for '-':
 *
 *     1*8letter *( "-" 1*8( letter / digit ) )  or  "*"
 *
 * Its letters become lower case, but upper case in a subtag of two, and in one of four the
 * first letter, where that is not the first subtag and there is none of one character before
 * it (RFC 5646 section 2.1.1). '_' becomes '-'. The first subtag is then looked up in
 * data/language.tsv. Weights go because Firefox keeps one in navigator.languages
 * ("en-US;q=0.7"); nothing else does, as en, en-US and en-GB differ for a reason.
 *
 * languages: an array: language on each string in it, then without any element equal to an
 * earlier one. The order stays: it is the user's.
 *
 * accept-language: a list as RFC 9110 section 5.6.1 has them, elements between commas, empty
 * ones ignored: at least one and at most STEPS_ITEMS elements that language takes. The array
 * of what it makes of them, without any equal to an earlier one. The order says what the
 * weights say, and some browsers draw their weights at random.
 *
 * timezone: a name in data/timezone.tsv as the name beside it.
 */
#ifndef WHORL_STEPS_LOCALE_H
#define WHORL_STEPS_LOCALE_H

#include "steps/normalize.h"

/* The apply() of a row each, see struct step. */
bool steps_locale_language(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_locale_languages(const struct call *call, struct signal *signal,
                            struct arena *arena);
bool steps_locale_accept(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_locale_timezone(const struct call *call, struct signal *signal, struct arena *arena);

#endif
