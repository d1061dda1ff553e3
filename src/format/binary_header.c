#include "config.h"

#include "format/binary_header.h"

#include "text/jcs.h"
#include "text/unicode.h"

/* A field of a row, named KIND, or KIND:NAME if there is a name. */
struct column {
    const char *kind;
    struct span name;
    const char *type;
    size_t offset;
    uint32_t count;
    bool plain; /* has a bit in the bitmap: */
    uint32_t bit;
};

/* Append COLUMN, unless it has no bytes. */
static void put_column(struct buf *out, struct column column)
{
    struct buf name = BUF_EMPTY;

    if (!column.count)
        return;
    buf_puts(&name, column.kind);
    if (column.name.n)
        buf_putc(&name, ':');
    buf_put(&name, column.name);
    if (!out->failed && out->p[out->n - 1] != '[')
        buf_putc(out, ',');
    buf_putc(out, '{');
    jcs_put_named_text(out, "name", buf_span(&name));
    jcs_put_named_uint(out, "offset", column.offset);
    jcs_put_named_text(out, "type", span_text(column.type));
    jcs_put_named_uint(out, "count", column.count);
    if (column.plain)
        jcs_put_named_uint(out, "bit", column.bit);
    buf_putc(out, '}');
    out->failed |= name.failed;
    buf_free(&name);
}

static void put_plain(struct buf *out, const struct binary_layout *layout, const char *kind,
                      struct span name, enum plain type, uint32_t *bit)
{
    put_column(out, (struct column){.kind = kind,
                                    .name = name,
                                    .type = catalog_plain_name(type),
                                    .offset = layout->plain + (size_t)8 * *bit,
                                    .count = 1,
                                    .plain = true,
                                    .bit = *bit});
    ++*bit;
}

static void put_columns(struct buf *out, const struct binary_layout *layout,
                        const struct catalog *catalog)
{
    struct span none = span_of(NULL, 0);
    uint32_t bit = 0;

    put_column(out, (struct column){"tag", none, "u8", BINARY_TAG, 8, false, 0});
    put_column(out, (struct column){"key", none, "u8", BINARY_KEY, 16, false, 0});
    put_column(out, (struct column){"present", none, "u32", BINARY_PRESENT, 1, false, 0});
    put_column(out, (struct column){"errors", none, "u32", BINARY_ERRORS, 1, false, 0});
    for (uint32_t i = 0; i < IDENTITIES; i++)
        put_column(out, (struct column){"id", span_text(identity_name(i)), "u8",
                                        BINARY_IDS + 16 * i, 16, false, 0});
    for (uint32_t i = 0; i < IDENTITIES; i++)
        put_column(out, (struct column){"coverage", span_text(identity_name(i)), "u16",
                                        BINARY_COVERAGE + 2 * i, 1, false, 0});
    put_column(out, (struct column){"bitmap", none, "u64", layout->bitmap,
                                    (uint32_t)(layout->plain - layout->bitmap) / 8, false, 0});
    for (uint32_t i = 0; i < catalog->row_count; i++)
        if (catalog->rows[i].fact != PLAIN_NONE)
            put_plain(out, layout, "fact", catalog_row_name(catalog, i), catalog->rows[i].fact,
                      &bit);
    for (uint32_t i = 0; i < catalog->carry_count; i++)
        put_plain(out, layout, "carry", catalog->carries[i].name, catalog->carries[i].type,
                  &bit);
    put_column(out, (struct column){"groups", none, "u64", layout->groups, layout->group_count,
                                    false, 0});
    put_column(out, (struct column){"vector", none, "u64", layout->vector, layout->signal_count,
                                    false, 0});
}

/* NAME-VERSION. */
static void put_catalog(struct buf *out, const struct catalog *catalog)
{
    struct buf text = BUF_EMPTY;

    buf_put(&text, catalog->name);
    buf_putc(&text, '-');
    buf_put(&text, catalog->version);
    jcs_put_named_text(out, "catalog", buf_span(&text));
    out->failed |= text.failed;
    buf_free(&text);
}

void binary_header_put(struct buf *out, const struct binary_layout *layout,
                       const struct catalog *catalog, struct span producer)
{
    buf_putc(out, '{');
    jcs_put_named_text(out, "producer", producer);
    put_catalog(out, catalog);
    jcs_put_name(out, "digest");
    buf_putc(out, '"');
    hash_put128(out, catalog->digest);
    buf_putc(out, '"');
    jcs_put_named_text(out, "unicode", span_text(UNICODE_VERSION));
    jcs_put_name(out, "columns");
    buf_putc(out, '[');
    put_columns(out, layout, catalog);
    buf_puts(out, "]");
    jcs_put_name(out, "groups");
    for (uint32_t i = 0; i < catalog->group_count; i++) {
        buf_putc(out, i ? ',' : '[');
        jcs_put_string(out, catalog_group_name(catalog, i));
    }
    buf_puts(out, "]");
    jcs_put_name(out, "signals");
    for (uint32_t i = 0; i < catalog->row_count; i++) {
        buf_putc(out, i ? ',' : '[');
        jcs_put_string(out, catalog_row_name(catalog, i));
    }
    buf_puts(out, "]}");
}
