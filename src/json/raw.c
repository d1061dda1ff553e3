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

static const unsigned char *skip_raw_space(const unsigned char *p, const unsigned char *end)
{
    while (p < end && is_raw_space(*p))
        p++;
    return p;
}

struct span raw_trim(struct span text)
{
    if (!text.n)
        return text;
    const unsigned char *p = skip_raw_space(text.p, text.p + text.n);
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

bool raw_next(struct raw_cursor *cursor, struct raw_member *member)
{
    const unsigned char *p = skip_raw_space(cursor->at, cursor->end);

    if (p < cursor->end && *p == ',')
        p = skip_raw_space(p + 1, cursor->end);
    if (p >= cursor->end || *p != '"')
        return false;
    const unsigned char *name = p + 1, *name_end = raw_string_end(name, cursor->end);
    member->name = span_of(name, (size_t)(name_end - 1 - name));
    p = skip_raw_space(name_end, cursor->end);
    p = skip_raw_space(p + 1, cursor->end); /* after the colon */
    cursor->at = raw_end(p, cursor->end);
    member->value = span_of(p, (size_t)(cursor->at - p));
    return true;
}

static bool has_escape(struct span name)
{
    return name.n && memchr(name.p, '\\', name.n);
}

bool raw_named(struct span name, struct span text, struct arena *arena)
{
    if (!has_escape(name))
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
    const unsigned char *end = array.p + array.n, *p = skip_raw_space(array.p + 1, end);

    while (index >= 0 && p < end && *p != ']') {
        const unsigned char *next = raw_end(p, end);
        if (index-- == 0)
            return span_of(p, (size_t)(next - p));
        p = skip_raw_space(next, end);
        if (p < end && *p == ',')
            p = skip_raw_space(p + 1, end);
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
