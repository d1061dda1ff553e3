#include "config.h"

#include "format/binary_layout.h"

#include <stdlib.h>

#include "catalog/catalog.h"

#define ROW_ALIGN 64

static const struct {
    const char *name;
    uint32_t size;
} types[BINARY_TYPES] = {
    [BINARY_U8] = {"u8", 1},   [BINARY_U16] = {"u16", 2}, [BINARY_U32] = {"u32", 4},
    [BINARY_U64] = {"u64", 8}, [BINARY_I64] = {"i64", 8}, [BINARY_F64] = {"f64", 8},
    [BINARY_XXH3] = {"xxh3", 8}, [BINARY_UTF8] = {"utf8", 1},
};

static const struct {
    const char *name;
    bool named; /* its columns have their own names */
    bool is_array;
} kinds[BINARY_KINDS] = {
    [BINARY_TAG] = {"tag", false, true},
    [BINARY_KEY] = {"key", false, true},
    [BINARY_PRESENT] = {"present", false, false},
    [BINARY_ERRORS] = {"errors", false, false},
    [BINARY_ID] = {"id", true, true},
    [BINARY_COVERAGE] = {"coverage", true, false},
    [BINARY_BITMAP] = {"bitmap", false, true},
    [BINARY_FACT] = {"fact", true, false},
    [BINARY_CARRY] = {"carry", true, false},
    [BINARY_GROUPS] = {"groups", false, true},
    [BINARY_VECTOR] = {"vector", false, true},
    [BINARY_SKETCH] = {"sketch", false, true},
    [BINARY_TEXT] = {"text", true, true},
};

bool binary_kind_has_bit(enum binary_kind kind)
{
    return binary_kind_is_plain(kind) || kind == BINARY_TEXT;
}

bool binary_kind_is_array(enum binary_kind kind)
{
    return kinds[kind].is_array;
}

void binary_column_put_name(struct buf *out, const struct binary_column *column)
{
    buf_puts(out, kinds[column->kind].name);
    if (kinds[column->kind].named)
        buf_putc(out, ':');
    buf_put(out, column->name);
}

enum binary_kind binary_kind_find(struct span text, struct span *name)
{
    size_t n = 0;
    enum binary_kind kind = BINARY_TAG;

    while (n < text.n && text.p[n] != ':')
        n++;
    bool named = n < text.n;
    *name = span_cut(text, named ? n + 1 : n, text.n);
    struct span first = span_cut(text, 0, n);
    while (kind < BINARY_KINDS &&
           (named != kinds[kind].named || !span_equal(first, span_text(kinds[kind].name))))
        kind++;
    return kind;
}

const char *binary_type_name(enum binary_type type)
{
    return types[type].name;
}

uint32_t binary_type_size(enum binary_type type)
{
    return types[type].size;
}

static enum binary_type plain_type(enum plain type)
{
    switch (type) {
    case PLAIN_U64:
        return BINARY_U64;
    case PLAIN_I64:
        return BINARY_I64;
    case PLAIN_F64:
        return BINARY_F64;
    case PLAIN_NONE:
    case PLAIN_HASH:
        break;
    }
    return BINARY_XXH3;
}

/* Append COLUMN at *AT, which is moved to its end. */
static void add_column(struct binary_layout *layout, size_t *at, struct binary_column column)
{
    uint32_t size = types[column.type].size;

    *at = (*at + size - 1) / size * size;
    column.offset = *at;
    *at += (size_t)size * column.count;
    if (column.count)
        layout->columns[layout->column_count++] = column;
}

/* Append one column of KIND and TYPE with COUNT values. */
static void add_single(struct binary_layout *layout, size_t *at, enum binary_kind kind,
                       enum binary_type type, uint32_t count)
{
    add_column(layout, at, (struct binary_column){.kind = kind, .type = type, .count = count});
}

/* Append a column of KIND and TYPE with COUNT values for each identity. */
static void add_identities(struct binary_layout *layout, size_t *at, enum binary_kind kind,
                           enum binary_type type, uint32_t count)
{
    for (uint32_t i = 0; i < IDENTITIES; i++)
        add_column(layout, at,
                   (struct binary_column){.kind = kind,
                                          .type = type,
                                          .count = count,
                                          .number = i,
                                          .name = span_text(identity_name(i))});
}

/* Append the bitmap, facts and carried members, of which there are COUNT. */
static void add_plains(struct binary_layout *layout, size_t *at, const struct catalog *catalog,
                       uint32_t count)
{
    uint32_t bit = 0;

    layout->bitmap = (*at + 7) / 8 * 8;
    add_single(layout, at, BINARY_BITMAP, BINARY_U64, (count + 63) / 64);
    for (uint32_t i = 0; i < catalog->row_count; i++)
        if (catalog->rows[i].fact != PLAIN_NONE)
            add_column(layout, at,
                       (struct binary_column){.kind = BINARY_FACT,
                                              .type = plain_type(catalog->rows[i].fact),
                                              .count = 1,
                                              .number = i,
                                              .bit = bit++,
                                              .name = catalog_row_name(catalog, i)});
    for (uint32_t i = 0; i < catalog->carry_count; i++)
        add_column(layout, at,
                   (struct binary_column){.kind = BINARY_CARRY,
                                          .type = plain_type(catalog->carries[i].type),
                                          .count = 1,
                                          .number = i,
                                          .bit = bit++,
                                          .name = catalog->carries[i].name});
}

/* Append a column of COUNT bytes for the text of each fact that has a hash in a row. */
static void add_texts(struct binary_layout *layout, size_t *at, const struct catalog *catalog,
                      uint32_t count)
{
    uint32_t bit = 0;

    for (uint32_t i = 0; i < catalog->row_count; i++) {
        enum plain fact = catalog->rows[i].fact;
        if (fact != PLAIN_NONE && plain_type(fact) == BINARY_XXH3)
            add_column(layout, at,
                       (struct binary_column){.kind = BINARY_TEXT,
                                              .type = BINARY_UTF8,
                                              .count = count,
                                              .number = i,
                                              .bit = bit,
                                              .name = catalog_row_name(catalog, i)});
        bit += fact != PLAIN_NONE;
    }
}

bool binary_layout_make(struct binary_layout *layout, const struct catalog *catalog,
                        const struct binary_extras *extras)
{
    uint32_t plains = catalog->carry_count;
    size_t at = 0;

    for (uint32_t i = 0; i < catalog->row_count; i++)
        plains += catalog->rows[i].fact != PLAIN_NONE;
    *layout = (struct binary_layout){
        .columns = calloc(BINARY_KINDS + 2 * IDENTITIES + 1 + 2 * (size_t)plains,
                          sizeof *layout->columns)};
    if (!layout->columns)
        return false;
    add_single(layout, &at, BINARY_TAG, BINARY_U8, 8);
    add_single(layout, &at, BINARY_KEY, BINARY_U8, 16);
    add_single(layout, &at, BINARY_PRESENT, BINARY_U32, 1);
    add_single(layout, &at, BINARY_ERRORS, BINARY_U32, 1);
    add_identities(layout, &at, BINARY_ID, BINARY_U8, 16);
    add_identities(layout, &at, BINARY_COVERAGE, BINARY_U16, 1);
    add_plains(layout, &at, catalog, plains);
    add_single(layout, &at, BINARY_GROUPS, BINARY_U64, catalog->group_count);
    add_single(layout, &at, BINARY_VECTOR, BINARY_U64, catalog->row_count);
    if (extras->library)
        add_column(layout, &at,
                   (struct binary_column){.kind = BINARY_ID,
                                          .type = BINARY_U8,
                                          .count = 16,
                                          .number = IDENTITIES,
                                          .name = span_text(library_id_name(catalog->library))});
    add_single(layout, &at, BINARY_SKETCH, BINARY_U64, extras->sketched ? catalog->sketch_words : 0);
    add_texts(layout, &at, catalog, extras->text);
    layout->stride = (at + ROW_ALIGN - 1) / ROW_ALIGN * ROW_ALIGN;
    return true;
}

void binary_layout_free(struct binary_layout *layout)
{
    free(layout->columns);
    layout->columns = NULL;
}
