/*
 * The functions of text/unicode.h for the build machine, so that it needs no library: the steps
 * that call them are compiled there, but never run.
 */
#include "config.h"

#include "text/unicode.h"

#include <stdlib.h>

struct span unicode_normalize(enum unicode_form form, struct span s, struct arena *arena)
{
    (void)form, (void)s, (void)arena;
    abort();
}

struct span unicode_lower(struct span s, struct arena *arena)
{
    (void)s, (void)arena;
    abort();
}

struct span unicode_fold(struct span s, struct arena *arena)
{
    (void)s, (void)arena;
    abort();
}

bool unicode_is_space(uint32_t c)
{
    (void)c;
    abort();
}

struct span unicode_trim(struct span s)
{
    (void)s;
    abort();
}

struct span unicode_squeeze(struct span s, struct arena *arena)
{
    (void)s, (void)arena;
    abort();
}

struct span unicode_digits(struct span s, struct arena *arena)
{
    (void)s, (void)arena;
    abort();
}

struct span unicode_strip_control(struct span s, struct arena *arena)
{
    (void)s, (void)arena;
    abort();
}
