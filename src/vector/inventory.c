#include "config.h"

#include "vector/inventory.h"

#include "base/buf.h"
#include "catalog/catalog.h"
#include "json/nodes.h"
#include "text/utf8.h"

/* REST, the rest of a valid JSON text, without white space at its beginning. */
static struct span skip_json_space(struct span rest)
{
    while (rest.n && memchr(" \t\r\n", rest.p[0], 4))
        rest = span_cut(rest, 1, rest.n);
    return rest;
}

/* The size in bytes of the string at the beginning of REST, with its quotes. */
static size_t quoted_size(struct span rest)
{
    size_t i = 1;

    while (i < rest.n && rest.p[i] != '"')
        i += rest.p[i] == '\\' ? 2 : 1;
    return i < rest.n ? i + 1 : rest.n;
}

/* The part of REST after the value at its beginning. */
static struct span skip_value(struct span rest)
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

/* Take the next member of the object that *REST is in: *NAME is its name as the text has it, in
 * quotes, and *REST then begins with its value. False at the object's end. */
static bool take_member(struct span *rest, struct span *name)
{
    *rest = skip_json_space(*rest);
    if (rest->n && rest->p[0] == ',')
        *rest = skip_json_space(span_cut(*rest, 1, rest->n));
    if (!rest->n || rest->p[0] != '"')
        return false;
    size_t n = quoted_size(*rest);
    *name = span_cut(*rest, 0, n);
    *rest = skip_json_space(span_cut(*rest, n, rest->n));
    *rest = rest->n ? skip_json_space(span_cut(*rest, 1, rest->n)) : *rest;
    return rest->n;
}

/* Does QUOTED, a name as the text has it, read as NAME? */
static bool is_quoted_name(struct span quoted, struct span name)
{
    struct span raw = span_cut(quoted, 1, quoted.n - 1);

    while (raw.n) {
        unsigned char read[UTF8_MAX] = {raw.p[0]};
        size_t n = 1;
        if (raw.p[0] == '\\') {
            uint32_t c = json_unescape(&raw);
            n = utf8_put(read, c >= 0xD800 && c <= 0xDFFF ? UTF8_REPLACEMENT : c);
        } else {
            raw = span_cut(raw, 1, raw.n);
        }
        if (!span_begins(name, span_of(read, n)))
            return false;
        name = span_cut(name, n, name.n);
    }
    return !name.n;
}

/* Move *REST from the beginning of an array to its element INDEX. */
static bool enter_array(struct span *rest, long long index)
{
    *rest = skip_json_space(span_cut(*rest, 1, rest->n));
    for (; index > 0 && rest->p[0] != ']'; index--) {
        *rest = skip_json_space(skip_value(*rest));
        if (rest->p[0] == ',')
            *rest = skip_json_space(span_cut(*rest, 1, rest->n));
    }
    return index == 0 && rest->p[0] != ']';
}

/* Move *REST from the beginning of an object to its member NAME. Of names that read alike the last
 * counts, as elsewhere. */
static bool enter_object(struct span *rest, struct span name)
{
    struct span inner = span_cut(*rest, 1, rest->n), quoted;
    bool found = false;

    for (; take_member(&inner, &quoted); inner = skip_value(inner))
        if (is_quoted_name(quoted, name)) {
            *rest = inner;
            found = true;
        }
    return found;
}

/* Move *REST from the beginning of the record to the object that POINTER finds. */
static bool enter_pointer(struct span *rest, const struct pointer *pointer)
{
    for (size_t i = 0; i < pointer->count; i++) {
        struct span token = pointer->tokens[i];
        bool found = rest->p[0] == '{'   ? enter_object(rest, token)
                     : rest->p[0] == '[' ? enter_array(rest, pointer_index(token))
                                         : false;
        if (!found)
            return false;
    }
    return rest->p[0] == '{';
}

static void put_shown_name(struct buf *out, struct span quoted)
{
    struct span name = span_cut(quoted, 1, quoted.n - 1);
    size_t n = utf8_fit(name, INVENTORY_BYTES);

    buf_putc(out, '"');
    buf_put(out, span_cut(name, 0, n));
    buf_puts(out, n < name.n ? "...\"" : "\"");
}

/* Append the names of the object at the beginning of REST. */
static void put_shown_names(struct buf *out, struct span rest)
{
    struct span name;
    size_t count = 0;

    rest = span_cut(rest, 1, rest.n);
    for (; take_member(&rest, &name); rest = skip_value(rest)) {
        if (count++ >= INVENTORY_NAMES)
            continue;
        buf_puts(out, count > 1 ? ", " : " ");
        put_shown_name(out, name);
    }
    if (!count)
        buf_puts(out, " no members");
    if (count <= INVENTORY_NAMES)
        return;
    buf_puts(out, " and ");
    buf_put_uint(out, count - INVENTORY_NAMES);
    buf_puts(out, " more");
}

void inventory_put(struct buf *out, struct span text, const struct catalog *catalog)
{
    struct span record = skip_json_space(text), object = record,
                where = span_text("the record");

    for (size_t i = 0; i < catalog->root_count; i++, object = record)
        if (enter_pointer(&object, &catalog->roots[i])) {
            if (catalog->roots[i].count)
                where = catalog->roots[i].text;
            break;
        }
    buf_puts(out, "; ");
    buf_put(out, where);
    buf_puts(out, " has");
    put_shown_names(out, object);
}
