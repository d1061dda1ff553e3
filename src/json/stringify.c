#include "config.h"

#include "json/stringify.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/sort.h"
#include "json/node.h"
#include "json/nodes.h"
#include "json/raw.h"
#include "json/unescape.h"
#include "json/validate.h"
#include "json/value.h"
#include "text/jcs.h"
#include "text/number.h"
#include "text/plain.h"
#include "text/utf8.h"

/* A text while it is copied: what lies from `from` on is copied as it is. */
struct stringify {
    struct buf *out;
    const unsigned char *from, *end;
};

/* Copy what is before P as it is. */
static void flush_plain(struct stringify *s, const unsigned char *p)
{
    buf_put(s->out, span_of(s->from, (size_t)(p - s->from)));
    s->from = p;
}

static void put_surrogate(struct buf *out, uint32_t c)
{
    char text[8];

    snprintf(text, sizeof text, "\\u%04x", (unsigned)c & 0xFFFF);
    buf_puts(out, text);
}

/* Append the code point C, of an escape, as it is in a string. */
static void put_unescaped(struct buf *out, uint32_t c)
{
    unsigned char text[UTF8_MAX] = {(unsigned char)c};

    if (c < 0x20 || c == '"' || c == '\\')
        jcs_put_escape(out, (unsigned char)c);
    else if (c >> 11 == 0xD800 >> 11)
        put_surrogate(out, c);
    else
        buf_put(out, span_of(text, utf8_put(text, c)));
}

/* Pass the escape at P, or write it as it must be. Returns its end. */
static const unsigned char *copy_escape(struct stringify *s, const unsigned char *p)
{
    struct span rest = span_of(p, (size_t)(s->end - p));

    if (p[1] != 'u' && p[1] != '/')
        return p + 2;
    flush_plain(s, p);
    put_unescaped(s->out, json_unescape(&rest));
    return s->from = rest.p;
}

/* Pass the string that begins at P, and if it is INSIDE an array or object, the strings that follow
 * it, because most are in arrays of them. Returns their end. */
static const unsigned char *copy_strings(struct stringify *s, const unsigned char *p, bool inside)
{
    for (;; p++) {
        for (p = plain_end(p + 1, s->end); p < s->end && *p != '"'; p = plain_end(p, s->end))
            p = copy_escape(s, p);
        p++;
        if (!inside || p[0] != ',' || p[1] != '"')
            return p;
    }
}

/* Pass the number at P, or write it as it must be. Returns its end. */
static const unsigned char *copy_number(struct stringify *s, const unsigned char *p)
{
    const unsigned char *end = raw_end(p, s->end);
    struct span number = span_of(p, (size_t)(end - p));
    unsigned char text[NUMBER_TEXT_MAX];

    if (!number_is_canonical(number)) {
        struct span written = span_of(text, jcs_number(text, number_parse(number)));
        if (!span_equal(written, number)) {
            flush_plain(s, p);
            buf_put(s->out, written);
            s->from = end;
        }
    }
    return end;
}

/* Pass the value at P, and write what must be written otherwise, and what is before it. Returns the
 * end of the value. */
static const unsigned char *copy_value(struct stringify *s, const unsigned char *p)
{
    size_t depth = 0;

    do {
        unsigned char c = *p;
        if (c == '"') {
            p = copy_strings(s, p, depth > 0);
        } else if (c == ',' || c == ':') {
            p++;
        } else if (c == '-' || ascii_is_digit(c)) {
            p = copy_number(s, p);
        } else if (c == '{' || c == '[') {
            p++;
            depth++;
        } else if (c == '}' || c == ']') {
            p++;
            depth--;
        } else if (c <= ' ') {
            flush_plain(s, p);
            s->from = p = raw_skip_space(p, s->end);
        } else {
            p = raw_end(p, s->end);
        }
    } while (depth);
    return p;
}

void stringify_put(struct buf *out, struct span text)
{
    text = raw_trim(text);
    struct stringify s = {out, text.p, text.p + text.n};
    flush_plain(&s, copy_value(&s, text.p));
}

struct span stringify_value(struct raw_cursor *cursor, struct arena *arena, struct buf *scratch)
{
    const unsigned char *p = cursor->at;
    struct stringify s = {scratch, p, cursor->end};

    buf_clear(scratch);
    cursor->at = copy_value(&s, p);
    if (s.from == p)
        return span_of(p, (size_t)(cursor->at - p));
    flush_plain(&s, cursor->at);
    unsigned char *text = scratch->failed ? NULL : arena_take(arena, scratch->n);
    if (!text)
        return SPAN_FAILED;
    memcpy(text, scratch->p, scratch->n);
    return span_of(text, scratch->n);
}

/* A container that is being written. */
struct sorted_frame {
    uint32_t *names; /* of an object: the nodes of its names, in order */
    uint32_t node;   /* of an array: the next element */
    uint32_t at, count;
};

/* Text while it is written with sorted members. */
struct sorted {
    struct buf *out;
    struct json json;
    struct arena *arena;
    struct sorted_frame frames[VALUE_DEPTH];
    size_t depth;
};

static int by_raw_name(const void *a, const void *b, void *context)
{
    const struct json *json = context;

    return raw_compare_names(json_raw(json, *(const uint32_t *)a),
                             json_raw(json, *(const uint32_t *)b));
}

/* The names of the object NODE in order; null when memory is out. */
static uint32_t *sort_names(struct sorted *s, uint32_t node)
{
    const struct json_node *nodes = s->json.nodes;
    uint32_t count = nodes[node].count, name = node + 1;
    uint32_t *names = arena_take_array(s->arena, count, sizeof *names);
    struct arena_mark mark = arena_mark(s->arena);
    uint32_t *scratch = arena_take_array(s->arena, count, sizeof *scratch);

    if (!names || !scratch)
        return NULL;
    for (uint32_t i = 0; i < count; i++, name = nodes[name + 1].next)
        names[i] = name;
    sort_array(names, count, sizeof *names, by_raw_name, &s->json, scratch);
    arena_back(s->arena, mark);
    return names;
}

/* Begin the container NODE. False when memory is out. */
static bool open_sorted(struct sorted *s, uint32_t node)
{
    const struct json_node *from = &s->json.nodes[node];
    struct sorted_frame *frame = &s->frames[s->depth++];

    *frame = (struct sorted_frame){.node = node + 1, .count = from->count};
    buf_putc(s->out, from->type == JSON_OBJECT ? '{' : '[');
    if (from->type == JSON_OBJECT)
        frame->names = sort_names(s, node);
    return from->type != JSON_OBJECT || frame->names;
}

/* Write what is before the next part of the innermost container. Returns the part's node. */
static uint32_t next_sorted(struct sorted *s)
{
    struct sorted_frame *frame = &s->frames[s->depth - 1];
    uint32_t node = frame->node;

    if (frame->at)
        buf_putc(s->out, ',');
    if (frame->names) {
        struct span name = json_raw(&s->json, frame->names[frame->at]);
        stringify_put(s->out, span_of(name.p - 1, name.n + 2));
        buf_putc(s->out, ':');
        node = frame->names[frame->at] + 1;
    } else {
        frame->node = s->json.nodes[node].next;
    }
    frame->at++;
    return node;
}

/* Write the value NODE, all that is in it, and the ends of containers that are complete. */
static bool put_sorted(struct sorted *s)
{
    for (uint32_t node = 0;; node = next_sorted(s)) {
        const struct json_node *at = &s->json.nodes[node];
        struct span raw = json_raw(&s->json, node);
        if (json_is_container(at)) {
            if (!open_sorted(s, node))
                return false;
        } else {
            stringify_put(s->out, at->type == JSON_STRING ? span_of(raw.p - 1, raw.n + 2) : raw);
        }
        while (s->depth && s->frames[s->depth - 1].at == s->frames[s->depth - 1].count)
            buf_putc(s->out, s->frames[--s->depth].names ? '}' : ']');
        if (!s->depth)
            return true;
    }
}

bool stringify_put_sorted(struct buf *out, struct span text, const struct limits *limits,
                          struct arena *arena)
{
    struct sorted *s = arena_take(arena, sizeof *s);
    struct json_counts counts;

    if (!s)
        return false;
    s->out = out;
    s->arena = arena;
    s->depth = 0;
    return json_validate(&s->json, text, limits, &counts, arena).status == STATUS_OK &&
           put_sorted(s);
}
