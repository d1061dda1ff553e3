#include "config.h"

#include "survey/shapes.h"

#include <stdlib.h>

#include "catalog/catalog.h"

#define JSON_TWENTIETHS 19 /* of its strings that a path holds JSON in, at least */
#define PAIRS_TENTHS    9  /* of its arrays that have pairs */
#define WRAPPERS        5  /* members of the root that are wrapped, at least */
#define WRAPPER_MEMBERS 4  /* that they have together, at most */

struct shapes {
    struct buf *out;
    const struct survey *survey;
    const struct rows *rows;
    uint32_t root;
    struct buf scratch;
};

static void put_directive(struct shapes *s, const char *directive, struct span argument)
{
    buf_puts(s->out, directive);
    buf_putc(s->out, '\t');
    buf_put(s->out, argument);
    buf_putc(s->out, '\n');
}

/* The names of the members of the root's members, if these are wrappers: at least WRAPPERS objects
 * with at most WRAPPER_MEMBERS names together. */
struct shapes_wrapper {
    struct span names[WRAPPER_MEMBERS];
    uint32_t still[WRAPPER_MEMBERS]; /* members of the root in which it never differs */
    bool deep[WRAPPER_MEMBERS];      /* it has members in one of them */
    unsigned count;
};

/* Can NAME be a cell of a directive as it is in a record? */
static bool is_cell(struct span name)
{
    return name.n && rows_writable(name) && !memchr(name.p, '\\', name.n);
}

/* Count the path I, a member of a member of the root. False if there are too many names, or one
 * that no directive can have. */
static bool count_wrapped(const struct shapes *s, struct shapes_wrapper *wrapper, uint32_t i)
{
    const struct field *field = &s->survey->fields.items[i];
    unsigned at = 0;

    while (at < wrapper->count && !span_equal(wrapper->names[at], field->name))
        at++;
    if (at == WRAPPER_MEMBERS || !is_cell(field->name))
        return false;
    if (at == wrapper->count)
        wrapper->names[wrapper->count++] = field->name;
    wrapper->still[at] += !visitors_count(&s->survey->visitors, VISITORS_FLIPS, field->slot);
    wrapper->deep[at] |= field->children > 0;
    return true;
}

/* Find the wrappers. False if the members of the root do not wrap values. */
static bool find_wrapper(const struct shapes *s, struct shapes_wrapper *wrapper)
{
    const struct field *items = s->survey->fields.items;
    uint32_t objects = 0;

    *wrapper = (struct shapes_wrapper){.count = 0};
    for (uint32_t i = 1; i < s->survey->fields.count; i++) {
        uint32_t parent = items[i].parent;
        objects += parent == s->root && items[i].children;
        if (parent != FIELD_ROOT && items[parent].parent == s->root && parent != s->root &&
            !count_wrapped(s, wrapper, i))
            return false;
    }
    return objects >= WRAPPERS && wrapper->count;
}

/* Has a record an error marker? */
static bool has_errors(const struct shapes *s)
{
    for (uint32_t i = 1; i < s->survey->fields.count; i++)
        if (s->survey->fields.items[i].types[OBSERVE_ERROR])
            return true;
    return false;
}

/* Put the lines @value and @error. Of a wrapper's members the value is the one that never
 * differs in the most; those that do differ may be beside the error. */
static void put_markers(struct shapes *s)
{
    struct shapes_wrapper wrapper;
    bool wrapped = find_wrapper(s, &wrapper);
    unsigned value = 0;

    for (unsigned i = 1; wrapped && i < wrapper.count; i++)
        if (wrapper.still[i] > wrapper.still[value])
            value = i;
    if (wrapped && wrapper.count > 1)
        put_directive(s, "@value", wrapper.names[value]);
    if (!has_errors(s))
        return;
    buf_puts(s->out, "@error\terror");
    for (unsigned i = 0; wrapped && i < wrapper.count; i++)
        if (i != value && !wrapper.deep[i] &&
            !span_equal(wrapper.names[i], span_text("error"))) {
            buf_putc(s->out, '\t');
            buf_put(s->out, wrapper.names[i]);
        }
    buf_putc(s->out, '\n');
}

/* Put a line @json for POINTER, or @pairs with the names KEY and VALUE. */
static void put_shape(struct shapes *s, struct span pointer, bool json, struct span key,
                      struct span value)
{
    struct buf *out = s->out;

    buf_puts(out, json ? "@json\t" : "@pairs\t");
    buf_put(out, pointer);
    if (!json) {
        buf_putc(out, '\t');
        buf_put(out, key);
        buf_putc(out, '\t');
        buf_put(out, value);
    }
}

/* Put the lines @json and @pairs of CATALOG, by which the records were read. False when memory is
 * out. */
static bool put_known_shapes(struct shapes *s, const struct catalog *catalog)
{
    uint32_t *nodes = malloc((catalog->reshape_count + 1) * sizeof *nodes);

    if (!nodes)
        return false;
    if (catalog->reshape_count)
        trie_ends(&catalog->reshape_trie, nodes);
    for (uint32_t i = 0; i < catalog->reshape_count; i++) {
        const struct catalog_reshape *reshape = &catalog->reshapes[i];
        buf_clear(&s->scratch);
        trie_put_pointer(&catalog->reshape_trie, nodes[i], &s->scratch);
        put_shape(s, buf_span(&s->scratch), reshape->json, reshape->key, reshape->value);
        buf_puts(s->out, reshape->lower ? "\tlower\n" : "\n");
    }
    free(nodes);
    return !s->scratch.failed;
}

static void put_remark(struct shapes *s, const char *comment)
{
    buf_puts(s->out, comment);
    buf_putc(s->out, '\n');
}

/* Put the lines @json and @pairs. */
static void put_shapes(struct shapes *s)
{
    for (uint32_t i = 0; i < s->rows->count; i++) {
        const struct field *field = &s->survey->fields.items[s->rows->items[i].path];
        struct span pointer = s->rows->items[i].pointer;
        if (!rows_writable(pointer))
            continue;
        if (field->json && 20 * field->json >= JSON_TWENTIETHS * field->types[OBSERVE_STRING]) {
            put_remark(
                s, "# strings that hold JSON: survey again with this catalog, to see inside");
            put_shape(s, pointer, true, field->key, field->paired);
            buf_putc(s->out, '\n');
        }
        if (field->pairs && is_cell(field->key) && is_cell(field->paired) &&
            10 * field->pairs >= PAIRS_TENTHS * field->types[OBSERVE_ARRAY]) {
            put_remark(s, "# a list of pairs: survey again with this catalog, to see inside");
            put_shape(s, pointer, false, field->key, field->paired);
            buf_putc(s->out, '\n');
        }
    }
}

bool shapes_put(struct buf *out, const struct survey *survey, const struct rows *rows,
                uint32_t root, const struct catalog *catalog)
{
    struct shapes s = {
        .out = out, .survey = survey, .rows = rows, .root = root, .scratch = BUF_EMPTY};

    put_markers(&s);
    bool put = !catalog || put_known_shapes(&s, catalog);
    put_shapes(&s);
    buf_free(&s.scratch);
    return put;
}
