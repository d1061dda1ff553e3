/*
 * record: shared by the tests of validate, json and members.
 */
#ifndef WHORL_TESTS_RECORD_H
#define WHORL_TESTS_RECORD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/span.h"
#include "json/nodes.h"
#include "json/validate.h"
#include "json/value.h"

/* A copy of S in memory of exactly its size, so that a sanitizer sees the first byte read outside.
 * The caller frees it. */
static inline struct span record_copy(struct span s)
{
    unsigned char *p = s.n <= PTRDIFF_MAX ? malloc(s.n) : NULL;

    if (!p && s.n)
        abort();
    if (s.n)
        memcpy(p, s.p, s.n);
    return span_of(p, s.n);
}

/* Does json_validate() give the same for TEXT as validate(), FAULT and COUNTS, and, if TEXT is
 * valid, as json_parse(), JSON? */
static inline bool record_outlined(struct span text, const struct limits *limits,
                                   struct fault fault, const struct json_counts *counts,
                                   const struct json *json)
{
    static struct arena arena = ARENA_EMPTY;
    struct json_counts counted = {0};
    struct json outlined;

    arena_reset(&arena);
    struct fault found = json_validate(&outlined, text, limits, &counted, &arena);
    if (found.status != fault.status || fault.status != STATUS_OK)
        return found.status == fault.status && found.offset == fault.offset;
    bool same = outlined.count == json->count && counted.values == counts->values &&
                counted.names == counts->names && counted.unpaired == counts->unpaired;
    for (uint32_t i = 0; same && i < json->count; i++) {
        const struct json_node *a = &outlined.nodes[i], *b = &json->nodes[i];
        same = a->start == b->start && a->end == b->end && a->next == b->next &&
               a->count == b->count && a->type == b->type && a->escaped == b->escaped;
    }
    return same;
}

/* What record_tiles() has open. */
struct record_open {
    uint32_t node, count;
    bool name; /* a name is due */
};

/* Do the nodes of JSON, which must be valid, cover its whole text in order? Reads the text by
 * itself: brackets, strings up to a '"' without backslash, and runs of bytes not in "
 * \t\r\n,:]}". */
static inline bool record_tiles(const struct json *json)
{
    static struct record_open open[VALUE_DEPTH + 1];
    struct record_open *top = open;
    const unsigned char *text = json->text.p;
    uint32_t i = 0;

    *top = (struct record_open){0};
    for (size_t at = 0; at < json->text.n; at++) {
        const struct json_node *node = &json->nodes[i];
        enum json_type type = text[at] == '{'   ? JSON_OBJECT
                              : text[at] == '[' ? JSON_ARRAY
                              : text[at] == '"' ? JSON_STRING
                              : text[at] < 'a'  ? JSON_NUMBER
                                                : JSON_WORD;
        size_t end = at;

        if (strchr(" \t\r\n:", text[at]))
            continue;
        if (text[at] == ',') {
            top->name = json->nodes[top->node].type == JSON_OBJECT;
            continue;
        }
        if (text[at] == ']' || text[at] == '}') {
            node = &json->nodes[top->node];
            if (node->end != at + 1 || node->next != i || node->count != top->count)
                return false;
            top--;
            continue;
        }

        if (i == json->count || node->type != type || node->start != at + (type == JSON_STRING))
            return false;
        if (top->name || json->nodes[top->node].type == JSON_ARRAY)
            top->count++;
        top->name = false;
        i++;
        if (type == JSON_OBJECT || type == JSON_ARRAY) {
            *++top = (struct record_open){i - 1, 0, type == JSON_OBJECT};
            continue;
        }
        bool escaped = false;
        if (type == JSON_STRING)
            for (at++, end++; text[end] != '"'; end++) {
                escaped |= text[end] == '\\';
                end += text[end] == '\\';
            }
        else
            while (end < json->text.n && !strchr(" \t\r\n,:]}", text[end]))
                end++;
        if (node->end != end || node->next != i || node->count != 0 || node->escaped != escaped)
            return false;
        at = type == JSON_STRING ? end : end - 1;
    }
    return i == json->count && top == open;
}

#endif
