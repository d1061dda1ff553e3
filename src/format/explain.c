#include "config.h"

#include "format/explain.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "catalog/catalog.h"
#include "json/nodes.h"
#include "steps/normalize.h"
#include "steps/step.h"
#include "text/escape.h"
#include "text/jcs.h"
#include "text/utf8.h"
#include "vector/extract.h"
#include "vector/reading.h"

#define LABEL_MOST 30 /* bytes of a label that others are aligned with */

/* One signal of one record while it is written. */
struct explained {
    const struct explain *explain;
    struct buf *out;
    const struct json *json;
    const struct extract *extract;
    const struct reading *reading;
    struct arena *arena;
    struct buf *scratch;
    uint32_t row;
    size_t column; /* of text: where what is after the labels begins */
};

bool explain_init(struct explain *explain, const struct catalog *catalog)
{
    *explain = (struct explain){
        .catalog = catalog,
        .rows = calloc(catalog->row_count, sizeof *explain->rows),
        .ends = calloc(catalog->pointer_count + (size_t)1, sizeof *explain->ends)};
    if (!explain->rows || !explain->ends)
        return false;
    trie_ends(&catalog->trie, explain->ends);
    return true;
}

void explain_free(struct explain *explain)
{
    free(explain->rows);
    free(explain->ends);
    *explain = (struct explain){.row_count = 0};
}

static const char *explain_state_name(enum signal_state state)
{
    switch (state) {
    case SIGNAL_MISSING:
        return "missing";
    case SIGNAL_EXCLUDED:
        return "excluded";
    case SIGNAL_UNDEFINED:
        return "undefined";
    case SIGNAL_ERROR:
    case SIGNAL_TRANSIENT:
        return "error";
    case SIGNAL_VALUE:
        return "value";
    }
    return "";
}

/* Begin the member, or the line, LABEL. */
static void begin_item(const struct explained *e, const char *label)
{
    if (!e->explain->text) {
        jcs_put_name(e->out, label);
        return;
    }
    buf_puts(e->out, label);
    for (size_t n = strlen(label); n < e->column; n++)
        buf_putc(e->out, ' ');
}

static void end_item(const struct explained *e)
{
    if (e->explain->text)
        buf_putc(e->out, '\n');
}

/* Append JSON, valid JSON text; as text for people, not all of it if it is long. */
static void put_json(const struct explained *e, struct span json)
{
    size_t n = utf8_fit(json, EXPLAIN_SHOWN);

    if (!e->explain->text) {
        buf_put(e->out, json);
        return;
    }
    escape_put(e->out, span_cut(json, 0, n));
    if (n == json.n)
        return;
    buf_puts(e->out, "... (");
    buf_put_uint(e->out, json.n);
    buf_puts(e->out, " bytes)");
}

/* Append TEXT, a string of JSON or as it is. */
static void put_text(const struct explained *e, struct span text)
{
    if (e->explain->text)
        escape_put(e->out, text);
    else
        jcs_put_string(e->out, text);
}

static void put_item(const struct explained *e, const char *label, struct span text)
{
    begin_item(e, label);
    put_text(e, text);
    end_item(e);
}

/* The number of the pointer that has found the signal; catalog->pointer_count if none has. */
static uint32_t pointer_used(const struct explained *e)
{
    const struct catalog_row *row = &e->explain->catalog->rows[e->row];

    for (uint32_t i = row->pointers; i < row->pointers_end; i++)
        if (e->extract->pointers[i].state != SIGNAL_MISSING)
            return i;
    return e->explain->catalog->pointer_count;
}

/* The pointer from the record on, and the raw value, if there are any. */
static void put_found(const struct explained *e, struct hit hit)
{
    const struct catalog *c = e->explain->catalog;
    uint32_t pointer = pointer_used(e);

    if (pointer == c->pointer_count) {
        begin_item(e, "pointer");
        buf_puts(e->out, e->explain->text ? "-" : "null");
        end_item(e);
        return;
    }
    buf_clear(e->scratch);
    buf_put(e->scratch, c->roots[e->extract->root].text);
    trie_put_pointer(&c->trie, e->explain->ends[pointer], e->scratch);
    put_item(e, "pointer", buf_span(e->scratch));
    if (hit.state != SIGNAL_VALUE && hit.state != SIGNAL_ERROR)
        return;
    begin_item(e, "raw");
    put_json(e, passthrough_text(e->json, hit.node));
    end_item(e);
}

/* The spelling of CALL in the scratch, as a C string. */
static const char *put_spelling(const struct explained *e, const struct call *call)
{
    buf_clear(e->scratch);
    normalize_put(e->scratch, &(struct normalizer){call, 1});
    buf_putc(e->scratch, '\0');
    return e->scratch->failed ? "" : (const char *)e->scratch->p;
}

/* The result of CALL. */
static void put_step_result(const struct explained *e, const struct call *call,
                            const struct signal *signal)
{
    if (e->explain->text) {
        begin_item(e, put_spelling(e, call));
        buf_clear(e->scratch);
        signal_put(e->scratch, signal);
        struct span text = buf_span(e->scratch);
        bool value = signal->state == SIGNAL_VALUE;
        put_json(e, span_cut(text, value, text.n));
        end_item(e);
        return;
    }
    bool first = e->out->n && e->out->p[e->out->n - 1] == '[';
    buf_puts(e->out, first ? "{" : ",{");
    jcs_put_named_text(e->out, "step", span_text(put_spelling(e, call)));
    if (signal->state == SIGNAL_VALUE) {
        jcs_put_name(e->out, "value");
        value_put_jcs(e->out, &signal->value);
    } else {
        jcs_put_named_text(e->out, "state", span_text(explain_state_name(signal->state)));
    }
    if (signal->state == SIGNAL_ERROR)
        jcs_put_named_text(e->out, "class", signal->class);
    buf_putc(e->out, '}');
}

/* Each step that runs, in order, with its result. The last one may give another state. */
static bool put_steps(const struct explained *e, struct signal *signal)
{
    const struct catalog *c = e->explain->catalog;
    const struct normalizer *pipeline = &c->pipelines[c->rows[e->row].pipeline];

    if (!e->explain->text) {
        jcs_put_name(e->out, "steps");
        buf_putc(e->out, '[');
    }
    for (size_t i = 0; i < pipeline->count && signal->state == SIGNAL_VALUE; i++) {
        if (c->rows[e->row].retired)
            break;
        if (!normalize_call(&pipeline->calls[i], signal, e->arena))
            return false;
        put_step_result(e, &pipeline->calls[i], signal);
    }
    if (!e->explain->text)
        buf_putc(e->out, ']');
    return true;
}

/* The state, with the class of an error. */
static void put_state(const struct explained *e, const struct signal *signal)
{
    enum signal_state state = e->reading->vector.states[e->row];

    put_item(e, "state", span_text(explain_state_name(state)));
    if (signal_failed(state))
        put_item(e, "class", signal->class);
}

/* A list of the identities in the set of bits. */
static void put_identities(const struct explained *e, const char *label, unsigned set)
{
    const char *separator = "";

    begin_item(e, label);
    if (!e->explain->text)
        buf_putc(e->out, '[');
    for (int i = 0; i < IDENTITIES; i++) {
        if (!(set >> i & 1))
            continue;
        buf_puts(e->out, separator);
        put_text(e, span_text(identity_name(i)));
        separator = e->explain->text ? " " : ",";
    }
    if (!e->explain->text)
        buf_putc(e->out, ']');
    else if (!set)
        buf_putc(e->out, '-');
    end_item(e);
}

/* The hash, and where it is folded; a transient error makes the identities null. */
static void put_hash(const struct explained *e)
{
    const struct catalog *c = e->explain->catalog;
    const struct catalog_row *row = &c->rows[e->row];
    enum signal_state state = e->reading->vector.states[e->row];
    const char *none = e->explain->text ? "-" : "null";
    unsigned set = signal_hashed(state) ? row->identities : 0;

    for (int i = 0; i < IDENTITIES; i++)
        if (signal_failed(state) && !identity_takes_errors(i))
            set &= ~(1u << i);
    buf_clear(e->scratch);
    hash_put64(e->scratch, e->reading->vector.hashes[e->row]);
    begin_item(e, "hash");
    if (signal_hashed(state))
        put_text(e, buf_span(e->scratch));
    else
        buf_puts(e->out, none);
    end_item(e);
    begin_item(e, "group");
    if (signal_hashed(state) && row->tier != TIER_VOLATILE)
        put_text(e, catalog_group_name(c, row->group));
    else
        buf_puts(e->out, none);
    end_item(e);
    put_identities(e, "identities", state == SIGNAL_TRANSIENT ? 0 : set);
    if (state == SIGNAL_TRANSIENT)
        put_identities(e, "nulls", row->identities);
}

/* Where what is after the labels of the row's block begins. */
static size_t find_column(const struct explained *e)
{
    const struct catalog *c = e->explain->catalog;
    const struct normalizer *pipeline = &c->pipelines[c->rows[e->row].pipeline];
    size_t longest = strlen("identities");

    for (size_t i = 0; i < pipeline->count; i++) {
        size_t n = strlen(put_spelling(e, &pipeline->calls[i]));
        if (n > longest && n <= LABEL_MOST)
            longest = n;
    }
    return longest + 2;
}

static bool put_signal_explained(struct explained *e)
{
    const struct catalog *c = e->explain->catalog;
    struct vector_maker maker = {.catalog = c,
                                 .json = e->json,
                                 .arena = e->arena,
                                 .scratch = e->scratch,
                                 .marker = NODE_NONE};
    struct hit hit = e->extract->hits[e->row];
    struct signal signal;

    if (!vector_raw(&maker, hit, &signal))
        return false;
    if (e->explain->text)
        e->column = find_column(e);
    else
        buf_putc(e->out, '{');
    begin_item(e, "id");
    put_json(e, e->reading->passthrough.id);
    end_item(e);
    buf_clear(e->scratch);
    catalog_put_label(e->scratch, c);
    put_item(e, "catalog", buf_span(e->scratch));
    put_item(e, "signal", catalog_row_name(c, e->row));
    put_found(e, hit);
    if (!put_steps(e, &signal))
        return false;
    put_state(e, &signal);
    put_hash(e);
    buf_puts(e->out, e->explain->text ? "\n" : "}\n");
    return true;
}

bool explain_put(const struct explain *explain, struct buf *out, const struct json *json,
                 const struct extract *extract, const struct reading *reading,
                 struct arena *arena, struct buf *scratch)
{
    struct explained e = {.explain = explain,
                          .out = out,
                          .json = json,
                          .extract = extract,
                          .reading = reading,
                          .arena = arena,
                          .scratch = scratch};

    for (uint32_t i = 0; i < explain->row_count; i++) {
        struct arena_mark mark = arena_mark(arena);
        e.row = explain->rows[i];
        if (!put_signal_explained(&e) || scratch->failed)
            return false;
        arena_back(arena, mark);
    }
    return true;
}
