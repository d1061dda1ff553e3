#include "config.h"

#include "format/binary_read_header.h"

#include "base/ascii.h"
#include "base/quota.h"
#include "json/validate.h"
#include "json/value.h"
#include "json/value_read.h"

static struct fault malformed(void)
{
    return fault_unreadable(0, "the header is damaged: expected what whorl-vector(5) says");
}

/* The whole number in the member NAME of OBJECT, or UINT32_MAX. */
static uint32_t header_uint(const struct value *object, const char *name)
{
    const struct value *v = value_member(object, span_text(name));

    if (!v || v->type != VALUE_NUMBER || !(v->number >= 0 && v->number < UINT32_MAX))
        return UINT32_MAX;
    return (uint32_t)v->number;
}

/* The text in the member NAME of OBJECT, or an empty one. */
static struct span header_text(const struct value *object, const char *name)
{
    const struct value *v = value_member(object, span_text(name));

    return v && v->type == VALUE_STRING ? v->text : span_of(NULL, 0);
}

/* Add the texts of the array NAME of HEADER, COUNT of them, each once. */
static struct fault read_header_names(const struct value *header, const char *name,
                                     uint32_t count, struct names *names)
{
    const struct value *array = value_member(header, span_text(name));

    if (!array || array->type != VALUE_ARRAY || array->array.count != count ||
        count > SCHEMA_SIGNALS)
        return malformed();
    for (uint32_t i = 0; i < count; i++) {
        const struct value *item = &array->array.items[i];
        uint32_t number = item->type == VALUE_STRING ? names_add(names, item->text) : 0;
        if (number == NAMES_NONE)
            return quota_fault(names->arena.quota);
        if (item->type != VALUE_STRING || number != i)
            return malformed();
    }
    return FAULT_NONE;
}

/* A column as the header has it. */
struct header_column {
    enum binary_kind kind; /* BINARY_KINDS for one of a later version */
    enum binary_type type;
    struct span name;
    uint32_t at, count, size; /* size in bytes of all values */
};

static bool read_header_column(const struct value *v, size_t stride,
                               struct header_column *column)
{
    enum binary_type type = BINARY_U8;

    if (v->type != VALUE_OBJECT)
        return false;
    struct span name = header_text(v, "name"), type_name = header_text(v, "type");
    *column = (struct header_column){.at = header_uint(v, "offset"),
                                     .count = header_uint(v, "count")};
    column->kind = binary_kind_find(name, &column->name);
    while (type < BINARY_TYPES && !span_equal(type_name, span_text(binary_type_name(type))))
        type++;
    if (type == BINARY_TYPES || column->at > stride || column->count > stride)
        return false;
    column->type = type;
    column->size = binary_type_size(type) * column->count;
    return column->size <= stride - column->at;
}

/* What the columns of a header say besides the schema and their places. */
struct header_columns {
    struct header_column bitmap; /* of size 0 if there is no bitmap */
    uint32_t groups, signals;    /* how many; UINT32_MAX for what are no hashes */
};

static struct fault add_identity(struct schema *schema, const struct header_column *column,
                                struct span name)
{
    if (column->size != 16 || schema->ids.count == SCHEMA_IDS ||
        names_find(&schema->ids, name) != NAMES_NONE)
        return malformed();
    uint32_t i = names_add(&schema->ids, name);
    if (i == NAMES_NONE)
        return quota_fault(schema->quota);
    schema->ids_at[i] = column->at;
    return FAULT_NONE;
}

static bool read_plain_place(const struct value *v, const struct header_column *column,
                             struct binary_carry_place *place)
{
    *place = (struct binary_carry_place){.there = true,
                                         .at = column->at,
                                         .bit = header_uint(v, "bit"),
                                         .type = column->type < BINARY_U64
                                                     ? BINARY_XXH3
                                                     : column->type};
    return column->size == 8 && place->bit != UINT32_MAX;
}

/* The carried member COLUMN, which is V, may be one that the reader looks for. */
static struct fault note_carry(struct binary_header *header, const struct value *v,
                               const struct header_column *column)
{
    const struct row_names *names = &header->names;
    bool right = true;

    if (names->by.n && span_equal(column->name, names->by))
        right = read_plain_place(v, column, &header->by);
    for (size_t i = 0; i < ROW_MEMBERS && right; i++)
        if (names->members[i].n && span_equal(column->name, names->members[i]))
            right = read_plain_place(v, column, &header->members[i]);
    return right ? FAULT_NONE : malformed();
}

/* Is the bit of PLACE, if it is there, in BITMAP? Note where that is. */
static bool place_in_bitmap(struct binary_carry_place *place,
                            const struct header_column *bitmap)
{
    place->bitmap = bitmap->at;
    return !place->there || place->bit / 8 < bitmap->size;
}

/* The number of values of COLUMN, which are hashes; UINT32_MAX if they are not. */
static uint32_t hash_count(const struct header_column *column)
{
    return column->size == 8 * column->count ? column->count : UINT32_MAX;
}

/* Take from COLUMN, which is V, what a reader needs. */
static struct fault use_column(struct binary_header *header, const struct value *v,
                              const struct header_column *column,
                              struct header_columns *columns)
{
    struct schema *schema = header->schema;

    switch (column->kind) {
    case BINARY_ID:
        return add_identity(schema, column, column->name);
    case BINARY_CARRY:
        return note_carry(header, v, column);
    case BINARY_BITMAP:
        columns->bitmap = *column;
        return FAULT_NONE;
    case BINARY_GROUPS:
        schema->groups_at = column->at;
        columns->groups = hash_count(column);
        return FAULT_NONE;
    case BINARY_SKETCH:
        schema->sketch_at = column->at;
        schema->sketch_words = hash_count(column);
        return schema->sketch_words > SCHEMA_SKETCH ? malformed() : FAULT_NONE;
    case BINARY_VECTOR:
        schema->signals_at = column->at;
        columns->signals = hash_count(column);
        return FAULT_NONE;
    default:
        return FAULT_NONE;
    }
}

/* Take from all columns of the header VALUE where the fields are; their names are in the schema
 * by the end. */
static struct fault read_header_columns(struct binary_header *header, const struct value *value,
                                size_t stride)
{
    const struct value *array = value_member(value, span_text("columns"));
    struct schema *schema = header->schema;
    struct header_columns columns = {.groups = 0};

    if (!array || array->type != VALUE_ARRAY)
        return malformed();
    for (size_t i = 0; i < array->array.count; i++) {
        const struct value *v = &array->array.items[i];
        struct header_column column;
        if (!read_header_column(v, stride, &column))
            return malformed();
        struct fault fault = use_column(header, v, &column, &columns);
        if (fault.status != STATUS_OK)
            return fault;
    }
    bool right = place_in_bitmap(&header->by, &columns.bitmap);
    for (size_t i = 0; i < ROW_MEMBERS; i++)
        right &= place_in_bitmap(&header->members[i], &columns.bitmap);
    if (!right)
        return malformed();
    struct fault fault =
        read_header_names(value, "groups", columns.groups, &schema->groups);
    return fault.status != STATUS_OK
               ? fault
               : read_header_names(value, "signals", columns.signals, &schema->signals);
}

static bool read_header_tag(struct span digest, unsigned char tag[8])
{
    if (digest.n != 32)
        return false;
    for (size_t i = 0; i < 8; i++) {
        int high = ascii_hex(digest.p[2 * i]), low = ascii_hex(digest.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        tag[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

/* As binary_header_read(), of the JSON value VALUE. */
static struct fault read_header_value(struct binary_header *header, const struct value *value,
                              size_t stride)
{
    struct buf label = BUF_EMPTY;
    struct span catalog = header_text(value, "catalog"), digest = header_text(value, "digest");

    if (!catalog.n || !read_header_tag(digest, header->tag))
        return malformed();
    buf_put(&label, catalog);
    buf_putc(&label, ':');
    buf_put(&label, span_cut(digest, 0, 16));
    if (!label.failed)
        header->schema = schema_new(buf_span(&label), header->seed, header->quota);
    buf_free(&label);
    if (!header->schema)
        return quota_fault(header->quota);
    header->schema->source = SCHEMA_HASHES;
    return read_header_columns(header, value, stride);
}

struct fault binary_header_read(struct binary_header *header, struct span text, size_t stride)
{
    struct arena arena = ARENA_EMPTY;
    struct value value;
    struct fault wrong = malformed();

    header->schema = NULL;
    header->by = (struct binary_carry_place){.there = false};
    for (size_t i = 0; i < ROW_MEMBERS; i++)
        header->members[i] = header->by;
    /* Longer than a record may be by default; what it holds is bounded by its length. */
    const struct limits limits = {8, SIZE_MAX, LIMITS_LENGTH_MAX};
    struct fault fault = value_read_within(&value, text, &limits, &arena);
    if (fault.status == STATUS_NO_MEMORY)
        wrong = fault_memory();
    else if (fault.status == STATUS_OK && value.type == VALUE_OBJECT)
        wrong = read_header_value(header, &value, stride);
    arena_free(&arena);
    if (wrong.status != STATUS_OK) {
        schema_free(header->schema);
        header->schema = NULL;
    }
    return wrong;
}
