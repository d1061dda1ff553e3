/*
 * value: a JSON value in memory, as normalizers see it, and its canonical text.
 *
 * Values live in an arena and are never changed where somebody else may see them: a step
 * makes a new one. Text is unescaped UTF-8. The members of an object are always in the order
 * of RFC 8785 section 3.2.3, by UTF-16 code units. Depth is at most VALUE_DEPTH.
 */
#ifndef WHORL_JSON_VALUE_H
#define WHORL_JSON_VALUE_H

#include "base/span.h"

struct buf;

/* The deepest nesting there can be; --max-depth goes no further. Lets code walk a value with
 * a stack of fixed size instead of recursion. */
#define VALUE_DEPTH 1024

/* In the order in which the step `sort` puts them. */
enum value_type {
    VALUE_NULL,
    VALUE_FALSE,
    VALUE_TRUE,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_ARRAY,
    VALUE_OBJECT,
};

struct value;
struct member;

struct array {
    const struct value *items;
    size_t count;
};

struct object {
    const struct member *members;
    size_t count;
};

struct value {
    enum value_type type;
    union {
        double number; /* finite, never -0 */
        struct span text;
        struct array array;
        struct object object;
    };
};

struct member {
    struct span name;
    struct value value;
};

/* Make a value of what is already there. */
struct value value_null(void);
struct value value_bool(bool truth);
struct value value_number(double x); /* X finite; -0 becomes 0 */
struct value value_text(struct span text);
struct value value_array(const struct value *items, size_t count);

/* Put COUNT members into the order of an object, those of equal name (two that read as
 * U+FFFD) in the order they have; SCRATCH has room for COUNT members. */
void value_sort_members(struct member *members, size_t count, struct member *scratch);

/* Append V as RFC 8785 text. */
void value_put_jcs(struct buf *out, const struct value *v);

/* The member NAME of the object V, the last of several that read so; null if it has none. */
const struct value *value_member(const struct value *v, struct span name);

/* Are A and B the same canonical text? */
bool value_equal(const struct value *a, const struct value *b);

/* Below, at or above 0 as A sorts before, with or after B: null < false < true < numbers,
 * numerically < strings, by the bytes of their text < arrays < objects, both by the bytes of
 * their JCS. 0 only if they are the same canonical text. Needs no memory. */
int value_compare(const struct value *a, const struct value *b);

#endif
