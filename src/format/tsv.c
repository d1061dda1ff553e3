#include "config.h"

#include "format/tsv.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "format/line_layout.h"
#include "format/tsv_text.h"
#include "text/hex.h"
#include "vector/passthrough.h"
#include "vector/vector.h"

struct tsv_output {
    struct writer_options options;
    struct line_layout layout;
};

static void tsv_close(void *state)
{
    struct tsv_output *output = state;

    if (!output)
        return;
    line_layout_free(&output->layout);
    free(output);
}

static void *tsv_open(const struct writer_options *options, const struct catalog *catalog)
{
    struct tsv_output *output = calloc(1, sizeof *output);

    if (!output)
        return NULL;
    output->options = *options;
    if (line_layout_make(&output->layout, options, catalog))
        return output;
    tsv_close(output);
    return NULL;
}

static unsigned tsv_texts(const void *state)
{
    return ndjson_texts_of(((const struct tsv_output *)state)->options.members);
}

/* Each cell of the line from BEGIN on has ended with a tab: the last one ends the line. */
static void end_tsv_line(struct buf *out, size_t begin)
{
    if (out->failed || out->n == begin)
        buf_putc(out, '\n');
    else
        out->p[out->n - 1] = '\n';
}

static void tsv_header(const void *state, struct buf *out)
{
    const struct tsv_output *output = state;
    const struct line_layout *layout = &output->layout;
    size_t begin = out->n;

    if (output->options.bare)
        return;
    for (size_t i = 0; i < layout->count; i++) {
        struct span name = line_column_name(layout, &layout->columns[i]);
        tsv_put_text(out, span_text(ndjson_name(line_column_member(&layout->columns[i]))));
        if (name.n) {
            buf_putc(out, '.');
            tsv_put_text(out, name);
        }
        buf_putc(out, '\t');
    }
    end_tsv_line(out, begin);
}

static void put_tsv_hash(struct buf *out, uint64_t hash)
{
    unsigned char *room = buf_room(out, 16);

    if (!hash) {
        buf_puts(out, TSV_NULL);
    } else if (room) {
        hex_put(room, hash);
        out->n += 16;
    }
}

/* ID, or null. */
static void put_tsv_id(struct buf *out, const struct hash128 *id)
{
    if (id)
        hash_put128(out, *id);
    else
        buf_puts(out, TSV_NULL);
}

/* COUNT words, with commas between them; a cell has no null within it, so that of no hash is 0. */
static void put_tsv_words(struct buf *out, const uint64_t *words, uint32_t count)
{
    unsigned char *room = buf_room(out, (size_t)17 * count), *at = room;

    if (!room || !count)
        return;
    for (uint32_t i = 0; i < count; i++, at += 17) {
        hex_put(at, words[i]);
        at[16] = ',';
    }
    out->n += (size_t)17 * count - 1;
}

static void put_tsv_value(struct buf *out, const struct vector *vector, uint32_t i)
{
    struct span text = vector->texts[i]; /* it begins with '=' */

    if (vector->states[i] == SIGNAL_VALUE)
        tsv_put_json(out, span_cut(text, 1, text.n));
    else
        buf_puts(out, TSV_NULL);
}

static void put_tsv_state(struct buf *out, const struct vector *vector, uint32_t i)
{
    enum signal_state state = vector->states[i];

    if (state == SIGNAL_EXCLUDED)
        buf_putc(out, '-');
    else if (state == SIGNAL_VALUE || state == SIGNAL_MISSING)
        buf_puts(out, TSV_NULL);
    else
        tsv_put_text(out, vector->texts[i]);
}

static void put_tsv_cell(struct buf *out, struct line_column column,
                         const struct passthrough *passthrough, const struct vector *vector)
{
    uint32_t i = column.number;

    switch (column.member) {
    case NDJSON_FILE:
        tsv_put_text(out, passthrough->origin.file);
        break;
    case NDJSON_LINE:
        buf_put_uint(out, passthrough->origin.line);
        break;
    case NDJSON_ID:
        tsv_put_json(out, passthrough->id);
        break;
    case NDJSON_CARRY:
        tsv_put_json(out, passthrough->members[i].n ? passthrough->members[i] : span_text("null"));
        break;
    case NDJSON_CATALOG:
        catalog_put_label(out, vector->catalog);
        break;
    case NDJSON_IDS:
        put_tsv_id(out, vector->has_id[i] ? &vector->ids[i] : NULL);
        break;
    case NDJSON_VISITOR_ID:
    case NDJSON_THUMBMARK:
        put_tsv_id(out, vector->library.known ? &vector->library.hash : NULL);
        break;
    case NDJSON_COVERAGE:
        buf_put_uint(out, vector->coverage[i]);
        break;
    case NDJSON_PRESENT:
        buf_put_uint(out, vector->present);
        break;
    case NDJSON_ERRORS:
        buf_put_uint(out, vector->errors);
        break;
    case NDJSON_GROUPS:
        put_tsv_hash(out, vector->groups[i]);
        break;
    case NDJSON_SKETCH:
        put_tsv_words(out, vector->sketch, vector->catalog->sketch_words);
        break;
    case NDJSON_VECTOR:
        put_tsv_words(out, vector->hashes, vector->catalog->row_count);
        break;
    case NDJSON_SIGNALS:
        put_tsv_hash(out, vector->hashes[i]);
        break;
    case NDJSON_FACTS:
    case NDJSON_VALUES:
        put_tsv_value(out, vector, i);
        break;
    case NDJSON_STATES:
        put_tsv_state(out, vector, i);
        break;
    }
}

static void tsv_put(const void *state, struct buf *out, const struct passthrough *passthrough,
                    const struct vector *vector)
{
    const struct tsv_output *output = state;
    size_t begin = out->n;

    for (size_t i = 0; i < output->layout.count; i++) {
        put_tsv_cell(out, output->layout.columns[i], passthrough, vector);
        buf_putc(out, '\t');
    }
    end_tsv_line(out, begin);
}

const struct writer tsv_writer = {
    .name = "tsv",
    .is_text = true,
    .is_framed = true,
    .is_single = true,
    .members = NDJSON_TABLE,
    .open = tsv_open,
    .close = tsv_close,
    .texts = tsv_texts,
    .header = tsv_header,
    .put = tsv_put,
};
