#include "config.h"

#include "json/pointer_at.h"

#include "base/buf.h"
#include "json/value.h"
#include "text/utf8.h"

/* An array or object that is open at the offset. */
struct level {
    bool array;
    size_t index;     /* of the element */
    struct span name; /* of the member that was named last; of none yet, no pointer */
};

/* The offset of the quote that ends the string whose text begins at AT, or the end of TEXT. */
static size_t string_end(struct span text, size_t at)
{
    while (at < text.n && text.p[at] != '"')
        at += text.p[at] == '\\' ? 2 : 1;
    return at < text.n ? at : text.n;
}

/* Note the name or pass the string that begins after the quote at AT; the next offset. A
 * string is a name where its object waits for one. */
static size_t take_string(struct span text, size_t at, struct level *level, bool *name_due)
{
    size_t end = string_end(text, at + 1);

    if (level && *name_due) {
        level->name = span_cut(text, at + 1, end);
        *name_due = false;
    }
    return end + 1;
}

/* The levels that are open at the end of TEXT; how many. *NAME_DUE: a name is next there. */
static size_t find_levels(struct span text, struct level *levels, bool *name_due)
{
    size_t depth = 0;

    *name_due = false;
    for (size_t i = 0; i < text.n;) {
        unsigned char c = text.p[i];
        struct level *top = depth ? &levels[depth - 1] : NULL;
        if (c == '"') {
            i = take_string(text, i, top, name_due);
            continue;
        }
        i++;
        if ((c == '{' || c == '[') && depth < VALUE_DEPTH) {
            levels[depth++] = (struct level){.array = c == '['};
            *name_due = c == '{';
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
            *name_due = false;
        } else if (c == ',' && top) {
            top->index++;
            *name_due = !top->array;
        }
    }
    return depth;
}

/* Append TOKEN, as long as OUT has less than ENOUGH bytes. */
static void put_pointer_token(struct buf *out, struct span token, size_t enough)
{
    for (size_t i = 0; i < token.n && out->n < enough && !out->failed; i++) {
        if (token.p[i] == '~')
            buf_puts(out, "~0");
        else if (token.p[i] == '/')
            buf_puts(out, "~1");
        else
            buf_putc(out, token.p[i]);
    }
}

void pointer_at_put(struct buf *out, struct span text, size_t offset, size_t most)
{
    struct level levels[VALUE_DEPTH];
    size_t start = out->n, enough = start + most + UTF8_MAX;

    bool name_due;
    size_t depth = find_levels(span_cut(text, 0, offset), levels, &name_due);
    /* A name that is at fault as a whole. */
    if (name_due && offset < text.n && text.p[offset] == '"')
        take_string(text, offset, &levels[depth - 1], &name_due);
    for (size_t i = 0; i < depth && out->n < enough; i++) {
        if (!levels[i].array && !levels[i].name.p)
            break;
        buf_putc(out, '/');
        if (levels[i].array)
            buf_put_uint(out, levels[i].index);
        else
            put_pointer_token(out, levels[i].name, enough);
    }
    if (!out->failed && out->n - start > most) {
        out->n = start + utf8_fit(span_cut(buf_span(out), start, out->n), most);
        out->n -= out->p[out->n - 1] == '~'; /* valid only before 0 or 1 */
        buf_puts(out, "...");
    }
}
