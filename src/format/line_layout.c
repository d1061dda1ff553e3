#include "config.h"

#include "format/line_layout.h"

#include <stdlib.h>

#include "catalog/catalog.h"

/* What the values of each member are. */
static const struct {
    enum line_type type;
    bool has_null, is_array;
} members[NDJSON_NAMES] = {
    [NDJSON_FILE] = {LINE_TEXT, false, false},
    [NDJSON_LINE] = {LINE_U64, false, false},
    [NDJSON_ID] = {LINE_JSON, true, false},
    [NDJSON_CARRY] = {LINE_JSON, true, false},
    [NDJSON_CATALOG] = {LINE_TEXT, false, false},
    [NDJSON_FACTS] = {LINE_JSON, true, false},
    [NDJSON_IDS] = {LINE_HASH128, true, false},
    [NDJSON_COVERAGE] = {LINE_U64, false, false},
    [NDJSON_PRESENT] = {LINE_U64, false, false},
    [NDJSON_ERRORS] = {LINE_U64, false, false},
    [NDJSON_GROUPS] = {LINE_HASH64, true, false},
    [NDJSON_SKETCH] = {LINE_HASH64, false, true},
    [NDJSON_VECTOR] = {LINE_HASH64, true, true},
    [NDJSON_SIGNALS] = {LINE_HASH64, true, false},
    [NDJSON_VALUES] = {LINE_JSON, true, false},
    [NDJSON_STATES] = {LINE_TEXT, true, false},
    [NDJSON_VISITOR_ID] = {LINE_HASH128, true, false},
    [NDJSON_THUMBMARK] = {LINE_HASH128, true, false},
};

enum line_type line_column_type(const struct line_column *column)
{
    return members[column->member].type;
}

bool line_column_has_null(const struct line_column *column)
{
    return members[column->member].has_null;
}

bool line_column_is_array(const struct line_column *column)
{
    return members[column->member].is_array;
}

uint32_t line_column_count(const struct line_layout *layout, const struct line_column *column)
{
    if (!line_column_is_array(column))
        return 1;
    return column->member == NDJSON_SKETCH ? layout->catalog->sketch_words
                                           : layout->catalog->row_count;
}

static void add_line_columns(struct line_layout *layout, enum ndjson_member member,
                             uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        layout->columns[layout->count++] = (struct line_column){member, i};
}

/* Add a column for row number I, unless no line can show a value or state of it. */
static void add_line_row(struct line_layout *layout, enum ndjson_member member, uint32_t i,
                         bool reveal)
{
    const struct catalog_row *row = &layout->catalog->rows[i];

    if (!row->retired && (!row->private_data || reveal))
        layout->columns[layout->count++] = (struct line_column){member, i};
}

static void add_line_ids(struct line_layout *layout, unsigned selected)
{
    const struct catalog *catalog = layout->catalog;

    if (selected >> NDJSON_IDS & 1)
        add_line_columns(layout, NDJSON_IDS, IDENTITIES);
    if (ndjson_has_library(selected, catalog))
        add_line_columns(layout, ndjson_library_member(catalog->library), 1);
}

static void add_line_member(struct line_layout *layout, enum ndjson_member member, bool reveal)
{
    const struct catalog *catalog = layout->catalog;
    const struct catalog_list *facts = &catalog->lists.facts;

    switch (member) {
    case NDJSON_CARRY:
        add_line_columns(layout, member, catalog->carry_count);
        break;
    case NDJSON_FACTS:
        for (uint32_t i = 0; i < facts->count; i++)
            add_line_row(layout, member, facts->rows[i], reveal);
        break;
    case NDJSON_COVERAGE:
        add_line_columns(layout, member, IDENTITIES);
        break;
    case NDJSON_GROUPS:
        add_line_columns(layout, member, catalog->group_count);
        break;
    case NDJSON_SIGNALS:
        add_line_columns(layout, member, catalog->row_count);
        break;
    case NDJSON_VALUES:
    case NDJSON_STATES:
        for (uint32_t i = 0; i < catalog->row_count; i++)
            add_line_row(layout, member, i, reveal);
        break;
    default:
        add_line_columns(layout, member, 1);
        break;
    }
}

bool line_layout_make(struct line_layout *layout, const struct writer_options *options,
                      const struct catalog *catalog)
{
    size_t most = NDJSON_NAMES + 2 * (size_t)IDENTITIES + catalog->carry_count +
                  catalog->group_count + 4 * (size_t)catalog->row_count;

    *layout = (struct line_layout){.catalog = catalog,
                                   .columns = calloc(most, sizeof *layout->columns)};
    if (!layout->columns)
        return false;
    for (int member = 0; member < NDJSON_MEMBERS; member++)
        if (member == NDJSON_IDS)
            add_line_ids(layout, options->members);
        else if (options->members >> member & 1)
            add_line_member(layout, member, options->reveal);
    return true;
}

void line_layout_free(struct line_layout *layout)
{
    free(layout->columns);
    layout->columns = NULL;
}

enum ndjson_member line_column_member(const struct line_column *column)
{
    return 1u << column->member & NDJSON_LIBRARIES ? NDJSON_IDS : column->member;
}

struct span line_column_name(const struct line_layout *layout,
                             const struct line_column *column)
{
    const struct catalog *catalog = layout->catalog;

    switch (column->member) {
    case NDJSON_CARRY:
        return catalog->carries[column->number].name;
    case NDJSON_IDS:
    case NDJSON_COVERAGE:
        return span_text(identity_name((int)column->number));
    case NDJSON_GROUPS:
        return catalog_group_name(catalog, column->number);
    case NDJSON_FACTS:
    case NDJSON_SIGNALS:
    case NDJSON_VALUES:
    case NDJSON_STATES:
        return catalog_row_name(catalog, column->number);
    case NDJSON_VISITOR_ID:
    case NDJSON_THUMBMARK:
        return span_text(library_id_name(catalog->library));
    default:
        return span_of(NULL, 0);
    }
}

void line_column_put_name(struct buf *out, const struct line_layout *layout,
                          const struct line_column *column)
{
    struct span name = line_column_name(layout, column);

    buf_puts(out, ndjson_name(line_column_member(column)));
    if (name.n)
        buf_putc(out, '.');
    buf_put(out, name);
}
