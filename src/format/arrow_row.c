#include "config.h"

#include "format/arrow_row.h"

#include "catalog/catalog.h"
#include "format/arrow_batch.h"
#include "format/binary_carry.h"
#include "format/cell_text.h"
#include "format/row_key.h"
#include "vector/passthrough.h"
#include "vector/vector.h"

/* Before a text, a batch has less than it needs to be full. */
#define TEXT_MOST ((size_t)INT32_MAX - ARROW_BATCH_DATA)

/* A row while it is made. */
struct arrow_source {
    struct buf *out;
    size_t row; /* where it begins in OUT */
    const struct catalog *catalog;
    const struct passthrough *passthrough;
    const struct vector *vector;
};

/* Append the JSON text VALUE as a text. False if it is null. */
static bool put_arrow_json(struct buf *out, struct span value)
{
    if (!value.n || span_equal(value, span_text("null")))
        return false;
    cell_text_put(out, value);
    return true;
}

/* The JSON text of the value of row number I; empty if it has none. */
static struct span arrow_value_text(const struct vector *vector, uint32_t i)
{
    struct span text = vector->texts[i]; /* it begins with '=' */

    return vector->states[i] == SIGNAL_VALUE ? span_cut(text, 1, text.n) : span_of(NULL, 0);
}

static bool put_arrow_state(struct buf *out, const struct vector *vector, uint32_t i)
{
    enum signal_state state = vector->states[i];

    if (state == SIGNAL_VALUE || state == SIGNAL_MISSING)
        return false;
    if (state == SIGNAL_EXCLUDED)
        buf_putc(out, '-');
    else
        buf_put(out, vector->texts[i]);
    return true;
}

/* Append the text of COLUMN to the row. False for null. */
static bool put_arrow_text(const struct arrow_source *source, struct line_column column)
{
    const struct passthrough *passthrough = source->passthrough;
    struct buf *out = source->out;

    switch (column.member) {
    case NDJSON_FILE:
        buf_put(out, passthrough->origin.file);
        return true;
    case NDJSON_ID:
        return put_arrow_json(out, passthrough->id);
    case NDJSON_CARRY:
        return put_arrow_json(out, passthrough->members[column.number]);
    case NDJSON_CATALOG:
        catalog_put_label(out, source->catalog);
        return true;
    case NDJSON_FACTS:
    case NDJSON_VALUES:
        return put_arrow_json(out, arrow_value_text(source->vector, column.number));
    case NDJSON_STATES:
        return put_arrow_state(out, source->vector, column.number);
    default:
        return false;
    }
}

/* Find the number in COLUMN, or of a double the bits. False for null. */
static bool arrow_number(const struct arrow_source *source, struct line_column column,
                         uint64_t *bits)
{
    const struct passthrough *passthrough = source->passthrough;
    const struct catalog *catalog = source->catalog;
    const struct vector *vector = source->vector;
    uint32_t i = column.number;
    struct span text;

    switch (column.member) {
    case NDJSON_LINE:
        *bits = passthrough->origin.line;
        return true;
    case NDJSON_CARRY:
        return binary_carry_member(passthrough->members[i], catalog->carries[i].type, bits);
    case NDJSON_FACTS:
        text = arrow_value_text(vector, i);
        return text.n && binary_carry_fact(text, catalog->rows[i].fact, bits);
    case NDJSON_COVERAGE:
        *bits = vector->coverage[i];
        return true;
    case NDJSON_PRESENT:
        *bits = vector->present;
        return true;
    case NDJSON_ERRORS:
        *bits = vector->errors;
        return true;
    case NDJSON_GROUPS:
        return (*bits = vector->groups[i]) != 0;
    case NDJSON_SIGNALS:
        return (*bits = vector->hashes[i]) != 0;
    default:
        return false;
    }
}

/* Write the key or identity COLUMN at AT. False for null. */
static bool set_arrow_bytes(unsigned char *at, const struct arrow_source *source,
                            const struct arrow_column *column)
{
    const struct vector *vector = source->vector;
    struct span id = source->passthrough->id;
    uint32_t i = column->line.number;

    if (column->is_key) {
        if (span_equal(id, span_text("null")))
            return false;
        row_key_put(at, id);
        return true;
    }
    bool known = column->line.member == NDJSON_IDS ? vector->has_id[i] : vector->library.known;
    if (known)
        row_key_put_hash(at, column->line.member == NDJSON_IDS ? vector->ids[i]
                                                               : vector->library.hash);
    return known;
}

static void set_arrow_list(unsigned char *at, const struct vector *vector,
                           const struct arrow_column *column)
{
    const uint64_t *words =
        column->line.member == NDJSON_SKETCH ? vector->sketch : vector->hashes;

    for (uint32_t i = 0; i < column->list; i++)
        set_u64(at + (size_t)8 * i, words[i]);
}

/* Write the value of COLUMN. False for null, or when memory is out. */
static bool put_arrow_cell(const struct arrow_source *source,
                           const struct arrow_column *column)
{
    struct buf *out = source->out;
    size_t at = source->row + column->cell, before = out->n;
    uint64_t bits = 0;

    if (column->type == ARROW_UTF8) {
        bool has = put_arrow_text(source, column->line);
        if (out->n - before > TEXT_MOST)
            out->failed = true;
        if (!out->failed)
            set_u32(out->p + at, (uint32_t)(out->n - before));
        return has && !out->failed;
    }
    if (column->list) {
        set_arrow_list(out->p + at, source->vector, column);
        return true;
    }
    if (column->type == ARROW_BYTES)
        return set_arrow_bytes(out->p + at, source, column);
    if (!arrow_number(source, column->line, &bits))
        return false;
    if (column->type == ARROW_U32)
        set_u32(out->p + at, (uint32_t)bits);
    else
        set_u64(out->p + at, bits);
    return true;
}

void arrow_row_put(struct buf *out, const struct arrow_layout *layout,
                   const struct passthrough *passthrough, const struct vector *vector)
{
    const struct arrow_source source = {out, out->n, vector->catalog, passthrough, vector};
    unsigned char *room = buf_room(out, layout->cells);

    if (!room)
        return;
    memset(room, 0, layout->cells);
    out->n += layout->cells;
    for (size_t i = 0; i < layout->count && !out->failed; i++)
        if (put_arrow_cell(&source, &layout->columns[i]))
            out->p[source.row + 16 + i / 8] |= (unsigned char)(1u << i % 8);

    size_t size = out->n - source.row, padding = -size % 8;
    buf_put(out, span_of("\0\0\0\0\0\0\0", padding));
    if (out->failed)
        return;
    set_u64(out->p + source.row, size + padding);
    set_u64(out->p + source.row + 8, size - layout->cells);
}
