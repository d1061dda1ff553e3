#include "config.h"

#include "json/raw.h"

#include "base/arena.h"
#include "json/pointer.h"
#include "json/unescape.h"
#include "text/jcs.h"
#include "text/plain.h"
#include "text/utf8.h"

static bool is_raw_space(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const unsigned char *raw_skip_space(const unsigned char *p, const unsigned char *end)
{
    while (p < end && is_raw_space(*p))
        p++;
    return p;
}

struct span raw_trim(struct span text)
{
    if (!text.n)
        return text;
    const unsigned char *p = raw_skip_space(text.p, text.p + text.n);
    const unsigned char *end = text.p + text.n;
    while (end > p && is_raw_space(end[-1]))
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
    while (p < end && *p != ',' && *p != '}' && *p != ']' && !is_raw_space(*p))
        p++;
    return p;
}

struct raw_cursor raw_members(struct span object)
{
    return (struct raw_cursor){object.p + 1, object.p + object.n};
}

bool raw_name(struct raw_cursor *cursor, struct span *name)
{
    const unsigned char *end = cursor->end, *p = raw_skip_space(cursor->at, end);

    if (p < end && *p == ',')
        p = raw_skip_space(p + 1, end);
    if (p >= end || *p != '"') {
        cursor->at = p < end ? p + 1 : end;
        return false;
    }
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

bool raw_named(struct span name, struct span text, struct arena *arena)
{
    /* Each escape is longer than what it is for. */
    if (name.n <= text.n || !has_escape(name))
        return span_equal(name, text);
    struct arena_mark mark = arena_mark(arena);
    struct span read = json_unescaped(name, arena);
    bool same = !span_failed(read) && span_equal(read, text);

    arena_back(arena, mark);
    return same;
}

/* Element number INDEX of ARRAY; no bytes if there is none. */
static struct span raw_element(struct span array, long long index)
{
    const unsigned char *end = array.p + array.n, *p = raw_skip_space(array.p + 1, end);

    while (index >= 0 && p < end && *p != ']') {
        const unsigned char *next = raw_end(p, end);
        if (index-- == 0)
            return span_of(p, (size_t)(next - p));
        p = raw_skip_space(next, end);
        if (p < end && *p == ',')
            p = raw_skip_space(p + 1, end);
    }
    return span_of(NULL, 0);
}

/* The value of the member of OBJECT that reads as NAME, the last of several. */
static struct span raw_member_value(struct span object, struct span name, struct arena *arena)
{
    struct raw_cursor cursor = raw_members(object);
    struct span found = span_of(NULL, 0);
    struct raw_member member;

    while (raw_next(&cursor, &member))
        if (raw_named(member.name, name, arena))
            found = member.value;
    return found;
}

struct span raw_find(struct span value, const struct pointer *pointer, size_t count,
                     struct arena *arena)
{
    for (size_t i = 0; i < count && value.n; i++) {
        struct span token = pointer->tokens[i];
        if (value.p[0] == '{')
            value = raw_member_value(value, token, arena);
        else if (value.p[0] == '[')
            value = raw_element(value, pointer_index(token));
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
