#include "config.h"

#include "format/arrow_batch.h"

#include "format/arrow_message.h"
#include "format/arrow_row.h"
#include "format/little_endian.h"

/* A batch while it is written. */
struct arrow_body {
    struct buf *out;
    const struct arrow_batch *batch;
    const struct arrow_layout *layout;
    struct arrow_message message; /* the next node and the next buffer of it */
};

void arrow_batch_add(struct arrow_batch *batch, const struct arrow_layout *layout,
                     struct span row)
{
    batch->at[batch->count] = batch->rows.n;
    buf_put(&batch->rows, row);
    batch->data += layout->data + arrow_row_text_size(row.p);
    batch->count += !batch->rows.failed;
}

bool arrow_batch_is_full(const struct arrow_batch *batch)
{
    return batch->count == ARROW_BATCH_ROWS || batch->data >= ARROW_BATCH_DATA;
}

void arrow_batch_clear(struct arrow_batch *batch)
{
    buf_clear(&batch->rows);
    batch->count = 0;
    batch->data = 0;
}

static const unsigned char *row_at(const struct arrow_body *body, uint32_t i)
{
    return body->batch->rows.p + body->batch->at[i];
}

/* Two numbers for the next node or buffer, whose place is moved on. */
static void set_pair(struct arrow_body *body, size_t *place, uint64_t first, uint64_t second)
{
    if (!body->out->failed) {
        set_u64(body->out->p + *place, first);
        set_u64(body->out->p + *place + 8, second);
    }
    *place += 16;
}

/* Room for a buffer of N bytes, all zeros, already appended with its padding; null for none, or when
 * memory is out. */
static unsigned char *put_buffer(struct arrow_body *body, size_t n)
{
    struct buf *out = body->out;
    size_t padded = (n + 7) / 8 * 8;
    unsigned char *room = padded ? buf_room(out, padded) : NULL;

    set_pair(body, &body->message.buffers, out->n - body->message.body, n);
    if (room) {
        memset(room, 0, padded);
        out->n += padded;
    }
    return room;
}

/* Append the bits that say which rows have column number I, if it may be null. How many are null. */
static uint64_t put_validity(struct arrow_body *body, size_t i)
{
    uint32_t count = body->batch->count;
    bool has_null = body->layout->columns[i].has_null;
    unsigned char *bits = put_buffer(body, has_null ? (count + 7) / 8 : 0);
    uint64_t nulls = 0;

    for (uint32_t k = 0; bits && k < count; k++) {
        bool has = arrow_row_has(row_at(body, k), i);
        bits[k / 8] |= (unsigned char)(has << k % 8);
        nulls += !has;
    }
    return nulls;
}

/* Append the values of a column of SIZE bytes each at CELL. */
static void put_values(struct arrow_body *body, size_t cell, size_t size)
{
    uint32_t count = body->batch->count;
    unsigned char *values = put_buffer(body, size * count);

    if (!values)
        return;
    if (size == 8) /* most columns are hashes: a copy that is one instruction */
        for (uint32_t k = 0; k < count; k++)
            memcpy(values + (size_t)8 * k, row_at(body, k) + cell, 8);
    else
        for (uint32_t k = 0; k < count; k++)
            memcpy(values + size * k, row_at(body, k) + cell, size);
}

/* Append the offsets of the texts in COLUMN, then the texts. STARTS has where the next text of each
 * row is; it is moved on. */
static void put_arrow_texts(struct arrow_body *body, const struct arrow_column *column,
                      size_t starts[ARROW_BATCH_ROWS])
{
    uint32_t count = body->batch->count, total = 0;
    unsigned char *offsets = put_buffer(body, (size_t)4 * (count + 1));

    for (uint32_t k = 0; offsets && k < count; k++) {
        total += get_u32(row_at(body, k) + column->cell);
        set_u32(offsets + (size_t)4 * (k + 1), total);
    }
    unsigned char *texts = put_buffer(body, total);
    for (uint32_t k = 0; texts && k < count; k++) {
        const unsigned char *row = row_at(body, k);
        uint32_t n = get_u32(row + column->cell);
        memcpy(texts, row + body->layout->cells + starts[k], n);
        texts += n;
        starts[k] += n;
    }
}

/* Set the bits of the COUNT numbers at VALUES that are not 0. How many are 0. */
static uint64_t mark_hashes(unsigned char *bits, const unsigned char *values, size_t count)
{
    uint64_t zeros = 0;

    for (size_t i = 0; i < count; i++) {
        bool has = get_u64(values + 8 * i) != 0;
        bits[i / 8] |= (unsigned char)(has << i % 8);
        zeros += !has;
    }
    return zeros;
}

/* Append the lists in COLUMN, of which none is null, and their elements: in a list that may have null,
 * 0 is null. */
static void put_arrow_list(struct arrow_body *body, const struct arrow_column *column)
{
    struct buf *out = body->out;
    size_t count = (size_t)column->list * body->batch->count;
    uint64_t nulls = 0;

    set_pair(body, &body->message.nodes, body->batch->count, 0);
    put_buffer(body, 0);
    size_t bits = out->n;
    put_buffer(body, column->has_null ? (count + 7) / 8 : 0);
    size_t values = out->n;
    put_values(body, column->cell, (size_t)arrow_type_size(column->type) * column->list);
    if (column->has_null && !out->failed)
        nulls = mark_hashes(out->p + bits, out->p + values, count);
    set_pair(body, &body->message.nodes, count, nulls);
}

static void put_arrow_column(struct arrow_body *body, size_t i,
                             size_t starts[ARROW_BATCH_ROWS])
{
    const struct arrow_column *column = &body->layout->columns[i];

    if (column->list) {
        put_arrow_list(body, column);
        return;
    }
    uint64_t nulls = put_validity(body, i);
    set_pair(body, &body->message.nodes, body->batch->count, nulls);
    if (column->type == ARROW_UTF8)
        put_arrow_texts(body, column, starts);
    else
        put_values(body, column->cell, arrow_type_size(column->type));
}

void arrow_batch_put(struct buf *out, const struct arrow_batch *batch,
                     const struct arrow_layout *layout)
{
    struct arrow_body body = {.out = out, .batch = batch, .layout = layout};
    size_t starts[ARROW_BATCH_ROWS] = {0};

    arrow_message_put_batch(out, layout, batch->count, &body.message);
    size_t length = body.message.length;
    for (size_t i = 0; i < layout->count; i++)
        put_arrow_column(&body, i, starts);
    if (!out->failed)
        set_u64(out->p + length, out->n - body.message.body);
}
