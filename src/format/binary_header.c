#include "config.h"

#include "format/binary_header.h"

#include "catalog/catalog.h"
#include "text/jcs.h"
#include "text/unicode.h"

static void put_header_column(struct buf *out, const struct binary_column *column)
{
    struct buf name = BUF_EMPTY;

    binary_column_put_name(&name, column);
    buf_putc(out, '{');
    jcs_put_named_text(out, "name", buf_span(&name));
    jcs_put_named_uint(out, "offset", column->offset);
    jcs_put_named_text(out, "type", span_text(binary_type_name(column->type)));
    jcs_put_named_uint(out, "count", column->count);
    if (binary_kind_has_bit(column->kind))
        jcs_put_named_uint(out, "bit", column->bit);
    buf_putc(out, '}');
    out->failed |= name.failed;
    buf_free(&name);
}

void binary_header_put_catalog(struct buf *out, const struct catalog *catalog)
{
    buf_put(out, catalog->name);
    buf_putc(out, '-');
    buf_put(out, catalog->version);
}

void binary_header_put_digest(struct buf *out, const struct catalog *catalog)
{
    hash_put128(out, catalog->digest);
}

void binary_header_put_origin(struct buf *out, const struct catalog *catalog,
                              struct span producer)
{
    struct buf text = BUF_EMPTY;

    binary_header_put_catalog(&text, catalog);
    jcs_put_named_text(out, "producer", producer);
    jcs_put_named_text(out, "catalog", buf_span(&text));
    jcs_put_name(out, "digest");
    buf_putc(out, '"');
    binary_header_put_digest(out, catalog);
    buf_putc(out, '"');
    jcs_put_named_text(out, "unicode", span_text(UNICODE_VERSION));
    out->failed |= text.failed;
    buf_free(&text);
}

void binary_header_put_columns(struct buf *out, const struct binary_layout *layout)
{
    jcs_put_name(out, "columns");
    for (size_t i = 0; i < layout->column_count; i++) {
        buf_putc(out, i ? ',' : '[');
        put_header_column(out, &layout->columns[i]);
    }
    buf_putc(out, ']');
}

void binary_header_put_groups(struct buf *out, const struct catalog *catalog)
{
    buf_putc(out, '[');
    for (uint32_t i = 0; i < catalog->group_count; i++) {
        buf_puts(out, i ? "," : "");
        jcs_put_string(out, catalog_group_name(catalog, i));
    }
    buf_putc(out, ']');
}

void binary_header_put_signals(struct buf *out, const struct catalog *catalog)
{
    buf_putc(out, '[');
    for (uint32_t i = 0; i < catalog->row_count; i++) {
        buf_puts(out, i ? "," : "");
        jcs_put_string(out, catalog_row_name(catalog, i));
    }
    buf_putc(out, ']');
}

void binary_header_put_names(struct buf *out, const struct catalog *catalog)
{
    jcs_put_name(out, "groups");
    binary_header_put_groups(out, catalog);
    jcs_put_name(out, "signals");
    binary_header_put_signals(out, catalog);
}

void binary_header_put(struct buf *out, const struct binary_layout *layout,
                       const struct catalog *catalog, struct span producer)
{
    buf_putc(out, '{');
    binary_header_put_origin(out, catalog, producer);
    binary_header_put_columns(out, layout);
    binary_header_put_names(out, catalog);
    buf_putc(out, '}');
}
