#include "config.h"

#include "json/skim.h"

#include "json/pointer.h"
#include "json/unescape.h"
#include "text/utf8.h"

struct span skim_space(struct span rest)
{
    while (rest.n && memchr(" \t\r\n", rest.p[0], 4))
        rest = span_cut(rest, 1, rest.n);
    return rest;
}

/* The size in bytes of the string at the beginning of REST, with its quotes. */
static size_t quoted_size(struct span rest)
{
    size_t from = 1;

    while (from < rest.n) {
        const unsigned char *p = rest.p + from;
        const unsigned char *quote = memchr(p, '"', rest.n - from);
        const unsigned char *escape = quote ? memchr(p, '\\', (size_t)(quote - p)) : NULL;
        if (!quote)
            break;
        if (!escape)
            return (size_t)(quote - rest.p) + 1;
        from = (size_t)(escape - rest.p) + 2;
    }
    return rest.n;
}

struct span skim_value(struct span rest)
{
    size_t depth = 0, i = 0;

    do {
        unsigned char c = rest.p[i];
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (c == '"')
            i += quoted_size(span_cut(rest, i, rest.n));
        else
            i++;
    } while (i < rest.n && (depth || !memchr(",}] \t\r\n", rest.p[i], 7)));
    return span_cut(rest, i, rest.n);
}

bool skim_member(struct span *rest, struct span *name)
{
    *rest = skim_space(*rest);
    if (rest->n && rest->p[0] == ',')
        *rest = skim_space(span_cut(*rest, 1, rest->n));
    if (!rest->n || rest->p[0] != '"')
        return false;
    size_t n = quoted_size(*rest);
    *name = span_cut(*rest, 0, n);
    *rest = skim_space(span_cut(*rest, n, rest->n));
    *rest = rest->n ? skim_space(span_cut(*rest, 1, rest->n)) : *rest;
    return rest->n;
}

/* Take the next character off RAW, the inside of a quoted name, unescaped, or a byte of it. How
 * many bytes it has in READ. */
static size_t take_unescaped(struct span *raw, unsigned char read[UTF8_MAX])
{
    if (raw->p[0] == '\\') {
        uint32_t c = json_unescape(raw);
        return utf8_put(read, c >= 0xD800 && c <= 0xDFFF ? UTF8_REPLACEMENT : c);
    }
    read[0] = raw->p[0];
    *raw = span_cut(*raw, 1, raw->n);
    return 1;
}

size_t skim_name(struct span quoted, unsigned char *out, size_t most)
{
    struct span raw = span_cut(quoted, 1, quoted.n - 1);
    unsigned char read[UTF8_MAX];
    size_t n = 0;

    if (raw.n <= most && !memchr(raw.p, '\\', raw.n)) {
        memcpy(out, raw.p, raw.n);
        return raw.n;
    }
    while (raw.n) {
        size_t length = take_unescaped(&raw, read);
        if (length > most - n)
            return most + 1;
        memcpy(out + n, read, length);
        n += length;
    }
    return n;
}

/* Does QUOTED, a name as the text has it, read as NAME? */
static bool is_quoted_name(struct span quoted, struct span name)
{
    struct span raw = span_cut(quoted, 1, quoted.n - 1);
    unsigned char read[UTF8_MAX];

    while (raw.n) {
        size_t n = take_unescaped(&raw, read);
        if (!span_begins(name, span_of(read, n)))
            return false;
        name = span_cut(name, n, name.n);
    }
    return !name.n;
}

bool skim_element(struct span *rest, long long index)
{
    *rest = skim_space(span_cut(*rest, 1, rest->n));
    for (; index > 0 && rest->p[0] != ']'; index--) {
        *rest = skim_space(skim_value(*rest));
        if (rest->p[0] == ',')
            *rest = skim_space(span_cut(*rest, 1, rest->n));
    }
    return index == 0 && rest->p[0] != ']';
}

/* Move *REST from the beginning of an object to its member NAME. Of names that read alike the last
 * counts, as elsewhere. */
static bool enter_object(struct span *rest, struct span name)
{
    struct span inner = span_cut(*rest, 1, rest->n), quoted;
    bool found = false;

    for (; skim_member(&inner, &quoted); inner = skim_value(inner))
        if (is_quoted_name(quoted, name)) {
            *rest = inner;
            found = true;
        }
    return found;
}

bool skim_pointer(struct span *rest, const struct pointer *pointer)
{
    for (size_t i = 0; i < pointer->count; i++) {
        struct span token = pointer->tokens[i];
        bool found = rest->p[0] == '{'   ? enter_object(rest, token)
                     : rest->p[0] == '[' ? skim_element(rest, pointer_index(token))
                                         : false;
        if (!found)
            return false;
    }
    return rest->p[0] == '{';
}
