#include "config.h"

#include "record/inventory.h"

#include "text/utf8.h"

/* The rest of a valid JSON text, behind white space. */
static struct span skip_space(struct span rest)
{
    while (rest.n && memchr(" \t\r\n", rest.p[0], 4))
        rest = span_cut(rest, 1, rest.n);
    return rest;
}

/* The bytes of the string with which REST begins, with its quotes. */
static size_t string_size(struct span rest)
{
    size_t i = 1;

    while (i < rest.n && rest.p[i] != '"')
        i += rest.p[i] == '\\' ? 2 : 1;
    return i < rest.n ? i + 1 : rest.n;
}

/* REST, which begins with a value, behind it. */
static struct span skip_value(struct span rest)
{
    size_t depth = 0, i = 0;

    do {
        unsigned char c = rest.p[i];
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (c == '"')
            i += string_size(span_cut(rest, i, rest.n));
        else
            i++;
    } while (i < rest.n && (depth || !memchr(",}] \t\r\n", rest.p[i], 7)));
    return span_cut(rest, i, rest.n);
}

/* The next member of the object that *REST is in: its name as it stands, in quotes; *REST then
 * begins with its value. False at the object's end. */
static bool next_member(struct span *rest, struct span *name)
{
    *rest = skip_space(*rest);
    if (rest->n && rest->p[0] == ',')
        *rest = skip_space(span_cut(*rest, 1, rest->n));
    if (!rest->n || rest->p[0] != '"')
        return false;
    size_t n = string_size(*rest);
    *name = span_cut(*rest, 0, n);
    *rest = skip_space(span_cut(*rest, n, rest->n));
    *rest = rest->n ? skip_space(span_cut(*rest, 1, rest->n)) : *rest;
    return rest->n;
}

/* *OBJECT, behind its brace, becomes that which is its member NAME. False if there is none; a
 * name that has escapes is none. */
static bool enter(struct span *object, struct span name)
{
    struct span rest = *object, found;

    for (; next_member(&rest, &found); rest = skip_value(rest)) {
        if (!span_equal(span_cut(found, 1, found.n - 1), name))
            continue;
        *object = span_cut(rest, 1, rest.n);
        return rest.p[0] == '{';
    }
    return false;
}

static bool follow(struct span *object, const struct pointer *pointer)
{
    for (size_t i = 0; i < pointer->count; i++)
        if (!enter(object, pointer->tokens[i]))
            return false;
    return true;
}

static void put_name(struct buf *out, struct span quoted)
{
    struct span name = span_cut(quoted, 1, quoted.n - 1);
    size_t n = utf8_fit(name, INVENTORY_BYTES);

    buf_putc(out, '"');
    buf_put(out, span_cut(name, 0, n));
    buf_puts(out, n < name.n ? "...\"" : "\"");
}

static void put_names(struct buf *out, struct span object)
{
    struct span name;
    size_t count = 0;

    for (; next_member(&object, &name); object = skip_value(object)) {
        if (count++ >= INVENTORY_NAMES)
            continue;
        buf_puts(out, count > 1 ? ", " : " ");
        put_name(out, name);
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
    struct span record = skip_space(text), object = record;
    struct span where = span_text("the record");

    if (!record.n || record.p[0] != '{')
        return;
    record = object = span_cut(record, 1, record.n);
    for (size_t i = 0; i < catalog->root_count; i++, object = record) {
        if (!follow(&object, &catalog->roots[i]))
            continue;
        if (catalog->roots[i].count)
            where = catalog->roots[i].text;
        break;
    }
    buf_puts(out, "; ");
    buf_put(out, where);
    buf_puts(out, " has");
    put_names(out, object);
}
