#include "config.h"

#include "format/flatbuffer.h"

#include "format/little_endian.h"

/* Append COUNT zeros. */
static void put_zeros(struct buf *out, size_t count)
{
    unsigned char *room = buf_room(out, count);

    if (room) {
        memset(room, 0, count);
        out->n += count;
    }
}

/* Append zeros until the next byte is at REST more than a multiple of SIZE. */
static void align_to(struct flatbuffer *buffer, size_t size, size_t rest)
{
    size_t at = buffer->out->n - buffer->begin;

    put_zeros(buffer->out, (size + rest - at % size) % size);
}

void flatbuffer_begin(struct flatbuffer *buffer, struct buf *out)
{
    *buffer = (struct flatbuffer){.out = out, .begin = out->n};
    put_zeros(out, 4);
}

static void set_integer(unsigned char *at, struct flatbuffer_field field)
{
    for (unsigned i = 0; i < field.size; i++)
        at[i] = (unsigned char)(field.value >> 8 * i);
}

/* A table begins with the distance to its vtable, which says how long both are, and where in the
 * table each field is. Fields of 8 bytes come first, so only the table itself needs to be aligned. */
size_t flatbuffer_put_table(struct flatbuffer *buffer, const struct flatbuffer_field *fields,
                            size_t count, size_t *places)
{
    struct buf *out = buffer->out;
    size_t length = 4, vtable_length = 4 + 2 * count;
    uint16_t offsets[FLATBUFFER_FIELDS] = {0};

    for (unsigned size = 8; size; size /= 2)
        for (size_t i = 0; i < count; i++)
            if (fields[i].size == size) {
                offsets[i] = (uint16_t)length;
                length += size;
            }
    align_to(buffer, 8, (8 + 4 - vtable_length % 8) % 8);
    size_t vtable = out->n, table = vtable + vtable_length;
    put_zeros(out, vtable_length + length);
    if (out->failed)
        return 0;
    set_u16(out->p + vtable, (uint16_t)vtable_length);
    set_u16(out->p + vtable + 2, (uint16_t)length);
    set_u32(out->p + table, (uint32_t)vtable_length);
    for (size_t i = 0; i < count; i++) {
        set_u16(out->p + vtable + 4 + 2 * i, offsets[i]);
        set_integer(out->p + table + offsets[i], fields[i]);
        if (places)
            places[i] = table + offsets[i];
    }
    return table;
}

/* Append COUNT as the length of an array; returns where it is. */
static size_t put_length(struct flatbuffer *buffer, size_t count)
{
    struct buf *out = buffer->out;

    put_zeros(out, 4);
    if (out->failed)
        return 0;
    set_u32(out->p + out->n - 4, (uint32_t)count);
    return out->n - 4;
}

size_t flatbuffer_put_string(struct flatbuffer *buffer, struct span text)
{
    align_to(buffer, 4, 0);
    size_t at = put_length(buffer, text.n);
    buf_put(buffer->out, text);
    buf_putc(buffer->out, 0);
    return at;
}

size_t flatbuffer_put_offsets(struct flatbuffer *buffer, size_t count)
{
    align_to(buffer, 4, 0);
    size_t at = put_length(buffer, count);
    put_zeros(buffer->out, 4 * count);
    return at;
}

size_t flatbuffer_put_structs(struct flatbuffer *buffer, size_t count, size_t size)
{
    align_to(buffer, 8, 4);
    size_t at = put_length(buffer, count);
    put_zeros(buffer->out, size * count);
    return at;
}

void flatbuffer_link(struct flatbuffer *buffer, size_t place, size_t target)
{
    if (!buffer->out->failed)
        set_u32(buffer->out->p + place, (uint32_t)(target - place));
}

void flatbuffer_end(struct flatbuffer *buffer)
{
    align_to(buffer, 8, 0);
}
