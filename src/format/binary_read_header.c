#include "config.h"

#include "format/binary_read_header.h"

#include "record/json_read.h"

static const char malformed[] = "the header is damaged: expected what whorl-vector(5) says";
static const char no_memory[] = "out of memory";

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
        if (item->type != VALUE_STRING || names_find(names, item->text) != NAMES_NONE)
            return malformed;
        if (names_add(names, item->text) == NAMES_NONE)
            return no_memory;
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
        return no_memory;
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

/* Take from all columns where the fields are; their names are in the schema by the end. */
static const char *read_columns(const struct value *header, size_t stride, struct span by,
                                struct schema *schema, struct binary_plain_place *place)
{
    const struct value *columns = value_member(header, span_text("columns"));
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
        } else if (is_kind(&c, "carry", &name) && by.n && span_equal(name, by)) {
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
    const char *wrong = read_names(header, "groups", groups, &schema->groups);
    return wrong ? wrong : read_names(header, "signals", signals, &schema->signals);
}

static int digit(unsigned char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_tag(struct span digest, unsigned char tag[8])
{
    if (digest.n != 32)
        return false;
    for (size_t i = 0; i < 8; i++) {
        int high = digit(digest.p[2 * i]), low = digit(digest.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        tag[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

/* As binary_header_read(), of the JSON value HEADER. */
static const char *read_value(const struct value *header, size_t stride, struct span by,
                              uint64_t seed, struct schema **schema, unsigned char tag[8],
                              struct binary_plain_place *place)
{
    struct buf label = BUF_EMPTY;
    struct span catalog = text(header, "catalog"), digest = text(header, "digest");

    if (!catalog.n || !read_tag(digest, tag))
        return malformed;
    buf_put(&label, catalog);
    buf_putc(&label, ':');
    buf_put(&label, span_cut(digest, 0, 16));
    *schema = label.failed ? NULL : schema_new(buf_span(&label), seed);
    buf_free(&label);
    if (!*schema)
        return no_memory;
    (*schema)->source = SCHEMA_HASHES;
    return read_columns(header, stride, by, *schema, place);
}

const char *binary_header_read(struct span text, size_t stride, struct span by, uint64_t seed,
                               struct schema **schema, unsigned char tag[8],
                               struct binary_plain_place *place)
{
    struct arena arena = ARENA_EMPTY;
    struct value header;
    const char *wrong = malformed;

    *schema = NULL;
    *place = (struct binary_plain_place){.there = false};
    /* Longer than a record may be by default; what it holds is bounded by its length. */
    const struct limits limits = {8, SIZE_MAX, LIMITS_LENGTH_MAX};
    struct fault fault = json_read_within(&header, text, &limits, &arena);
    if (fault.status == STATUS_NO_MEMORY)
        wrong = no_memory;
    else if (fault.status == STATUS_OK && header.type == VALUE_OBJECT)
        wrong = read_value(&header, stride, by, seed, schema, tag, place);
    arena_free(&arena);
    if (wrong) {
        schema_free(*schema);
        *schema = NULL;
    }
    return wrong;
}
