#include "config.h"

#include "format/binary.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "format/binary_header.h"
#include "format/binary_layout.h"
#include "format/binary_carry.h"
#include "format/cell_text.h"
#include "format/little_endian.h"
#include "format/ndjson.h"
#include "format/row_key.h"
#include "text/hash_stream.h"
#include "vector/passthrough.h"
#include "vector/vector.h"

struct binary_output {
    const struct catalog *catalog;
    struct binary_layout layout;
    struct writer_options options;
    uint64_t rows; /* sent so far */
    struct hash_stream *hash; /* of them */
};

/* Room for COUNT blocks, all zeros, already appended; null when memory is out. */
static unsigned char *put_zero_blocks(struct buf *out, const struct binary_layout *layout,
                                 size_t count)
{
    unsigned char *blocks = buf_room(out, count * layout->stride);

    if (blocks) {
        memset(blocks, 0, count * layout->stride);
        out->n += count * layout->stride;
    }
    return blocks;
}

/* A vector while it is written as a row. */
struct binary_source {
    const struct binary_layout *layout;
    const struct passthrough *passthrough;
    const struct vector *vector;
    bool reveal;
};

static void set_hashes(unsigned char *at, const uint64_t *hashes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        set_u64(at + (size_t)8 * i, hashes[i]);
}

/* The JSON text of the fact COLUMN; empty if it is absent or not shown. */
static struct span fact_json(const struct binary_source *source,
                             const struct binary_column *column)
{
    const struct vector *vector = source->vector;
    const struct catalog_row *signal = &vector->catalog->rows[column->number];
    struct span text = vector->texts[column->number];

    if (vector->states[column->number] != SIGNAL_VALUE ||
        (signal->private_data && !source->reveal))
        return span_of(NULL, 0);
    return span_cut(text, 1, text.n);
}

/* The value of the fact COLUMN. False if it is absent or not shown. */
static bool fact_bits(const struct binary_source *source, const struct binary_column *column,
                      uint64_t *bits)
{
    struct span text = fact_json(source, column);

    return text.n &&
           binary_carry_fact(text, source->vector->catalog->rows[column->number].fact, bits);
}

/* Write the text of the fact COLUMN at AT. */
static void write_fact_text(unsigned char *at, const struct binary_source *source,
                          const struct binary_column *column)
{
    struct span text = fact_json(source, column);

    if (text.n)
        cell_text_cut(at, column->count, text);
}

/* Write the fact or carried member COLUMN, and its bit. */
static void set_plain(unsigned char *row, const struct binary_source *source,
                      const struct binary_column *column)
{
    const struct passthrough *passthrough = source->passthrough;
    const struct catalog *catalog = source->vector->catalog;
    uint64_t bits = 0;
    bool present = column->kind == BINARY_FACT
                       ? fact_bits(source, column, &bits)
                       : binary_carry_member(passthrough->members[column->number],
                                            catalog->carries[column->number].type, &bits);

    if (!present)
        return;
    row[source->layout->bitmap + column->bit / 8] |= (unsigned char)(1u << column->bit % 8);
    set_u64(row + column->offset, bits);
}

/* Write COLUMN to ROW, which is all zeros there. */
static void set_column(unsigned char *row, const struct binary_source *source,
                       const struct binary_column *column)
{
    const struct vector *vector = source->vector;
    unsigned char *at = row + column->offset;

    switch (column->kind) {
    case BINARY_TAG:
        hash_big_endian(at, vector->catalog->digest.high);
        break;
    case BINARY_KEY:
        if (!span_equal(source->passthrough->id, span_text("null")))
            row_key_put(at, source->passthrough->id);
        break;
    case BINARY_PRESENT:
        set_u32(at, vector->present);
        break;
    case BINARY_ERRORS:
        set_u32(at, vector->errors);
        break;
    case BINARY_ID:
        if (column->number == IDENTITIES)
            row_key_put_hash(at, vector->library.hash);
        else if (vector->has_id[column->number])
            row_key_put_hash(at, vector->ids[column->number]);
        break;
    case BINARY_COVERAGE:
        set_u16(at, (uint16_t)vector->coverage[column->number]);
        break;
    case BINARY_FACT:
    case BINARY_CARRY:
        set_plain(row, source, column);
        break;
    case BINARY_GROUPS:
        set_hashes(at, vector->groups, column->count);
        break;
    case BINARY_VECTOR:
        set_hashes(at, vector->hashes, column->count);
        break;
    case BINARY_SKETCH:
        set_hashes(at, vector->sketch, column->count);
        break;
    case BINARY_TEXT:
        write_fact_text(at, source, column);
        break;
    case BINARY_BITMAP: /* by the facts and members */
    case BINARY_KINDS:
        break;
    }
}

static void binary_put(const void *state, struct buf *out,
                       const struct passthrough *passthrough, const struct vector *vector)
{
    const struct binary_output *output = state;
    const struct binary_layout *layout = &output->layout;
    const struct binary_source source = {layout, passthrough, vector, output->options.reveal};
    unsigned char *row = put_zero_blocks(out, layout, 1);

    for (size_t i = 0; row && i < layout->column_count; i++)
        set_column(row, &source, &layout->columns[i]);
}

static void binary_sent(void *state, struct span bytes)
{
    struct binary_output *output = state;

    output->rows += bytes.n / output->layout.stride;
    hash_stream_add(output->hash, bytes);
}

static void binary_end(const void *state, struct buf *out, bool complete)
{
    const struct binary_output *output = state;
    unsigned char *block = output->options.bare || !complete
                               ? NULL
                               : put_zero_blocks(out, &output->layout, 1);

    if (!block)
        return;
    memcpy(block, BINARY_END_MARK, BINARY_MARK);
    set_u64(block + BINARY_MARK, output->rows);
    row_key_put_hash(block + BINARY_MARK + 8, hash_stream_value(output->hash));
}

/* Spread the N bytes of text at HEADER over COUNT blocks there, each after a mark. It begins with
 * the last block, because no block is before its own text. */
static void spread_header(unsigned char *header, size_t n, size_t count, size_t stride)
{
    size_t room = stride - BINARY_MARK;

    while (count-- > 0) {
        unsigned char *block = header + count * stride;
        size_t from = count * room, length = n - from < room ? n - from : room;
        memmove(block + BINARY_MARK, header + from, length);
        memcpy(block, BINARY_HEADER_MARK, BINARY_MARK);
        memset(block + BINARY_MARK + length, 0, room - length);
    }
}

/* The approximate length of the text for CATALOG: names mostly need no escapes. */
static size_t guess_header_length(const struct catalog *catalog)
{
    size_t n = 4096;

    for (uint32_t i = 0; i < catalog->row_count; i++)
        n += catalog->rows[i].name.n + sizeof "\"\"," - 1;
    return n;
}

static void binary_header(const void *state, struct buf *out)
{
    const struct binary_output *output = state;
    const struct binary_layout *layout = &output->layout;
    const struct catalog *catalog = output->catalog;
    unsigned char zeros[4 * BINARY_NUMBERS] = {0};
    size_t begin = out->n, room = layout->stride - BINARY_MARK;

    if (output->options.bare)
        return;
    /* The text is made where the blocks will be, because it is as large as all other output at the
     * start. */
    (void)buf_room(out, guess_header_length(catalog));
    buf_put(out, span_of(zeros, sizeof zeros)); /* for the numbers, known after the text */
    binary_header_put(out, layout, catalog, output->options.producer);
    size_t n = out->n - begin, count = (n + room - 1) / room;
    if (out->failed || !buf_room(out, count * layout->stride - n))
        return;

    unsigned char *header = out->p + begin;
    const uint32_t numbers[BINARY_NUMBERS] = {
        [BINARY_NUMBER_VERSION] = BINARY_VERSION,
        [BINARY_NUMBER_BLOCKS] = (uint32_t)count,
        [BINARY_NUMBER_STRIDE] = (uint32_t)layout->stride,
        [BINARY_NUMBER_GROUPS] = catalog->group_count,
        [BINARY_NUMBER_SIGNALS] = catalog->row_count,
        [BINARY_NUMBER_LENGTH] = (uint32_t)(n - sizeof zeros),
    };
    for (size_t i = 0; i < BINARY_NUMBERS; i++)
        set_u32(header + 4 * i, numbers[i]);
    spread_header(header, n, count, layout->stride);
    out->n = begin + count * layout->stride;
}

static void binary_close(void *state)
{
    struct binary_output *output = state;

    if (!output)
        return;
    binary_layout_free(&output->layout);
    hash_stream_free(output->hash);
    free(output);
}

bool binary_make_layout(struct binary_layout *layout, const struct writer_options *options,
                        const struct catalog *catalog)
{
    const struct binary_extras extras = {
        .library = ndjson_has_library(options->members, catalog),
        .sketched = options->members >> NDJSON_SKETCH & 1,
        .text = options->fact_text,
    };

    return binary_layout_make(layout, catalog, &extras);
}

static void *binary_open(const struct writer_options *options, const struct catalog *catalog)
{
    struct binary_output *output = calloc(1, sizeof *output);

    if (!output)
        return NULL;
    output->catalog = catalog;
    output->options = *options;
    output->hash = hash_stream_new();
    if (binary_make_layout(&output->layout, options, catalog) && output->hash)
        return output;
    binary_close(output);
    return NULL;
}

static unsigned binary_texts(const void *state)
{
    (void)state;
    return VECTOR_FACTS;
}

const struct writer binary_writer = {
    .name = "binary",
    .is_framed = true,
    .is_complete = true,
    .is_single = true,
    .open = binary_open,
    .close = binary_close,
    .texts = binary_texts,
    .header = binary_header,
    .put = binary_put,
    .sent = binary_sent,
    .end = binary_end,
};
