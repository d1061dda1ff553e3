/*
 * ascii: classes and case of ASCII bytes, whatever the locale. Any other byte is in no class
 * and has no case.
 */
#ifndef WHORL_BASE_ASCII_H
#define WHORL_BASE_ASCII_H

#include "base/span.h"

static inline bool ascii_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_lower(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_letter(unsigned char c)
{
    return ascii_is_lower(c | 0x20);
}

static inline bool ascii_is_alnum(unsigned char c)
{
    return ascii_is_digit(c) || ascii_is_letter(c);
}

static inline unsigned char ascii_lower(unsigned char c)
{
    return ascii_is_upper(c) ? c | 0x20 : c;
}

static inline unsigned char ascii_upper(unsigned char c)
{
    return ascii_is_lower(c) ? (unsigned char)(c - 0x20) : c;
}

/* The value of the hex digit C, 0-9 or a-f in lower case; -1 if it is not one. */
static inline int ascii_hex(unsigned char c)
{
    return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Is S the ASCII text LOWER, which is in lower case, in any case? */
static inline bool ascii_equal(struct span s, struct span lower)
{
    size_t i = 0;

    while (i < s.n && i < lower.n && ascii_lower(s.p[i]) == lower.p[i])
        i++;
    return i == s.n && i == lower.n;
}

/* S without the bytes of SPACES, a C string, at both ends. */
static inline struct span ascii_trim(struct span s, const char *spaces)
{
    struct span set = span_text(spaces);

    while (s.n && memchr(set.p, s.p[s.n - 1], set.n))
        s.n--;
    while (s.n && memchr(set.p, s.p[0], set.n))
        s = span_cut(s, 1, s.n);
    return s;
}

#endif
