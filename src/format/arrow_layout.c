#include "config.h"

#include "format/arrow_layout.h"

#include <stdlib.h>

#include "catalog/catalog.h"

#define ROW_HEAD 16 /* its two numbers, see arrow_row.h */

static const struct {
    const char *name;
    uint32_t size;
} arrow_types[ARROW_TYPES] = {
    [ARROW_UTF8] = {"utf8", 4}, [ARROW_U32] = {"u32", 4}, [ARROW_U64] = {"u64", 8},
    [ARROW_I64] = {"i64", 8},   [ARROW_F64] = {"f64", 8}, [ARROW_BYTES] = {"bytes", 16},
};

const char *arrow_type_name(enum arrow_type type)
{
    return arrow_types[type].name;
}

uint32_t arrow_type_size(enum arrow_type type)
{
    return arrow_types[type].size;
}

/* The type of a fact or carried member of TYPE: where none is given, its text. */
static enum arrow_type plain_arrow_type(enum plain type)
{
    switch (type) {
    case PLAIN_U64:
        return ARROW_U64;
    case PLAIN_I64:
        return ARROW_I64;
    case PLAIN_F64:
        return ARROW_F64;
    case PLAIN_NONE:
    case PLAIN_HASH:
        break;
    }
    return ARROW_UTF8;
}

static enum arrow_type line_arrow_type(const struct catalog *catalog,
                                       const struct line_column *line)
{
    if (line->member == NDJSON_FACTS)
        return plain_arrow_type(catalog->rows[line->number].fact);
    if (line->member == NDJSON_CARRY)
        return plain_arrow_type(catalog->carries[line->number].type);
    switch (line_column_type(line)) {
    case LINE_U64:
        return line->member == NDJSON_LINE ? ARROW_U64 : ARROW_U32;
    case LINE_HASH64:
        return ARROW_U64;
    case LINE_HASH128:
        return ARROW_BYTES;
    case LINE_TEXT:
    case LINE_JSON:
    case LINE_TYPES:
        break;
    }
    return ARROW_UTF8;
}

/* Append COLUMN, whose place in a row becomes known later. */
static void add_arrow_column(struct arrow_layout *layout, struct arrow_column column)
{
    uint32_t size = arrow_types[column.type].size;

    layout->columns[layout->count++] = column;
    layout->data += column.list ? (size_t)size * column.list : size;
    layout->nodes += column.list ? 2 : 1;
    layout->buffers += (column.list ? 3u : 2u) + (column.type == ARROW_UTF8);
}

static void add_arrow_line(struct arrow_layout *layout, const struct line_column *line)
{
    const struct catalog *catalog = layout->lines.catalog;
    bool is_list = line_column_is_array(line);
    struct arrow_column column = {
        .line = *line,
        .has_null = line_column_has_null(line),
        .type = line_arrow_type(catalog, line),
        .list = is_list ? line_column_count(&layout->lines, line) : 0};

    if (!is_list || column.list)
        add_arrow_column(layout, column);
    if (line->member == NDJSON_ID)
        add_arrow_column(layout, (struct arrow_column){.line = *line,
                                                       .is_key = true,
                                                       .has_null = true,
                                                       .type = ARROW_BYTES});
}

/* Give each column its place in a row: after the head and a bit for each column. */
static void place_cells(struct arrow_layout *layout)
{
    size_t at = ROW_HEAD + (layout->count + 63) / 64 * 8;

    for (size_t i = 0; i < layout->count; i++) {
        struct arrow_column *column = &layout->columns[i];
        column->cell = at;
        at += (size_t)arrow_types[column->type].size * (column->list ? column->list : 1);
    }
    layout->cells = at;
}

bool arrow_layout_make(struct arrow_layout *layout, const struct writer_options *options,
                       const struct catalog *catalog)
{
    *layout = (struct arrow_layout){.count = 0};
    if (!line_layout_make(&layout->lines, options, catalog))
        return false;
    layout->columns = calloc(layout->lines.count + 1, sizeof *layout->columns);
    if (!layout->columns)
        return false;
    for (size_t i = 0; i < layout->lines.count; i++)
        add_arrow_line(layout, &layout->lines.columns[i]);
    place_cells(layout);
    return true;
}

void arrow_layout_free(struct arrow_layout *layout)
{
    line_layout_free(&layout->lines);
    free(layout->columns);
    layout->columns = NULL;
}

void arrow_column_put_name(struct buf *out, const struct arrow_layout *layout,
                           const struct arrow_column *column)
{
    if (column->is_key)
        buf_puts(out, "key");
    else
        line_column_put_name(out, &layout->lines, &column->line);
}
