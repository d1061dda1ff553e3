#include "config.h"

#include "format/arrow_message.h"

#include "catalog/catalog.h"
#include "format/binary_header.h"
#include "format/flatbuffer.h"
#include "format/little_endian.h"
#include "text/unicode.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { METADATA_V5 = 4, HEADER_SCHEMA = 1, HEADER_BATCH = 3 };
enum { TYPE_INT = 2, TYPE_FLOAT = 3, TYPE_UTF8 = 5, TYPE_FIXED_BINARY = 15, TYPE_FIXED_LIST = 16 };
enum { PRECISION_DOUBLE = 2 };

/* The union member of each type, and the fields of its table. */
static const struct {
    unsigned char type;
    struct flatbuffer_field fields[2];
} fbs_types[ARROW_TYPES] = {
    [ARROW_UTF8] = {TYPE_UTF8, {{0, 0}}},
    [ARROW_U32] = {TYPE_INT, {{4, 32}, {1, false}}}, /* bitWidth, is_signed */
    [ARROW_U64] = {TYPE_INT, {{4, 64}, {1, false}}},
    [ARROW_I64] = {TYPE_INT, {{4, 64}, {1, true}}},
    [ARROW_F64] = {TYPE_FLOAT, {{2, PRECISION_DOUBLE}}},
    [ARROW_BYTES] = {TYPE_FIXED_BINARY, {{4, 16}}}, /* byteWidth */
};

/* Begin a message with a header of TYPE. Where the offset of the header is becomes *HEADER, and where
 * the length of the body is *LENGTH. */
static void begin_message(struct flatbuffer *buffer, struct buf *out, unsigned type,
                          size_t *header, size_t *length)
{
    const struct flatbuffer_field fields[] = {
        {2, METADATA_V5}, {1, type}, FLATBUFFER_OFFSET, {8, 0}};
    size_t places[COUNT(fields)] = {0};

    buf_put(out, span_of("\xFF\xFF\xFF\xFF\0\0\0", 8));
    flatbuffer_begin(buffer, out);
    flatbuffer_link(buffer, buffer->begin,
                    flatbuffer_put_table(buffer, fields, COUNT(fields), places));
    *header = places[2];
    *length = places[3];
}

/* The metadata is complete: say how long it is. */
static void end_message(struct flatbuffer *buffer)
{
    struct buf *out = buffer->out;

    flatbuffer_end(buffer);
    if (!out->failed)
        set_u32(out->p + buffer->begin - 4, (uint32_t)(out->n - buffer->begin));
}

static size_t put_fbs_field(struct flatbuffer *buffer, struct span name, bool has_null,
                            enum arrow_type type, uint32_t list);

/* Append the children of a field: the element of a list of COUNT elements of TYPE, or none. */
static size_t put_fbs_children(struct flatbuffer *buffer, bool has_null, enum arrow_type type,
                               uint32_t list)
{
    size_t children = flatbuffer_put_offsets(buffer, list ? 1 : 0);

    if (list)
        flatbuffer_link(buffer, children + 4,
                        put_fbs_field(buffer, span_text("item"), has_null, type, 0));
    return children;
}

/* Append a field with NAME: of TYPE, or if LIST is not 0, a list of so many of them. */
static size_t put_fbs_field(struct flatbuffer *buffer, struct span name, bool has_null,
                            enum arrow_type type, uint32_t list)
{
    const struct flatbuffer_field fields[] = {
        FLATBUFFER_OFFSET,                                  /* name */
        {1, has_null && !list},                             /* nullable */
        {1, list ? TYPE_FIXED_LIST : fbs_types[type].type}, /* type_type */
        FLATBUFFER_OFFSET,                                  /* type */
        {0, 0},                                             /* dictionary */
        FLATBUFFER_OFFSET                                   /* children */
    };
    const struct flatbuffer_field list_fields[] = {{4, list}}; /* listSize */
    size_t places[COUNT(fields)] = {0};
    size_t field = flatbuffer_put_table(buffer, fields, COUNT(fields), places);

    flatbuffer_link(buffer, places[0], flatbuffer_put_string(buffer, name));
    flatbuffer_link(buffer, places[3],
                    list ? flatbuffer_put_table(buffer, list_fields, COUNT(list_fields), NULL)
                         : flatbuffer_put_table(buffer, fbs_types[type].fields,
                                                COUNT(fbs_types[type].fields), NULL));
    flatbuffer_link(buffer, places[5], put_fbs_children(buffer, has_null, type, list));
    return field;
}

/* Append the fields of the schema. */
static size_t put_fbs_fields(struct flatbuffer *buffer, const struct arrow_layout *layout)
{
    size_t fields = flatbuffer_put_offsets(buffer, layout->count);
    struct buf name = BUF_EMPTY;

    for (size_t i = 0; i < layout->count; i++) {
        const struct arrow_column *column = &layout->columns[i];
        buf_clear(&name);
        arrow_column_put_name(&name, layout, column);
        buffer->out->failed |= name.failed;
        flatbuffer_link(buffer, fields + 4 + 4 * i,
                        put_fbs_field(buffer, buf_span(&name), column->has_null, column->type,
                                      column->list));
    }
    buf_free(&name);
    return fields;
}

/* Append a pair of NAME and VALUE, and link the offset at PLACE to it. */
static void put_fbs_pair(struct flatbuffer *buffer, size_t place, const char *name,
                         struct span value)
{
    const struct flatbuffer_field fields[] = {FLATBUFFER_OFFSET, FLATBUFFER_OFFSET};
    size_t places[COUNT(fields)] = {0};

    flatbuffer_link(buffer, place,
                    flatbuffer_put_table(buffer, fields, COUNT(fields), places));
    flatbuffer_link(buffer, places[0], flatbuffer_put_string(buffer, span_text(name)));
    flatbuffer_link(buffer, places[1], flatbuffer_put_string(buffer, value));
}

/* Append the metadata of the schema: the same as in the header of binary output, but not the columns,
 * which are fields here. */
static size_t put_fbs_origin(struct flatbuffer *buffer, const struct catalog *catalog,
                             struct span producer)
{
    struct binary_header_text {
        const char *name;
        void (*put)(struct buf *out, const struct catalog *catalog);
    };
    static const struct binary_header_text texts[] = {
        {"catalog", binary_header_put_catalog},
        {"digest", binary_header_put_digest},
        {"groups", binary_header_put_groups},
        {"signals", binary_header_put_signals},
    };
    size_t pairs = flatbuffer_put_offsets(buffer, COUNT(texts) + 2);
    struct buf text = BUF_EMPTY;

    put_fbs_pair(buffer, pairs + 4, "producer", producer);
    put_fbs_pair(buffer, pairs + 8, "unicode", span_text(UNICODE_VERSION));
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_clear(&text);
        texts[i].put(&text, catalog);
        buffer->out->failed |= text.failed;
        put_fbs_pair(buffer, pairs + 12 + 4 * i, texts[i].name, buf_span(&text));
    }
    buf_free(&text);
    return pairs;
}

void arrow_message_put_schema(struct buf *out, const struct arrow_layout *layout,
                              struct span producer)
{
    const struct flatbuffer_field fields[] = {
        {2, 0},            /* endianness: little */
        FLATBUFFER_OFFSET, /* fields */
        FLATBUFFER_OFFSET  /* custom_metadata */
    };
    size_t places[COUNT(fields)] = {0}, header, length;
    struct flatbuffer buffer;

    begin_message(&buffer, out, HEADER_SCHEMA, &header, &length);
    flatbuffer_link(&buffer, header,
                    flatbuffer_put_table(&buffer, fields, COUNT(fields), places));
    flatbuffer_link(&buffer, places[1], put_fbs_fields(&buffer, layout));
    flatbuffer_link(&buffer, places[2],
                    put_fbs_origin(&buffer, layout->lines.catalog, producer));
    end_message(&buffer);
}

void arrow_message_put_batch(struct buf *out, const struct arrow_layout *layout, uint64_t rows,
                             struct arrow_message *message)
{
    const struct flatbuffer_field fields[] = {
        {8, rows},         /* length */
        FLATBUFFER_OFFSET, /* nodes */
        FLATBUFFER_OFFSET  /* buffers */
    };
    size_t places[COUNT(fields)] = {0}, header;
    struct flatbuffer buffer;

    begin_message(&buffer, out, HEADER_BATCH, &header, &message->length);
    flatbuffer_link(&buffer, header,
                    flatbuffer_put_table(&buffer, fields, COUNT(fields), places));
    message->nodes = flatbuffer_put_structs(&buffer, layout->nodes, 16) + 4;
    flatbuffer_link(&buffer, places[1], message->nodes - 4);
    message->buffers = flatbuffer_put_structs(&buffer, layout->buffers, 16) + 4;
    flatbuffer_link(&buffer, places[2], message->buffers - 4);
    end_message(&buffer);
    message->body = out->n;
}
