#include "config.h"

#include "format/binary_read_header.h"

#include "base/ascii.h"
#include "json/value_read.h"

static const char malformed[] = "the header is damaged: expected what whorl-vector(5) says";

/* The whole number that the member NAME of OBJECT is, or UINT32_MAX. */
static uint32_t number(const struct value *object, const char *name)
{
    const struct value *v = value_member(object, span_text(name));

    if (!v || v->type != VALUE_NUMBER || !(v->number >= 0 && v->number < UINT32_MAX))
        return UINT32_MAX;
    return (uint32_t)v->number;
}

/* The text that the member NAME of OBJECT is, or nothing. */
static struct span text(const struct value *object, const char *name)
{
    const struct value *v = value_member(object, span_text(name));

    return v && v->type == VALUE_STRING ? v->text : span_of(NULL, 0);
}

/* Add the texts of the array NAME of HEADER, COUNT of them, each once. */
static const char *read_names(const struct value *header, const char *name, uint32_t count,
                              struct names *names)
{
    const struct value *array = value_member(header, span_text(name));

    if (!array || array->type != VALUE_ARRAY || array->array.count != count ||
        count > SCHEMA_SIGNALS)
        return malformed;
    for (uint32_t i = 0; i < count; i++) {
        const struct value *item = &array->array.items[i];
        uint32_t number = item->type == VALUE_STRING ? names_add(names, item->text) : 0;
        if (number == NAMES_NONE)
            return quota_wrong(names->arena.quota);
        if (item->type != VALUE_STRING || number != i)
            return malformed;
    }
    return NULL;
}

/* A field of a row. */
struct column {
    struct span name, type;
    uint32_t at, count, size; /* size in bytes of all of it */
};

static bool read_column(const struct value *v, size_t stride, struct column *column)
{
    static const struct {
        const char *type;
        uint32_t size;
    } types[] = {{"u8", 1},  {"u16", 2}, {"u32", 4}, {"u64", 8},
                 {"i64", 8}, {"f64", 8}, {"xxh3", 8}};

    if (v->type != VALUE_OBJECT)
        return false;
    *column = (struct column){text(v, "name"), text(v, "type"), number(v, "offset"),
                              number(v, "count"), 0};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (span_equal(column->type, span_text(types[i].type)))
            column->size = types[i].size;
    if (!column->size || column->at > stride || column->count > stride)
        return false;
    column->size *= column->count;
    return column->size <= stride - column->at;
}

/* The rest of the column's name if it is KIND and ':' and that. */
static bool is_kind(const struct column *column, const char *kind, struct span *rest)
{
    struct span k = span_text(kind);

    if (!span_begins(column->name, k) || column->name.n == k.n || column->name.p[k.n] != ':')
        return false;
    *rest = span_cut(column->name, k.n + 1, column->name.n);
    return true;
}

static const char *add_identity(struct schema *schema, const struct column *column,
                                struct span name)
{
    if (column->size != 16 || schema->ids.count == SCHEMA_IDS ||
        names_find(&schema->ids, name) != NAMES_NONE)
        return malformed;
    uint32_t i = names_add(&schema->ids, name);
    if (i == NAMES_NONE)
        return quota_wrong(schema->quota);
    schema->ids_at[i] = column->at;
    return NULL;
}

static bool read_place(const struct value *v, const struct column *column,
                       struct binary_plain_place *place)
{
    *place = (struct binary_plain_place){
        .there = true, .at = column->at, .bit = number(v, "bit"), .type = PLAIN_HASH};
    for (enum plain type = PLAIN_U64; type <= PLAIN_F64; type++)
        if (span_equal(column->type, span_text(catalog_plain_name(type))))
            place->type = type;
    return column->size == 8 && place->bit != UINT32_MAX;
}

/* Take from all columns of the header VALUE where the fields are; their names are in the schema
 * by the end. */
static const char *read_columns(struct binary_header *header, const struct value *value,
                                size_t stride)
{
    const struct value *columns = value_member(value, span_text("columns"));
    struct schema *schema = header->schema;
    struct binary_plain_place *place = &header->place;
    uint32_t groups = 0, signals = 0;
    struct column bitmap = {.size = 0};

    if (!columns || columns->type != VALUE_ARRAY)
        return malformed;
    for (size_t i = 0; i < columns->array.count; i++) {
        struct column c;
        struct span name;
        const struct value *v = &columns->array.items[i];
        const char *wrong = NULL;
        if (!read_column(v, stride, &c))
            return malformed;
        if (is_kind(&c, "id", &name)) {
            wrong = add_identity(schema, &c, name);
        } else if (is_kind(&c, "carry", &name) && header->by.n &&
                   span_equal(name, header->by)) {
            wrong = read_place(v, &c, place) ? NULL : malformed;
        } else if (span_equal(c.name, span_text("bitmap"))) {
            bitmap = c;
        } else if (span_equal(c.name, span_text("groups"))) {
            schema->groups_at = c.at;
            groups = c.size == 8 * c.count ? c.count : UINT32_MAX;
        } else if (span_equal(c.name, span_text("vector"))) {
            schema->signals_at = c.at;
            signals = c.size == 8 * c.count ? c.count : UINT32_MAX;
        }
        if (wrong)
            return wrong;
    }
    place->bitmap = bitmap.at;
    if (place->there && place->bit / 8 >= bitmap.size)
        return malformed;
    const char *wrong = read_names(value, "groups", groups, &schema->groups);
    return wrong ? wrong : read_names(value, "signals", signals, &schema->signals);
}

static bool read_tag(struct span digest, unsigned char tag[8])
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
static const char *read_value(struct binary_header *header, const struct value *value,
                              size_t stride)
{
    struct buf label = BUF_EMPTY;
    struct span catalog = text(value, "catalog"), digest = text(value, "digest");

    if (!catalog.n || !read_tag(digest, header->tag))
        return malformed;
    buf_put(&label, catalog);
    buf_putc(&label, ':');
    buf_put(&label, span_cut(digest, 0, 16));
    if (!label.failed)
        header->schema = schema_new(buf_span(&label), header->seed, header->quota);
    buf_free(&label);
    if (!header->schema)
        return quota_wrong(header->quota);
    header->schema->source = SCHEMA_HASHES;
    return read_columns(header, value, stride);
}

const char *binary_header_read(struct binary_header *header, struct span text, size_t stride)
{
    struct arena arena = ARENA_EMPTY;
    struct value value;
    const char *wrong = malformed;

    header->schema = NULL;
    header->place = (struct binary_plain_place){.there = false};
    /* Longer than a record may be by default; what it holds is bounded by its length. */
    const struct limits limits = {8, SIZE_MAX, LIMITS_LENGTH_MAX};
    struct fault fault = value_read_within(&value, text, &limits, &arena);
    if (fault.status == STATUS_NO_MEMORY)
        wrong = "out of memory";
    else if (fault.status == STATUS_OK && value.type == VALUE_OBJECT)
        wrong = read_value(header, &value, stride);
    arena_free(&arena);
    if (wrong) {
        schema_free(header->schema);
        header->schema = NULL;
    }
    return wrong;
}
