/*
 * raw: a JSON text that is known to be valid, read where it is, without nodes.
 *
 * For what needs only a few values of a record, in their own spelling. Each function takes the
 * bytes of one value that validate() has passed, from its first byte to its last. No memory is
 * taken, and each step takes as long as the text that it passes.
 */
#ifndef WHORL_JSON_RAW_H
#define WHORL_JSON_RAW_H

#include <stdbool.h>

#include "base/span.h"

struct pointer;

/* Where in an object or array the next member or element is; after raw_name() or raw_step(),
 * where its value is. */
struct raw_cursor {
    const unsigned char *at, *end;
};

/* The bytes of a member. */
struct raw_member {
    struct span name; /* without its quotes; with its escapes */
    struct span value;
};

/* Is C white space between tokens (RFC 8259 section 2)? */
static inline bool raw_is_space(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The first byte from P on that is not white space, or END. Inlined: the cache calls it between
 * tokens. */
static inline const unsigned char *raw_skip_space(const unsigned char *p,
                                                  const unsigned char *end)
{
    while (p < end && raw_is_space(*p))
        p++;
    return p;
}

/* TEXT without white space before and after it. */
struct span raw_trim(struct span text);

/* The end of the value that begins at P. END is the end of the text that it is in. */
const unsigned char *raw_end(const unsigned char *p, const unsigned char *end);

/* Is VALUE an object? */
static inline bool raw_is_object(struct span value)
{
    return value.n && value.p[0] == '{';
}

/* Before the first member of OBJECT, or the first element of an array. */
struct raw_cursor raw_members(struct span object);

/* Move *CURSOR to the next element of an array, which the caller passes. False at the end of
 * the array; cursor->at is then after it. */
bool raw_step(struct raw_cursor *cursor);

/* Set *NAME to the name of the next member, as in struct raw_member. The caller moves
 * cursor->at to the end of its value. False at the end of the object; cursor->at is then after
 * it. */
bool raw_name(struct raw_cursor *cursor, struct span *name);

/* The value after raw_name(), which is passed. */
static inline struct span raw_value(struct raw_cursor *cursor)
{
    const unsigned char *p = cursor->at;

    cursor->at = raw_end(p, cursor->end);
    return span_of(p, (size_t)(cursor->at - p));
}

/* Both: set *MEMBER to the next member. */
static inline bool raw_next(struct raw_cursor *cursor, struct raw_member *member)
{
    if (!raw_name(cursor, &member->name))
        return false;
    member->value = raw_value(cursor);
    return true;
}

/* Does the name or string NAME, which may have escapes, read as TEXT? An unpaired surrogate
 * reads as U+FFFD. */
bool raw_named(struct span name, struct span text);

/* Write NAME into the MOST bytes at OUT as it reads. Its length; more than MOST if it has no
 * room. */
size_t raw_unescape(struct span name, unsigned char *out, size_t most);

/* The value that the first COUNT tokens of POINTER lead to from VALUE, as pointer_find() finds
 * it; no bytes if there is none. Of names that read alike the last counts. */
struct span raw_find(struct span value, const struct pointer *pointer, size_t count);

/* Compare names, which may have escapes, by UTF-16 code units, unpaired surrogates as they are:
 * below 0, 0 or above 0 as A sorts before, with or after B. This is the order of sort() in
 * ECMAScript. */
int raw_compare_names(struct span a, struct span b);

#endif
