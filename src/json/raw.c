#include "config.h"

#include "json/raw.h"

#include "json/pointer.h"
#include "json/unescape.h"
#include "text/jcs.h"
#include "text/plain.h"
#include "text/utf8.h"

struct span raw_trim(struct span text)
{
    if (!text.n)
        return text;
    const unsigned char *p = raw_skip_space(text.p, text.p + text.n);
    const unsigned char *end = text.p + text.n;
    while (end > p && raw_is_space(end[-1]))
        end--;
    return span_of(p, (size_t)(end - p));
}

/* The byte after the quote that ends the string whose text begins at P. */
static const unsigned char *raw_string_end(const unsigned char *p, const unsigned char *end)
{
    for (p = plain_end(p, end); p < end && *p != '"'; p = plain_end(p, end))
        p += *p == '\\' ? 2 : 1;
    return p < end ? p + 1 : end;
}

/* The same for the array or object that begins at P. */
static const unsigned char *raw_container_end(const unsigned char *p, const unsigned char *end)
{
    size_t depth = 0;

    while (p < end) {
        unsigned char c = *p++;
        if (c == '"')
            p = raw_string_end(p, end);
        else if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            break;
    }
    return p;
}

const unsigned char *raw_end(const unsigned char *p, const unsigned char *end)
{
    if (*p == '"')
        return raw_string_end(p + 1, end);
    if (*p == '{' || *p == '[')
        return raw_container_end(p, end);
    while (p < end && *p > ' ' && *p != ',' && (*p | 0x20) != '}') /* nor ']' */
        p++;
    return p;
}

struct raw_cursor raw_members(struct span object)
{
    return (struct raw_cursor){object.p + 1, object.p + object.n};
}

bool raw_step(struct raw_cursor *cursor)
{
    const unsigned char *end = cursor->end, *p = raw_skip_space(cursor->at, end);

    if (p < end && *p == ',')
        p = raw_skip_space(p + 1, end);
    bool more = p < end && *p != '}' && *p != ']';
    cursor->at = more || p >= end ? p : p + 1;
    return more;
}

bool raw_name(struct raw_cursor *cursor, struct span *name)
{
    if (!raw_step(cursor))
        return false;
    const unsigned char *p = cursor->at, *end = cursor->end;
    const unsigned char *name_end = raw_string_end(p + 1, end);
    *name = span_of(p + 1, (size_t)(name_end - p - 2));
    p = raw_skip_space(name_end, end);
    cursor->at = raw_skip_space(p + 1, end); /* after the colon */
    return true;
}

static bool has_escape(struct span name)
{
    return name.n && memchr(name.p, '\\', name.n);
}

/* Take the next character off *NAME as it reads, or a byte of it. How many bytes it has in
 * READ. */
static size_t take_unescaped(struct span *name, unsigned char read[UTF8_MAX])
{
    if (name->p[0] == '\\') {
        uint32_t c = json_unescape(name);
        return utf8_put(read, c >> 11 == 0xD800 >> 11 ? UTF8_REPLACEMENT : c);
    }
    read[0] = name->p[0];
    *name = span_cut(*name, 1, name->n);
    return 1;
}

bool raw_named(struct span name, struct span text)
{
    unsigned char read[UTF8_MAX];

    /* Each escape is longer than what it is for. */
    if (name.n <= text.n || !has_escape(name))
        return span_equal(name, text);
    while (name.n) {
        size_t n = take_unescaped(&name, read);
        if (!span_begins(text, span_of(read, n)))
            return false;
        text = span_cut(text, n, text.n);
    }
    return !text.n;
}

size_t raw_unescape(struct span name, unsigned char *out, size_t most)
{
    unsigned char read[UTF8_MAX];
    size_t n = 0;

    if (name.n <= most && !has_escape(name)) {
        memcpy(out, name.p, name.n);
        return name.n;
    }
    while (name.n) {
        size_t length = take_unescaped(&name, read);
        if (length > most - n)
            return most + 1;
        memcpy(out + n, read, length);
        n += length;
    }
    return n;
}

/* Element number INDEX of ARRAY, which is -1 for none; no bytes if it has no such element. */
static struct span raw_element_value(struct span array, long long index)
{
    struct raw_cursor cursor = raw_members(array);

    for (; index >= 0 && raw_step(&cursor); index--) {
        struct span element = raw_value(&cursor);
        if (index == 0)
            return element;
    }
    return span_of(NULL, 0);
}

/* The value of the member of OBJECT that reads as NAME, the last of several. */
static struct span raw_member_value(struct span object, struct span name)
{
    struct raw_cursor cursor = raw_members(object);
    struct span found = span_of(NULL, 0);
    struct raw_member member;

    while (raw_next(&cursor, &member))
        if (raw_named(member.name, name))
            found = member.value;
    return found;
}

struct span raw_find(struct span value, const struct pointer *pointer, size_t count)
{
    for (size_t i = 0; i < count && value.n; i++) {
        struct span token = pointer->tokens[i];
        if (value.p[0] == '{')
            value = raw_member_value(value, token);
        else if (value.p[0] == '[')
            value = raw_element_value(value, pointer_index(token));
        else
            value = span_of(NULL, 0);
    }
    return value;
}

/* A name as UTF-16 code units. */
struct raw_units {
    struct span rest;
    int low; /* the second half of a pair that has begun; 0 for none */
};

/* The next code unit; -1 at the end. */
static int next_unit(struct raw_units *units)
{
    int low = units->low;

    units->low = 0;
    if (low)
        return low;
    if (!units->rest.n)
        return -1;
    uint32_t c = units->rest.p[0] == '\\' ? json_unescape(&units->rest)
                                          : utf8_take(&units->rest);
    if (c < 0x10000)
        return (int)c;
    units->low = (int)(0xDC00 + (c & 0x3FF));
    return (int)(0xD800 + ((c - 0x10000) >> 10));
}

int raw_compare_names(struct span a, struct span b)
{
    struct raw_units x = {a, 0}, y = {b, 0};
    int left, right;

    if (!has_escape(a) && !has_escape(b))
        return jcs_compare_names(a, b);
    do {
        left = next_unit(&x);
        right = next_unit(&y);
    } while (left == right && left >= 0);
    return left - right;
}
