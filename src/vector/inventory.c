#include "config.h"

#include "vector/inventory.h"

#include "base/buf.h"
#include "catalog/catalog.h"
#include "json/pointer.h"
#include "json/raw.h"
#include "text/utf8.h"

static void put_shown_name(struct buf *out, struct span name)
{
    size_t n = utf8_fit(name, INVENTORY_BYTES);

    buf_putc(out, '"');
    buf_put(out, span_cut(name, 0, n));
    buf_puts(out, n < name.n ? "...\"" : "\"");
}

/* Append the names of OBJECT. */
static void put_shown_names(struct buf *out, struct span object)
{
    struct raw_cursor cursor = raw_members(object);
    struct raw_member member;
    size_t count = 0;

    while (raw_next(&cursor, &member)) {
        if (count++ >= INVENTORY_NAMES)
            continue;
        buf_puts(out, count > 1 ? ", " : " ");
        put_shown_name(out, member.name);
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
    struct span record = raw_trim(text), object = record, where = span_text("the record");

    for (size_t i = 0; i < catalog->root_count; i++) {
        const struct pointer *root = &catalog->roots[i];
        struct span found = raw_find(record, root, root->count);
        if (raw_is_object(found)) {
            object = found;
            if (root->count)
                where = root->text;
            break;
        }
    }
    buf_puts(out, "; ");
    buf_put(out, where);
    buf_puts(out, " has");
    put_shown_names(out, object);
}
