#include "config.h"

#include "format/binary_read.h"

#include <endian.h>
#include <stdlib.h>

#include "format/binary_layout.h"
#include "format/binary_read_header.h"
#include "text/hash_stream.h"
#include "text/jcs.h"
#include "text/number.h"

#define MARK        8
#define HEAD        (MARK + 24) /* a header's mark and numbers */
#define FORMAT      1
#define STRIDE_MOST ((size_t)1 << 22) /* 65,535 each of signals, groups, facts: 2.1 MB */
#define HEADER_MOST ((size_t)1 << 26)

static const unsigned char header_mark[MARK] = "\x89WHL\r\n\x1a\n";
static const unsigned char end_mark[MARK] = "\x89WHE\r\n\x1a\n";

struct binary_reader {
    struct schemas schemas;
    struct binary_header header; /* of the rows to come; its schema is null before one */
    size_t stride;
    uint64_t rows; /* since the header */
    bool unended;  /* a header has come, and its end has not */
    struct hash_stream *hash;
    unsigned char id[NUMBER_TEXT_MAX]; /* of the row, where it is a number */
};

struct binary_reader *binary_reader_new(struct span by, uint64_t seed, struct quota *quota)
{
    struct binary_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return NULL;
    *reader = (struct binary_reader){.header = {.by = by, .seed = seed, .quota = quota}};
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
    return span_begins(bytes, span_of(header_mark, MARK));
}

static uint32_t get_u32(const unsigned char *at)
{
    uint32_t v;

    memcpy(&v, at, sizeof v);
    return le32toh(v);
}

static uint64_t get_u64(const unsigned char *at)
{
    uint64_t v;

    memcpy(&v, at, sizeof v);
    return le64toh(v);
}

static enum binary_event refuse(struct row_fault *fault, const char *what, bool fatal)
{
    *fault = (struct row_fault){what, 0, fatal};
    return BINARY_FAULT;
}

/* Keep the new schema, or take one like it that there is already. Null, or what is wrong. */
static const char *keep_schema(struct binary_reader *reader)
{
    struct buf key = BUF_EMPTY;
    struct schema *schema = reader->header.schema, *old = NULL;
    const char *wrong = "out of memory";

    schema_put_key(&key, schema);
    if (!key.failed)
        old = schemas_find(&reader->schemas, buf_span(&key));
    if (key.failed || old)
        schema_free(schema);
    else
        wrong = schemas_add(&reader->schemas, buf_span(&key), schema);
    if (old)
        reader->header.schema = old;
    buf_free(&key);
    return old ? NULL : wrong;
}

/* Read the header in the COUNT blocks of STRIDE bytes at BLOCK. Null, or what is wrong. */
static const char *read_header(struct binary_reader *reader, const unsigned char *block,
                               size_t count, size_t stride)
{
    struct buf text = BUF_EMPTY;
    size_t length = get_u32(block + MARK + 20);
    const char *wrong = "the header is damaged: a block of it is missing";

    for (size_t i = 0; i < count; i++) {
        if (memcmp(block + i * stride, header_mark, MARK) != 0)
            goto out;
        buf_put(&text, span_of(block + i * stride + MARK, stride - MARK));
    }
    wrong = text.failed ? "out of memory" : "the header is damaged: its length is wrong";
    if (text.failed || length > text.n - (HEAD - MARK))
        goto out;
    wrong = binary_header_read(
        &reader->header, span_cut(buf_span(&text), HEAD - MARK, HEAD - MARK + length), stride);
    if (!wrong)
        wrong = keep_schema(reader);
    if (!wrong && reader->header.by.n && !reader->header.place.there)
        wrong = "the rows carry no member of this name: see --by";
out:
    buf_free(&text);
    if (wrong)
        reader->header.schema = NULL;
    return wrong;
}

static enum binary_event header(struct binary_reader *reader, struct span have, size_t *used,
                                size_t *need, struct row_fault *fault)
{
    bool unended = reader->unended;

    *need = HEAD;
    if (have.n < HEAD)
        return BINARY_HUNGRY;
    if (get_u32(have.p + MARK) != FORMAT)
        return refuse(fault, "the format is of a version that this whorl does not know", true);
    size_t count = get_u32(have.p + MARK + 4), stride = get_u32(have.p + MARK + 8);
    if (stride < BINARY_PLAIN || stride > STRIDE_MOST || count == 0 ||
        count > HEADER_MOST / stride)
        return refuse(fault, "the header is damaged: its numbers are out of range", true);
    *need = count * stride;
    if (have.n < *need)
        return BINARY_HUNGRY;
    binary_reader_reset(reader);
    const char *wrong = read_header(reader, have.p, count, stride);
    if (!wrong && !(reader->hash = hash_stream_new()))
        wrong = "out of memory";
    if (wrong)
        return refuse(fault, wrong, true);
    *used = *need;
    reader->stride = stride;
    reader->unended = true;
    *need = 0;
    if (unended)
        return refuse(fault, "another header before the end of the rows: the file is cut off",
                      false);
    return BINARY_HUNGRY;
}

static enum binary_event end(struct binary_reader *reader, const unsigned char *block,
                             struct row_fault *fault)
{
    unsigned char hash[16];
    struct hash128 value = hash_stream_value(reader->hash);
    bool ended = !reader->unended;

    hash_big_endian(hash, value.high);
    hash_big_endian(hash + 8, value.low);
    reader->unended = false;
    if (ended)
        return refuse(fault, "an end without a header before it", false);
    if (get_u64(block + MARK) != reader->rows)
        return refuse(fault, "rows are missing: the end states another number of them", false);
    if (memcmp(block + MARK + 8, hash, sizeof hash) != 0)
        return refuse(fault, "rows are damaged: their hash is not the one that the end states",
                      false);
    return BINARY_HUNGRY;
}

/* The value that the row is known by, of the carried member. */
static void identify(struct binary_reader *reader, struct row *row)
{
    const struct binary_plain_place *place = &reader->header.place;
    const unsigned char *image = row->image.p;
    uint64_t bits = get_u64(image + place->at);
    double number;

    row->has_id = image[place->bitmap + place->bit / 8] >> place->bit % 8 & 1;
    if (place->type == PLAIN_HASH) {
        memset(row->key, 0, sizeof row->key);
        hash_big_endian(row->key, bits);
        return;
    }
    size_t n = 0;
    if (place->type == PLAIN_F64) {
        memcpy(&number, &bits, sizeof number);
        n = number - number == 0 ? jcs_number(reader->id, number) : 0;
    } else {
        bool negative = place->type == PLAIN_I64 && bits >> 63;
        reader->id[0] = '-';
        n = negative + buf_digits(reader->id + negative, negative ? 0 - bits : bits);
    }
    row->has_id = row->has_id && n;
    row->id = span_of(reader->id, n);
    struct hash128 key = hash128(row->id);
    hash_big_endian(row->key, key.high);
    hash_big_endian(row->key + 8, key.low);
}

static enum binary_event take_row(struct binary_reader *reader, const unsigned char *block,
                                  struct row *row, struct row_fault *fault)
{
    static const unsigned char none[ROW_KEY];

    reader->rows++;
    hash_stream_add(reader->hash, span_of(block, reader->stride));
    if (!reader->unended || memcmp(block, reader->header.tag, sizeof reader->header.tag) != 0)
        return refuse(fault, "no row: its tag is not that of the header's catalog", false);
    *row =
        (struct row){.schema = reader->header.schema, .image = span_of(block, reader->stride)};
    if (reader->header.by.n) {
        identify(reader, row);
        return BINARY_ROW;
    }
    memcpy(row->key, block + BINARY_KEY, sizeof row->key);
    row->has_id = memcmp(row->key, none, sizeof none) != 0;
    return BINARY_ROW;
}

enum binary_event binary_read(struct binary_reader *reader, struct span have, size_t *used,
                              size_t *need, struct row *row, struct row_fault *fault)
{
    *used = 0;
    *need = MARK;
    if (have.n < MARK)
        return BINARY_HUNGRY;
    if (binary_reader_knows(have))
        return header(reader, have, used, need, fault);
    if (!reader->header.schema)
        return refuse(fault, "rows without a header: expected output without --no-header",
                      true);
    *need = reader->stride;
    if (have.n < reader->stride)
        return BINARY_HUNGRY;
    *used = reader->stride;
    if (memcmp(have.p, end_mark, MARK) == 0) {
        *need = 0;
        return end(reader, have.p, fault);
    }
    return take_row(reader, have.p, row, fault);
}

struct row_fault binary_read_end(const struct binary_reader *reader, size_t rest)
{
    if (!rest && !reader->unended)
        return ROW_FINE;
    return (struct row_fault){rest ? "the file is cut off inside a row or header"
                                   : "the file is cut off: it has no end",
                              0, true};
}
