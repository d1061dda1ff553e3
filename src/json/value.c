#include "config.h"

#include "json/value.h"

#include "base/buf.h"
#include "base/sort.h"
#include "text/jcs.h"
#include "text/number.h"

struct value value_null(void)
{
    return (struct value){.type = VALUE_NULL};
}

struct value value_bool(bool truth)
{
    return (struct value){.type = truth ? VALUE_TRUE : VALUE_FALSE};
}

struct value value_number(double x)
{
    return (struct value){.type = VALUE_NUMBER, .number = x == 0 ? 0 : x};
}

struct value value_text(struct span text)
{
    return (struct value){.type = VALUE_STRING, .text = text};
}

struct value value_array(const struct value *items, size_t count)
{
    return (struct value){.type = VALUE_ARRAY, .array = {items, count}};
}

static int order_members_by_name(const void *a, const void *b, void *context)
{
    (void)context;
    return jcs_compare_names(((const struct member *)a)->name,
                             ((const struct member *)b)->name);
}

void value_sort_members(struct member *members, size_t count, struct member *scratch)
{
    sort_array(members, count, sizeof *members, order_members_by_name, NULL, scratch);
}

/* Walking what is nested: the elements of an array and the members of an object alike. */

static bool is_nested(const struct value *v)
{
    return v->type >= VALUE_ARRAY;
}

static size_t count_parts(const struct value *v)
{
    return v->type == VALUE_ARRAY ? v->array.count : v->object.count;
}

static const struct value *value_part(const struct value *v, size_t at)
{
    return v->type == VALUE_ARRAY ? &v->array.items[at] : &v->object.members[at].value;
}

static unsigned char opening_bracket(const struct value *v)
{
    return v->type == VALUE_ARRAY ? '[' : '{';
}

static unsigned char closing_bracket(const struct value *v)
{
    return v->type == VALUE_ARRAY ? ']' : '}';
}

static void put_scalar_jcs(struct buf *out, const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL:
        buf_puts(out, "null");
        break;
    case VALUE_FALSE:
        buf_puts(out, "false");
        break;
    case VALUE_TRUE:
        buf_puts(out, "true");
        break;
    case VALUE_NUMBER:
        jcs_put_number(out, v->number);
        break;
    case VALUE_STRING:
        jcs_put_string(out, v->text);
        break;
    case VALUE_ARRAY:
    case VALUE_OBJECT:
        break;
    }
}

/* An array or object that is being written, and its next child. */
struct value_open {
    const struct value *v;
    size_t at;
};

static void put_nested_jcs(struct buf *out, const struct value *root)
{
    struct value_open stack[VALUE_DEPTH], *top = stack;

    *top = (struct value_open){root, 0};
    buf_putc(out, opening_bracket(root));
    for (;;) {
        const struct value *v = top->v;
        if (top->at == count_parts(v)) {
            buf_putc(out, closing_bracket(v));
            if (top == stack)
                return;
            top--;
            continue;
        }
        if (top->at)
            buf_putc(out, ',');
        if (v->type == VALUE_OBJECT) {
            jcs_put_string(out, v->object.members[top->at].name);
            buf_putc(out, ':');
        }
        const struct value *next = value_part(v, top->at++);
        if (is_nested(next)) {
            *++top = (struct value_open){next, 0};
            buf_putc(out, opening_bracket(next));
        } else {
            put_scalar_jcs(out, next);
        }
    }
}

void value_put_jcs(struct buf *out, const struct value *v)
{
    if (is_nested(v))
        put_nested_jcs(out, v);
    else
        put_scalar_jcs(out, v);
}

const struct value *value_member(const struct value *v, struct span name)
{
    const struct member *members = v->object.members;
    size_t from = 0, to = v->object.count;

    /* Behind the last of the names up to NAME: of names that read alike the last counts. */
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (jcs_compare_names(members[middle].name, name) <= 0)
            from = middle + 1;
        else
            to = middle;
    }
    if (from && span_equal(members[from - 1].name, name))
        return &members[from - 1].value;
    return NULL;
}

bool value_equal(const struct value *a, const struct value *b)
{
    return a->type == b->type && value_compare(a, b) == 0;
}

/*
 * Comparing the JCS of two values without writing it: both are walked side by side. As long
 * as no difference was found the same arrays and objects are open at the same place, and the
 * first difference is found within one token: a value, a name, or what follows a child.
 */

struct value_pair {
    const struct value *a, *b; /* of one type */
    size_t at;                 /* the next child */
};

/* The first byte of the text of V. */
static unsigned char first_byte(const struct value *v)
{
    static const char leads[] = {
        [VALUE_NULL] = 'n',   [VALUE_FALSE] = 'f', [VALUE_TRUE] = 't',
        [VALUE_STRING] = '"', [VALUE_ARRAY] = '[', [VALUE_OBJECT] = '{',
    };
    unsigned char text[NUMBER_TEXT_MAX];

    if (v->type != VALUE_NUMBER)
        return (unsigned char)leads[v->type];
    jcs_number(text, v->number);
    return text[0];
}

/* The byte at which V, an open array or object, goes on where its child AT is due. */
static unsigned char byte_due(const struct value *v, size_t at)
{
    if (at == count_parts(v))
        return closing_bracket(v);
    if (at)
        return ',';
    return v->type == VALUE_OBJECT ? '"' : first_byte(value_part(v, at));
}

/* The place in the order of bytes of what a JSON string writes for byte AT of S: the byte
 * itself, an escape such as \n or \u001f, or the quote that ends it. */
static unsigned rank_in_jcs(struct span s, size_t at)
{
    static const char letters[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};

    if (at == s.n)
        return (unsigned)'"' << 16;
    unsigned c = s.p[at];
    if (c == '"' || c == '\\')
        return (unsigned)'\\' << 16 | c << 8;
    if (c >= 0x20)
        return c << 16;
    return (unsigned)'\\' << 16 | (unsigned)(letters[c] ? letters[c] : 'u') << 8 | c;
}

static int compare_string_jcs(struct span a, struct span b)
{
    size_t at = 0;

    if (span_equal(a, b))
        return 0;
    while (at < a.n && at < b.n && a.p[at] == b.p[at])
        at++;
    unsigned x = rank_in_jcs(a, at), y = rank_in_jcs(b, at);
    return (x > y) - (x < y);
}

/* The numbers A and B, which differ, with what follows them: 1, sorts before 12, but after
 * 1]. */
static int compare_number_jcs(double a, double b, const struct value_pair *within)
{
    unsigned char p[NUMBER_TEXT_MAX + 1], q[NUMBER_TEXT_MAX + 1];
    size_t n = jcs_number(p, a), m = jcs_number(q, b);

    p[n++] = byte_due(within->a, within->at);
    q[m++] = byte_due(within->b, within->at);
    return span_compare(span_of(p, n), span_of(q, m));
}

/* The values A and B, neither an array nor an object, or of different types. */
static int compare_token_jcs(const struct value *a, const struct value *b,
                             const struct value_pair *within)
{
    if (a->type != b->type)
        return first_byte(a) - first_byte(b);
    if (a->type == VALUE_STRING)
        return compare_string_jcs(a->text, b->text);
    if (a->type == VALUE_NUMBER && a->number != b->number)
        return compare_number_jcs(a->number, b->number, within);
    return 0;
}

/* A and B, two arrays or two objects, by the bytes of their JCS. */
static int compare_nested_jcs(const struct value *a, const struct value *b)
{
    struct value_pair stack[VALUE_DEPTH], *top = stack;
    int order = 0;

    *top = (struct value_pair){a, b, 0};
    for (;;) {
        size_t at = top->at;
        bool ended_a = at == count_parts(top->a), ended_b = at == count_parts(top->b);
        if (ended_a != ended_b)
            return byte_due(top->a, at) - byte_due(top->b, at);
        if (ended_a) {
            if (top == stack)
                return 0;
            top--;
            continue;
        }
        if (top->a->type == VALUE_OBJECT)
            order = compare_string_jcs(top->a->object.members[at].name,
                                       top->b->object.members[at].name);
        if (order)
            return order;
        const struct value *x = value_part(top->a, at), *y = value_part(top->b, at);
        top->at++;
        if (x->type == y->type && is_nested(x))
            *++top = (struct value_pair){x, y, 0};
        else
            order = compare_token_jcs(x, y, top);
        if (order)
            return order;
    }
}

int value_compare(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    if (a->type == VALUE_NUMBER)
        return (a->number > b->number) - (a->number < b->number);
    if (a->type == VALUE_STRING)
        return span_compare(a->text, b->text);
    return is_nested(a) ? compare_nested_jcs(a, b) : 0;
}
