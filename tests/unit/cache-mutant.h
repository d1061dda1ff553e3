/*
 * cache-mutant: a record to be changed, with its members; a chooser decides on the changes.
 */
#ifndef WHORL_TESTS_CACHE_MUTANT_H
#define WHORL_TESTS_CACHE_MUTANT_H

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "json/nodes.h"
#include "json/validate.h"
#include "json/value.h"
#include "chooser.h"

/* A member of the text in work; offsets. */
struct mutant_member {
    uint32_t object;           /* its node, */
    uint32_t name, name_end;   /* with its quotes, */
    uint32_t value, value_end; /* likewise, */
    uint32_t behind, next;     /* end of the member before it and start of the one after it; */
    bool first, last;          /* or its own without one */
    enum json_type type;
};

struct mutant {
    struct buf text;
    struct arena arena;
    struct json json;
    struct mutant_member *members;
    uint32_t count;
};

static inline void mutant_free(struct mutant *m)
{
    buf_free(&m->text);
    arena_free(&m->arena);
}

static inline uint32_t mutant_start(const struct json *json, uint32_t node)
{
    return json->nodes[node].start - (json->nodes[node].type == JSON_STRING);
}

static inline uint32_t mutant_stop(const struct json *json, uint32_t node)
{
    return json->nodes[node].end + (json->nodes[node].type == JSON_STRING);
}

/* Find the members. False if the text is no longer a valid object, or has no member. */
static inline bool mutant_parse(struct mutant *m)
{
    const struct limits limits = {VALUE_DEPTH, SIZE_MAX, SIZE_MAX};
    struct json_counts counts;

    arena_reset(&m->arena);
    m->count = 0;
    if (validate(buf_span(&m->text), &limits, &counts).status != STATUS_OK || !counts.names ||
        json_parse(&m->json, buf_span(&m->text), &counts, &m->arena) != STATUS_OK)
        return false;
    m->members = arena_take_array(&m->arena, counts.names, sizeof *m->members);
    if (!m->members)
        abort();
    const struct json_node *nodes = m->json.nodes;
    for (uint32_t o = 0; o < m->json.count; o++) {
        if (nodes[o].type != JSON_OBJECT)
            continue;
        for (uint32_t n = o + 1; n < nodes[o].next; n = nodes[n + 1].next) {
            struct mutant_member *at = &m->members[m->count++];
            *at = (struct mutant_member){.object = o,
                                         .name = mutant_start(&m->json, n),
                                         .name_end = mutant_stop(&m->json, n),
                                         .value = mutant_start(&m->json, n + 1),
                                         .value_end = mutant_stop(&m->json, n + 1),
                                         .first = n == o + 1,
                                         .last = nodes[n + 1].next == nodes[o].next,
                                         .type = nodes[n + 1].type};
            at->behind = at->first ? at->name : at[-1].value_end;
            at->next = at->last ? at->value_end : mutant_start(&m->json, nodes[n + 1].next);
        }
    }
    return true;
}

/* Make MADE the text. */
static inline void mutant_take(struct mutant *m, struct buf made)
{
    if (made.failed)
        abort();
    buf_free(&m->text);
    m->text = made;
}

/* Replace the bytes FROM to TO by WITH, which may be a part of the text. */
static inline void mutant_replace(struct mutant *m, size_t from, size_t to, struct span with)
{
    struct span text = m->text.n ? buf_span(&m->text) : span_text("");
    struct buf made = BUF_EMPTY;

    if (!buf_room(&made, text.n + with.n + 1))
        abort();
    buf_put(&made, span_cut(text, 0, from));
    buf_put(&made, with);
    buf_put(&made, span_cut(text, to, text.n));
    mutant_take(m, made);
}

static inline void mutant_insert(struct mutant *m, size_t at, const char *text)
{
    mutant_replace(m, at, at, span_text(text));
}

/* Exchange two pieces of the text, if the first ends before the other. */
static inline void mutant_swap(struct mutant *m, uint32_t a, uint32_t a_end, uint32_t b,
                               uint32_t b_end)
{
    struct buf made = BUF_EMPTY;
    struct span text = buf_span(&m->text);

    if (a_end > b)
        return;
    buf_put(&made, span_cut(text, 0, a));
    buf_put(&made, span_cut(text, b, b_end));
    buf_put(&made, span_cut(text, a_end, b));
    buf_put(&made, span_cut(text, a, a_end));
    buf_put(&made, span_cut(text, b_end, text.n));
    mutant_take(m, made);
}

#endif
