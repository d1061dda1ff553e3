#include "config.h"

#include "match/signature.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "format/row.h"
#include "text/hash.h"

#define NOWHERE SIZE_MAX

/* Where the rows of one schema have the cells. */
struct match_columns {
    const struct schema *schema;
    uint32_t signals; /* names that the schema had when this was made */
    size_t *at;       /* of each cell: bytes from the beginning of the image, or NOWHERE */
    size_t family, version;
    uint32_t *cells;  /* of each signal of the schema: its cell + 1, for sparse rows; 0 for none */
};

#define FAMILY_CELL  UINT32_MAX
#define VERSION_CELL (UINT32_MAX - 1)

bool match_signature_init(struct match_signature_reader *reader,
                          const struct match_components *components)
{
    struct match_signature_reader *r = reader;

    *r = (struct match_signature_reader){.components = components, .arena = ARENA_EMPTY};
    r->signature.values =
        arena_take_array(&r->arena, components->count + 1, sizeof *r->signature.values);
    r->signature.cells =
        arena_take_array(&r->arena, components->all_cells + 1, sizeof *r->signature.cells);
    r->hex = arena_take(&r->arena, ROW_KEY_DIGITS);
    return !r->arena.failed;
}

void match_signature_free(struct match_signature_reader *reader)
{
    for (uint32_t i = 0; i < reader->column_count; i++) {
        free(reader->columns[i].at);
        free(reader->columns[i].cells);
    }
    free(reader->columns);
    arena_free(&reader->arena);
}

/* Bytes from the beginning of the image where the signal or group NAME is. */
static size_t find_cell(const struct schema *schema, struct span name, bool group)
{
    uint32_t slot = names_find(group ? &schema->groups : &schema->signals, name);

    if (slot == NAMES_NONE)
        return NOWHERE;
    return (group ? schema->groups_at : schema->signals_at) + (size_t)8 * slot;
}

/* The signal number of the bytes AT, or UINT32_MAX. */
static uint32_t cell_slot(const struct schema *schema, size_t at)
{
    return at == NOWHERE ? UINT32_MAX : (uint32_t)((at - schema->signals_at) / 8);
}

static void note_cell(struct match_columns *columns, size_t at, uint32_t cell)
{
    uint32_t slot = cell_slot(columns->schema, at);

    if (slot < columns->signals)
        columns->cells[slot] = cell;
}

/* Find the cells of COLUMNS in its schema. False when memory is out. */
static bool fill_columns(const struct match_signature_reader *r, struct match_columns *columns)
{
    const struct match_components *c = r->components;
    const struct schema *schema = columns->schema;
    bool groups = c->source == MATCH_GROUPS;

    free(columns->at);
    free(columns->cells);
    columns->signals = schema->signals.count;
    columns->at = malloc((c->all_cells + 1) * sizeof *columns->at);
    columns->cells = calloc((size_t)columns->signals + 1, sizeof *columns->cells);
    if (!columns->at || !columns->cells)
        return false;
    for (uint32_t i = 0; i < c->all_cells; i++) {
        struct span name = groups ? catalog_group_name(c->catalog, c->rows[i])
                                  : catalog_row_name(c->catalog, c->rows[i]);
        columns->at[i] = find_cell(schema, name, groups);
        if (!groups)
            note_cell(columns, columns->at[i], i + 1);
    }
    columns->family = columns->version = NOWHERE;
    if (c->version == MATCH_NO_ROW)
        return true;
    columns->family = find_cell(schema, catalog_row_name(c->catalog, c->family), false);
    columns->version = find_cell(schema, catalog_row_name(c->catalog, c->version), false);
    note_cell(columns, columns->family, FAMILY_CELL);
    note_cell(columns, columns->version, VERSION_CELL);
    return true;
}

/* The columns of SCHEMA, up to date; null when memory is out. */
static const struct match_columns *find_columns(struct match_signature_reader *r,
                                                const struct schema *schema)
{
    struct match_columns *columns = NULL;

    for (uint32_t i = r->column_count; i-- > 0 && !columns;)
        if (r->columns[i].schema == schema)
            columns = &r->columns[i];
    if (!columns) {
        columns = realloc(r->columns, (r->column_count + 1) * sizeof *columns);
        if (!columns)
            return NULL;
        r->columns = columns;
        columns += r->column_count++;
        *columns = (struct match_columns){.schema = schema};
    } else if (columns->signals == schema->signals.count) {
        return columns;
    }
    return fill_columns(r, columns) ? columns : NULL;
}

/* The 8 bytes AT of the image, as they are there; 0 if it does not have them. */
static uint64_t image_cell(const struct row *row, size_t at)
{
    uint64_t cell;

    if (at >= row->image.n || row->image.n - at < sizeof cell)
        return 0;
    memcpy(&cell, row->image.p + at, sizeof cell);
    return cell;
}

/* The cells of a row that has only the signals in `slots`. */
static void read_sparse(struct match_signature_reader *r, const struct match_columns *columns,
                        const struct row *row)
{
    struct match_signature *s = &r->signature;

    memset(s->cells, 0, r->components->all_cells * sizeof *s->cells);
    s->family = s->version_hash = 0;
    for (size_t i = 0; i < row->slots.n / sizeof(uint32_t); i++) {
        uint32_t cell = columns->cells[row_slot(row->slots.p, i)];
        uint64_t hash = image_cell(row, row->schema->signals_at + 8 * i);
        if (cell == FAMILY_CELL)
            s->family = hash;
        else if (cell == VERSION_CELL)
            s->version_hash = hash;
        else if (cell)
            s->cells[cell - 1] = hash;
    }
}

static void read_dense(struct match_signature_reader *r, const struct match_columns *columns,
                       const struct row *row)
{
    for (uint32_t i = 0; i < r->components->all_cells; i++)
        r->signature.cells[i] = image_cell(row, columns->at[i]);
    r->signature.family = image_cell(row, columns->family);
    r->signature.version_hash = image_cell(row, columns->version);
}

uint64_t match_component_value(const uint64_t *cells, uint32_t count)
{
    uint64_t any = 0;

    for (uint32_t i = 0; i < count; i++)
        any |= cells[i];
    return any ? hash64(span_of(cells, count * sizeof *cells)) : 0;
}

bool match_signature_read(struct match_signature_reader *reader, const struct row *row)
{
    const struct match_columns *columns = find_columns(reader, row->schema);
    const struct match_components *c = reader->components;
    struct match_signature *s = &reader->signature;

    if (!columns)
        return false;
    if (row->slots.n && c->source == MATCH_SIGNALS)
        read_sparse(reader, columns, row);
    else
        read_dense(reader, columns, row);
    for (uint32_t i = 0; reader->counted && i < c->all_cells; i++)
        s->cells[i] = reader->counted[i] ? s->cells[i] : 0;
    for (uint32_t i = 0; i < c->count; i++)
        s->values[i] = match_component_value(s->cells + c->items[i].cells, c->items[i].cell_count);
    s->version = match_components_version(c, le64toh(s->version_hash));
    memcpy(s->key, row->key, sizeof s->key);
    s->id = row->id;
    if (row->has_id && !row->id.n)
        s->id = row_key_digits(reader->hex, row->key);
    return true;
}
