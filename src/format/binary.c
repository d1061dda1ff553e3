#include "config.h"

#include "format/binary.h"

#include <endian.h>

#include "format/binary_header.h"
#include "format/binary_plain.h"

#define LAYOUT_VERSION 1
#define MARK_SIZE      8

/* As in PNG: not text, and damaged by whoever takes it for text. */
static const unsigned char header_mark[MARK_SIZE] = "\x89WHL\r\n\x1a\n";
static const unsigned char end_mark[MARK_SIZE] = "\x89WHE\r\n\x1a\n";

static void set_u16(unsigned char *at, uint32_t v)
{
    uint16_t little = htole16((uint16_t)v);

    memcpy(at, &little, sizeof little);
}

static void set_u32(unsigned char *at, uint32_t v)
{
    v = htole32(v);
    memcpy(at, &v, sizeof v);
}

static void set_u64(unsigned char *at, uint64_t v)
{
    v = htole64(v);
    memcpy(at, &v, sizeof v);
}

static void set_u64s(unsigned char *at, const uint64_t *v, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        set_u64(at + (size_t)8 * i, v[i]);
}

static void set_hash128(unsigned char *at, struct hash128 hash)
{
    hash_big_endian(at, hash.high);
    hash_big_endian(at + 8, hash.low);
}

/* Room for COUNT blocks, all zeros, already appended; null when memory is out. */
static unsigned char *put_blocks(struct buf *out, const struct binary_layout *layout,
                                 size_t count)
{
    unsigned char *blocks = buf_room(out, count * layout->stride);

    if (blocks) {
        memset(blocks, 0, count * layout->stride);
        out->n += count * layout->stride;
    }
    return blocks;
}

/* The plain value number I, if there is one. */
static void set_plain(unsigned char *row, const struct binary_layout *layout, uint32_t i,
                      bool present, uint64_t bits)
{
    if (!present)
        return;
    row[layout->bitmap + i / 8] |= (unsigned char)(1u << i % 8);
    set_u64(row + layout->plain + (size_t)8 * i, bits);
}

static void set_plains(unsigned char *row, const struct binary_layout *layout,
                       const struct passthrough *passthrough, const struct vector *vector,
                       bool reveal)
{
    const struct catalog *catalog = vector->catalog;
    uint32_t at = 0;

    for (uint32_t k = 0; k < catalog->lists.facts.count; k++) {
        uint32_t i = catalog->lists.facts.rows[k];
        const struct catalog_row *signal = &catalog->rows[i];
        struct span text = vector->texts[i];
        uint64_t bits = 0;
        bool shown = vector->states[i] == SIGNAL_VALUE && (!signal->private_data || reveal) &&
                     binary_plain_fact(span_cut(text, 1, text.n), signal->fact, &bits);
        set_plain(row, layout, at++, shown, bits);
    }
    for (uint32_t i = 0; i < catalog->carry_count; i++) {
        uint64_t bits = 0;
        bool shown =
            binary_plain_carry(passthrough->members[i], catalog->carries[i].type, &bits);
        set_plain(row, layout, at++, shown, bits);
    }
}

void binary_put(struct buf *out, const struct binary_layout *layout,
                const struct passthrough *passthrough, const struct vector *vector, bool reveal)
{
    unsigned char *row = put_blocks(out, layout, 1);

    if (!row)
        return;
    hash_big_endian(row + BINARY_TAG, vector->catalog->digest.high);
    if (!span_equal(passthrough->id, span_text("null")))
        set_hash128(row + BINARY_KEY, hash128(passthrough->id));
    set_u32(row + BINARY_PRESENT, vector->present);
    set_u32(row + BINARY_ERRORS, vector->errors);
    for (int i = 0; i < IDENTITIES; i++) {
        if (vector->has_id[i])
            set_hash128(row + BINARY_IDS + 16 * i, vector->ids[i]);
        set_u16(row + BINARY_COVERAGE + 2 * i, vector->coverage[i]);
    }
    set_plains(row, layout, passthrough, vector, reveal);
    set_u64s(row + layout->groups, vector->groups, layout->group_count);
    set_u64s(row + layout->vector, vector->hashes, layout->signal_count);
}

void binary_put_end(struct buf *out, const struct binary_layout *layout, uint64_t rows,
                    struct hash128 hash)
{
    unsigned char *block = put_blocks(out, layout, 1);

    if (!block)
        return;
    memcpy(block, end_mark, MARK_SIZE);
    set_u64(block + MARK_SIZE, rows);
    set_hash128(block + MARK_SIZE + 8, hash);
}

/* Spread the N bytes of text at HEADER over COUNT blocks there, each after a mark: from the
 * last to the first, for none lies before its own text. */
static void spread(unsigned char *header, size_t n, size_t count, size_t stride)
{
    size_t room = stride - MARK_SIZE;

    while (count-- > 0) {
        unsigned char *block = header + count * stride;
        size_t from = count * room, length = n - from < room ? n - from : room;
        memmove(block + MARK_SIZE, header + from, length);
        memcpy(block, header_mark, MARK_SIZE);
        memset(block + MARK_SIZE + length, 0, room - length);
    }
}

/* About how long the text for CATALOG is, as names mostly need no escapes. */
static size_t guess_length(const struct catalog *catalog)
{
    size_t n = 4096;

    for (uint32_t i = 0; i < catalog->row_count; i++)
        n += catalog->rows[i].name.n + sizeof "\"\"," - 1;
    return n;
}

void binary_put_header(struct buf *out, const struct binary_layout *layout,
                       const struct catalog *catalog, struct span producer)
{
    unsigned char numbers[24] = {0};
    size_t begin = out->n, room = layout->stride - MARK_SIZE;

    /* The text is made where the blocks will be: it is as large as all else at the start. */
    (void)buf_room(out, guess_length(catalog));
    buf_put(out, span_of(numbers, sizeof numbers)); /* before the text, which they count */
    binary_header_put(out, layout, catalog, producer);
    size_t n = out->n - begin, count = (n + room - 1) / room;
    if (out->failed || !buf_room(out, count * layout->stride - n))
        return;

    unsigned char *header = out->p + begin;
    set_u32(header, LAYOUT_VERSION);
    set_u32(header + 4, (uint32_t)count);
    set_u32(header + 8, (uint32_t)layout->stride);
    set_u32(header + 12, layout->group_count);
    set_u32(header + 16, layout->signal_count);
    set_u32(header + 20, (uint32_t)(n - sizeof numbers));
    spread(header, n, count, layout->stride);
    out->n = begin + count * layout->stride;
}
