#include "config.h"

#include "format/binary_read.h"

#include <stdlib.h>

#include "format/binary_layout.h"
#include "format/binary_read_header.h"
#include "format/row_key.h"
#include "format/little_endian.h"
#include "text/hash_stream.h"
#include "text/jcs.h"
#include "text/number.h"

#define HEAD        (BINARY_MARK + 4 * BINARY_NUMBERS) /* a header's mark and numbers */
#define STRIDE_MOST ((size_t)1 << 25) /* 65,535 each of signals, groups, facts with text: 19 MB */
#define HEADER_MOST ((size_t)1 << 26)

struct binary_reader {
    struct schemas schemas;
    struct binary_header header; /* of the rows to come; its schema is null before one */
    size_t stride;
    uint64_t rows; /* since the header */
    bool unended;  /* a header has come, and its end has not */
    struct hash_stream *hash;
    /* Of the row, where they are numbers: */
    unsigned char id[NUMBER_TEXT_MAX], members[ROW_MEMBERS][NUMBER_TEXT_MAX];
    uint64_t null_hash; /* of the text of null */
};

struct binary_reader *binary_reader_new(const struct row_names *names, uint64_t seed,
                                        struct quota *quota)
{
    struct binary_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return NULL;
    *reader =
        (struct binary_reader){.header = {.names = *names, .seed = seed, .quota = quota},
                               .null_hash = hash64(span_text("null"))};
    schemas_init(&reader->schemas, seed, quota);
    return reader;
}

void binary_reader_reset(struct binary_reader *reader)
{
    hash_stream_free(reader->hash);
    reader->hash = NULL;
    reader->header.schema = NULL;
    reader->unended = false;
    reader->rows = 0;
}

void binary_reader_free(struct binary_reader *reader)
{
    if (!reader)
        return;
    binary_reader_reset(reader);
    schemas_free(&reader->schemas);
    free(reader);
}

bool binary_reader_knows(struct span bytes)
{
    return span_begins(bytes, span_of(BINARY_HEADER_MARK, BINARY_MARK));
}

/* A number of the header that BLOCK begins. */
static uint32_t header_number(const unsigned char *block, enum binary_number number)
{
    return get_u32(block + BINARY_MARK + 4 * (size_t)number);
}

/* The file is damaged: the reader cannot go on if it is UNREADABLE. */
static enum binary_event binary_fault(struct fault *fault, const char *what, bool unreadable)
{
    *fault = unreadable ? fault_unreadable(0, what) : fault_invalid(0, what);
    return BINARY_FAULT;
}

/* Keep the new schema, or take one like it that there is already. */
static struct fault keep_header_schema(struct binary_reader *reader)
{
    struct buf key = BUF_EMPTY;
    struct schema *schema = reader->header.schema, *old = NULL;
    struct fault fault = fault_memory();

    schema_put_key(&key, schema);
    if (!key.failed)
        old = schemas_find(&reader->schemas, buf_span(&key));
    if (key.failed || old)
        schema_free(schema);
    else
        fault = schemas_add(&reader->schemas, buf_span(&key), schema);
    if (old)
        reader->header.schema = old;
    buf_free(&key);
    return old ? FAULT_NONE : fault;
}

/* Append to TEXT what the COUNT blocks of STRIDE bytes at BLOCK have after their marks. */
static struct fault join_header_blocks(struct buf *text, const unsigned char *block,
                                       size_t count, size_t stride)
{
    for (size_t i = 0; i < count; i++) {
        if (memcmp(block + i * stride, BINARY_HEADER_MARK, BINARY_MARK) != 0)
            return fault_unreadable(0, "the header is damaged: a block of it is missing");
        buf_put(text, span_of(block + i * stride + BINARY_MARK, stride - BINARY_MARK));
    }
    return text->failed ? fault_memory() : FAULT_NONE;
}

/* Does the header say where all members are that it was to look for? */
static struct fault check_header_places(const struct binary_header *header)
{
    if (header->names.by.n && !header->by.there)
        return fault_unreadable(0, "the rows carry no member of this name: see --by");
    for (size_t i = 0; i < ROW_MEMBERS; i++)
        if (header->names.members[i].n && !header->members[i].there)
            return fault_unreadable(
                0, "the rows carry no member of such a name: see --by and --truth");
    return FAULT_NONE;
}

/* Read the header in the COUNT blocks of STRIDE bytes at BLOCK. */
static struct fault read_header_blocks(struct binary_reader *reader, const unsigned char *block,
                                       size_t count, size_t stride)
{
    struct buf text = BUF_EMPTY;
    size_t numbers = HEAD - BINARY_MARK, length = header_number(block, BINARY_NUMBER_LENGTH);
    struct fault fault = join_header_blocks(&text, block, count, stride);

    if (fault.status == STATUS_OK && length > text.n - numbers)
        fault = fault_unreadable(0, "the header is damaged: its length is wrong");
    if (fault.status == STATUS_OK)
        fault = binary_header_read(
            &reader->header, span_cut(buf_span(&text), numbers, numbers + length), stride);
    if (fault.status == STATUS_OK)
        fault = keep_header_schema(reader);
    if (fault.status == STATUS_OK)
        fault = check_header_places(&reader->header);
    buf_free(&text);
    if (fault.status != STATUS_OK)
        reader->header.schema = NULL;
    return fault;
}

static enum binary_event take_header(struct binary_reader *reader, struct span have,
                                     size_t *used, size_t *need, struct fault *fault)
{
    bool unended = reader->unended;

    *need = HEAD;
    if (have.n < HEAD)
        return BINARY_HUNGRY;
    if (header_number(have.p, BINARY_NUMBER_VERSION) != BINARY_VERSION)
        return binary_fault(fault,
                            "the format is of a version that this whorl does not know",
                            true);
    size_t count = header_number(have.p, BINARY_NUMBER_BLOCKS);
    size_t stride = header_number(have.p, BINARY_NUMBER_STRIDE);
    if (stride < BINARY_FIXED || stride > STRIDE_MOST || count == 0 ||
        count > HEADER_MOST / stride)
        return binary_fault(fault, "the header is damaged: its numbers are out of range", true);
    *need = count * stride;
    if (have.n < *need)
        return BINARY_HUNGRY;
    binary_reader_reset(reader);
    *fault = read_header_blocks(reader, have.p, count, stride);
    if (fault->status == STATUS_OK && !(reader->hash = hash_stream_new()))
        *fault = fault_memory();
    if (fault->status != STATUS_OK)
        return BINARY_FAULT;
    *used = *need;
    reader->stride = stride;
    reader->unended = true;
    *need = 0;
    if (unended)
        return binary_fault(fault,
                            "another header before the end of the rows: the file is cut off",
                            false);
    return BINARY_HUNGRY;
}

static enum binary_event take_end(struct binary_reader *reader, const unsigned char *block,
                             struct fault *fault)
{
    unsigned char hash[ROW_KEY];
    bool ended = !reader->unended;

    row_key_put_hash(hash, hash_stream_value(reader->hash));
    reader->unended = false;
    if (ended)
        return binary_fault(fault, "an end without a header before it", false);
    if (get_u64(block + BINARY_MARK) != reader->rows)
        return binary_fault(fault,
                            "rows are missing: the end states another number of them",
                            false);
    if (memcmp(block + BINARY_MARK + 8, hash, sizeof hash) != 0)
        return binary_fault(fault,
                            "rows are damaged: their hash is not the one that the end states",
                            false);
    return BINARY_HUNGRY;
}

/* Does the row IMAGE have the carried member at PLACE? *BITS becomes its value. */
static bool find_carried(const unsigned char *image, const struct binary_carry_place *place,
                         uint64_t *bits)
{
    *bits = get_u64(image + place->at);
    return image[place->bitmap + place->bit / 8] >> place->bit % 8 & 1;
}

/* Write the JSON text of BITS, a number of TYPE, at OUT. Returns the number of its bytes; 0 if it
 * is not finite. */
static size_t put_carried_number(unsigned char *out, enum binary_type type, uint64_t bits)
{
    bool negative = type == BINARY_I64 && bits >> 63;
    double number;

    if (type == BINARY_F64) {
        memcpy(&number, &bits, sizeof number);
        return number - number == 0 ? jcs_number(out, number) : 0;
    }
    out[0] = '-';
    return negative + buf_digits(out + negative, negative ? 0 - bits : bits);
}

/* Find the row's key in the carried member. */
static void find_row_key(struct binary_reader *reader, struct row *row)
{
    const struct binary_carry_place *place = &reader->header.by;
    uint64_t bits;

    row->has_id = find_carried(row->image.p, place, &bits);
    if (place->type == BINARY_XXH3) {
        memset(row->key, 0, sizeof row->key);
        hash_big_endian(row->key, bits);
        return;
    }
    size_t n = put_carried_number(reader->id, place->type, bits);
    row->has_id = row->has_id && n;
    row->id = span_of(reader->id, n);
    row_key_put(row->key, row->id);
}

/* Find member I of the row. */
static void find_row_member(struct binary_reader *reader, struct row *row, size_t i)
{
    const struct binary_carry_place *place = &reader->header.members[i];
    struct span text = span_of(NULL, 0);
    uint64_t hash;

    if (!find_carried(row->image.p, place, &hash))
        return;
    if (place->type == BINARY_XXH3) {
        if (hash != reader->null_hash)
            row_set_member(row, i, text, hash);
        return;
    }
    text = span_of(reader->members[i],
                   put_carried_number(reader->members[i], place->type, hash));
    if (text.n)
        row_set_member(row, i, text, hash64(text));
}

static enum binary_event take_row(struct binary_reader *reader, const unsigned char *block,
                                  struct row *row, struct fault *fault)
{
    static const unsigned char none[ROW_KEY];

    reader->rows++;
    hash_stream_add(reader->hash, span_of(block, reader->stride));
    if (!reader->unended || memcmp(block, reader->header.tag, sizeof reader->header.tag) != 0)
        return binary_fault(fault,
                            "no row: its tag is not that of the header's catalog",
                            false);
    *row =
        (struct row){.schema = reader->header.schema, .image = span_of(block, reader->stride)};
    for (size_t i = 0; i < ROW_MEMBERS; i++)
        if (reader->header.names.members[i].n)
            find_row_member(reader, row, i);
    if (reader->header.names.by.n) {
        find_row_key(reader, row);
        return BINARY_ROW;
    }
    memcpy(row->key, block + BINARY_KEY_AT, sizeof row->key);
    row->has_id = memcmp(row->key, none, sizeof none) != 0;
    return BINARY_ROW;
}

enum binary_event binary_read(struct binary_reader *reader, struct span have, size_t *used,
                              size_t *need, struct row *row, struct fault *fault)
{
    *used = 0;
    *need = BINARY_MARK;
    if (have.n < BINARY_MARK)
        return BINARY_HUNGRY;
    if (binary_reader_knows(have))
        return take_header(reader, have, used, need, fault);
    if (!reader->header.schema)
        return binary_fault(fault,
                            "rows without a header: expected output without --no-header",
                            true);
    *need = reader->stride;
    if (have.n < reader->stride)
        return BINARY_HUNGRY;
    *used = reader->stride;
    if (memcmp(have.p, BINARY_END_MARK, BINARY_MARK) == 0) {
        *need = 0;
        return take_end(reader, have.p, fault);
    }
    return take_row(reader, have.p, row, fault);
}

struct fault binary_read_end(const struct binary_reader *reader, size_t rest)
{
    if (!rest && !reader->unended)
        return FAULT_NONE;
    return fault_unreadable(0, rest ? "the file is cut off inside a row or header"
                                    : "the file is cut off: it has no end");
}
