#include "config.h"

#include "vector/inventory.h"

#include "base/buf.h"
#include "catalog/catalog.h"
#include "json/skim.h"
#include "text/utf8.h"

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
    for (; skim_member(&rest, &name); rest = skim_value(rest)) {
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
    struct span record = skim_space(text), object = record,
                where = span_text("the record");

    for (size_t i = 0; i < catalog->root_count; i++, object = record)
        if (skim_pointer(&object, &catalog->roots[i])) {
            if (catalog->roots[i].count)
                where = catalog->roots[i].text;
            break;
        }
    buf_puts(out, "; ");
    buf_put(out, where);
    buf_puts(out, " has");
    put_shown_names(out, object);
}
