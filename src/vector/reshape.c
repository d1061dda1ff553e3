#include "config.h"

#include "vector/reshape.h"

#include <assert.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/sort.h"
#include "catalog/catalog.h"
#include "json/node.h"
#include "json/open.h"
#include "json/pointer.h"
#include "json/raw.h"
#include "json/value.h"
#include "text/jcs.h"

/* A text that is read: the record, or what a string in it holds. */
struct reshape_text {
    const struct json *json;
    size_t copied; /* up to here, the text is in the result, or has been replaced */
    bool held;     /* by a string, */
    size_t origin; /* which begins there in the record */
};

struct reshape_work {
    const struct catalog *catalog;
    const struct reshape_rules *rules;
    struct reshape_counts *counts; /* null if they are not wanted */
    struct buf out;                /* no memory until something is replaced */
    size_t room;                   /* the length of the whole text: the result is not longer */
    bool replaced, failed;
    size_t wanted, origin; /* where byte number `wanted` of the result comes from */
};

/* One element of an array of pairs. */
struct reshape_pair {
    struct span name;
    uint32_t key, value; /* their nodes */
    bool last;           /* of its name */
};

static void visit_reshaped(struct reshape_work *w, struct reshape_text *text, uint32_t node,
                           uint32_t at, size_t depth);

/* Append S, whole tokens, without the white space between them. */
static void put_without_space(struct buf *out, struct span s)
{
    bool quoted = false;

    for (size_t i = 0; i < s.n; i++) {
        if (quoted && s.p[i] == '\\')
            buf_putc(out, s.p[i++]);
        else if (s.p[i] == '"')
            quoted = !quoted;
        else if (!quoted && raw_is_space(s.p[i]))
            continue;
        buf_putc(out, s.p[i]);
    }
}

/* Copy TEXT up to byte TO. */
static void copy_text(struct reshape_work *w, struct reshape_text *text, size_t to)
{
    size_t before = w->out.n;
    struct span part = span_cut(text->json->text, text->copied, to);

    if (text->held)
        put_without_space(&w->out, part);
    else
        buf_put(&w->out, part);
    if (w->wanted >= before && w->wanted < w->out.n)
        w->origin = text->held ? text->origin : text->copied + (w->wanted - before);
    text->copied = to;
}

/* Something is replaced: the result is another text than the record. */
static bool begin_result(struct reshape_work *w)
{
    if (!w->replaced)
        w->out = buf_within(arena_take(w->rules->arena, w->room), w->room);
    w->replaced = true;
    w->failed |= !w->out.p;
    return !w->failed;
}

/* Where NODE begins and ends in its text, a string with its quotes. */
static size_t begin_of(const struct reshape_text *text, uint32_t node)
{
    const struct json_node *n = &text->json->nodes[node];

    return n->start - (n->type == JSON_STRING);
}
static size_t end_of(const struct reshape_text *text, uint32_t node)
{
    const struct json_node *n = &text->json->nodes[node];

    return n->end + (size_t)(n->type == JSON_STRING);
}

/* The line of @json, or else of @pairs, whose pointer ends at AT: its number, or reshape_count. */
static uint32_t line_at(const struct catalog *c, uint32_t at, bool json)
{
    const struct trie_node *here = &c->reshape_trie.nodes[at];

    for (uint32_t i = here->ends; i < here->below; i++)
        if (c->reshapes[c->reshape_trie.ends[i]].json == json)
            return c->reshape_trie.ends[i];
    return c->reshape_count;
}

/* The string NODE has DEPTH arrays and objects around it, and line number LINE is about it. True if
 * it was replaced. */
static bool replace_string(struct reshape_work *w, struct reshape_text *text, uint32_t node,
                           uint32_t at, size_t depth, uint32_t line)
{
    struct limits limits = *w->rules->limits;
    struct json_document document;
    struct span held = json_string(text->json, node, w->rules->arena);

    limits.depth = (limits.depth < VALUE_DEPTH ? limits.depth : VALUE_DEPTH) - depth;
    if (span_failed(held)) {
        w->failed = true;
        return false;
    }
    struct fault fault =
        json_open(&document, held, &limits, JSON_ANY_ROOT, w->rules->seed, w->rules->arena);
    if (fault.status != STATUS_OK) {
        w->failed |= fault.status == STATUS_NO_MEMORY;
        if (w->counts)
            w->counts[line].skipped++;
        return false;
    }
    if (!begin_result(w))
        return false;
    copy_text(w, text, begin_of(text, node));
    struct reshape_text inner = {.json = &document.json,
                                 .held = true,
                                 .origin = text->held ? text->origin : begin_of(text, node)};
    inner.copied = begin_of(&inner, 0);
    if (document.json.nodes[0].type != JSON_STRING)
        visit_reshaped(w, &inner, 0, at, depth);
    copy_text(w, &inner, end_of(&inner, 0));
    text->copied = end_of(text, node);
    return true;
}

/* Make *PAIR of the element NODE. False if it is none. */
static bool read_pair(const struct reshape_work *w, const struct json *json, uint32_t node,
                      const struct catalog_reshape *line, struct reshape_pair *pair)
{
    struct arena *arena = w->rules->arena;

    if (json->nodes[node].type != JSON_OBJECT)
        return false;
    pair->key = pointer_member(json, node, line->key, arena);
    pair->value = pointer_member(json, node, line->value, arena);
    if (pair->key == NODE_NONE || json->nodes[pair->key].type != JSON_STRING ||
        pair->value == NODE_NONE)
        return false;
    pair->name = json_string(json, pair->key, arena);
    if (!line->lower || span_failed(pair->name))
        return true;
    unsigned char *lower = arena_take(arena, pair->name.n);
    for (size_t i = 0; lower && i < pair->name.n; i++)
        lower[i] = ascii_lower(pair->name.p[i]);
    pair->name = lower ? span_of(lower, pair->name.n) : SPAN_FAILED;
    return true;
}

static int by_pair_name(const void *a, const void *b, void *context)
{
    const struct reshape_pair *pairs = context;

    return span_compare(pairs[*(const uint32_t *)a].name, pairs[*(const uint32_t *)b].name);
}

/* Set which of COUNT PAIRS is the last of its name. False when memory is out. */
static bool find_last_pairs(struct reshape_work *w, struct reshape_pair *pairs, uint32_t count,
                            uint32_t line)
{
    struct arena_mark mark = arena_mark(w->rules->arena);
    uint32_t *order = arena_take_array(w->rules->arena, count, sizeof *order);
    uint32_t *scratch = arena_take_array(w->rules->arena, count, sizeof *scratch);

    if (!order || !scratch)
        return false;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    sort_array(order, count, sizeof *order, by_pair_name, pairs, scratch);
    for (uint32_t i = 0; i < count; i++) {
        struct reshape_pair *pair = &pairs[order[i]];
        pair->last = i + 1 == count || !span_equal(pair->name, pairs[order[i + 1]].name);
        if (w->counts)
            w->counts[line].repeated += !pair->last;
    }
    arena_back(w->rules->arena, mark);
    return true;
}

/* Put the COUNT PAIRS of the array NODE as an object. */
static void put_pairs(struct reshape_work *w, struct reshape_text *text, uint32_t node,
                      uint32_t at, size_t depth, const struct reshape_pair *pairs,
                      uint32_t count)
{
    bool first = true;

    copy_text(w, text, begin_of(text, node));
    buf_putc(&w->out, '{');
    for (uint32_t i = 0; i < count; i++) {
        if (!pairs[i].last)
            continue;
        if (!first)
            buf_putc(&w->out, ',');
        first = false;
        jcs_put_string(&w->out, pairs[i].name);
        buf_putc(&w->out, ':');
        text->copied = begin_of(text, pairs[i].value);
        uint32_t child = trie_child(&w->catalog->reshape_trie, at, pairs[i].name);
        if (child != TRIE_NONE)
            visit_reshaped(w, text, pairs[i].value, child, depth + 1);
        copy_text(w, text, end_of(text, pairs[i].value));
    }
    buf_putc(&w->out, '}');
    text->copied = end_of(text, node);
}

/* The array NODE is read as an object, by line number LINE. */
static void replace_array(struct reshape_work *w, struct reshape_text *text, uint32_t node,
                          uint32_t at, size_t depth, uint32_t line)
{
    const struct json_node *nodes = text->json->nodes;
    struct reshape_pair *pairs =
        arena_take_array(w->rules->arena, nodes[node].count, sizeof *pairs);
    uint32_t count = 0;

    if (!pairs || !begin_result(w)) {
        w->failed = true;
        return;
    }
    for (uint32_t element = node + 1; element < nodes[node].next; element = nodes[element].next) {
        bool is_pair = read_pair(w, text->json, element, &w->catalog->reshapes[line],
                                 &pairs[count]);
        if (is_pair && span_failed(pairs[count].name)) {
            w->failed = true;
            return;
        }
        count += is_pair;
        if (w->counts)
            w->counts[line].skipped += !is_pair;
    }
    if (find_last_pairs(w, pairs, count, line))
        put_pairs(w, text, node, at, depth, pairs, count);
    else
        w->failed = true;
}

/* Visit what is in NODE, at or below children of AT. Of names that read alike the last counts. */
static void visit_inner(struct reshape_work *w, struct reshape_text *text, uint32_t node,
                        uint32_t at, size_t depth)
{
    const struct trie *trie = &w->catalog->reshape_trie;
    const struct json *json = text->json;
    const struct json_node *nodes = json->nodes;
    bool members = nodes[node].type == JSON_OBJECT;
    uint32_t index = 0;

    for (uint32_t i = node + 1; i < nodes[node].next && !w->failed; index++) {
        unsigned char digits[BUF_DIGITS];
        struct span token = members ? json_string(json, i, w->rules->arena)
                                    : span_of(digits, buf_digits(digits, index));
        uint32_t value = i + members, child = trie_child(trie, at, token);
        if (child != TRIE_NONE &&
            (!members || !trie->nodes[child].ambiguous ||
             pointer_member(json, node, token, w->rules->arena) == value))
            visit_reshaped(w, text, value, child, depth + 1);
        i = nodes[value].next;
    }
}

/* Replace in NODE, which is at the trie's node AT with DEPTH arrays and objects around it, what
 * lines at and below AT are about. Recursion is as deep as the catalog's pointers. */
static void visit_reshaped(struct reshape_work *w, struct reshape_text *text, uint32_t node,
                           uint32_t at, size_t depth)
{
    const struct catalog *c = w->catalog;
    const struct trie_node *here = &c->reshape_trie.nodes[at];
    enum json_type type = text->json->nodes[node].type;
    uint32_t line;

    if (w->failed)
        return;
    if (type == JSON_STRING && (line = line_at(c, at, true)) < c->reshape_count)
        replace_string(w, text, node, at, depth, line);
    else if (type == JSON_ARRAY && (line = line_at(c, at, false)) < c->reshape_count)
        replace_array(w, text, node, at, depth, line);
    else if ((type == JSON_OBJECT || type == JSON_ARRAY) && at + 1 < here->next)
        visit_inner(w, text, node, at, depth);
}

/* How many tokens lead to the trie's node AT. */
static size_t tokens_to(const struct trie *trie, uint32_t at)
{
    size_t depth = 0;

    for (; at != TRIE_ROOT; at = trie->nodes[at].parent)
        depth++;
    return depth;
}

static void reshape_text(struct reshape_work *w, const struct json *json, uint32_t at)
{
    struct reshape_text text = {.json = json};

    w->room = json->text.n;
    visit_reshaped(w, &text, 0, at, tokens_to(&w->catalog->reshape_trie, at));
    if (w->replaced && !w->failed)
        copy_text(w, &text, json->text.n);
}

bool reshape_value(struct json *reshaped, const struct catalog *catalog, uint32_t at,
                   const struct json *json, const struct reshape_rules *rules,
                   struct reshape_counts *counts)
{
    struct reshape_work w = {
        .catalog = catalog, .rules = rules, .counts = counts, .wanted = SIZE_MAX};
    struct json_counts held;

    *reshaped = *json;
    if (!catalog->reshape_count)
        return true;
    const struct trie_node *here = &catalog->reshape_trie.nodes[at];
    for (uint32_t i = here->ends; counts && i < here->done; i++)
        counts[catalog->reshape_trie.ends[i]] = (struct reshape_counts){0, 0};
    reshape_text(&w, json, at);
    if (w.failed || w.out.failed || rules->arena->failed)
        return false;
    if (!w.replaced)
        return true;
    /* It keeps the limits, except that of values: each text has as many as it may for itself. */
    struct limits limits = *rules->limits;
    limits.values = w.out.n;
    limits.length = LIMITS_LENGTH_MAX;
    struct fault fault =
        json_validate(reshaped, buf_span(&w.out), &limits, &held, rules->arena);
    assert(fault.status == STATUS_OK || fault.status == STATUS_NO_MEMORY);
    return fault.status == STATUS_OK;
}

size_t reshape_origin(const struct catalog *catalog, const struct json *json, size_t offset,
                      const struct reshape_rules *rules)
{
    struct reshape_work w = {
        .catalog = catalog, .rules = rules, .wanted = offset, .origin = offset};

    if (catalog->reshape_count)
        reshape_text(&w, json, TRIE_ROOT);
    return w.origin;
}
