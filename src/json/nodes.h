/*
 * nodes: a valid record as an array of nodes, in the order of the text.
 *
 * The nodes are the tokens that jsmn finds. Each knows its next sibling. In an object each
 * member is two nodes: its name (a string), then its value, which is the next node.
 */
#ifndef WHORL_JSON_NODES_H
#define WHORL_JSON_NODES_H

#include <stdint.h>

#include "base/span.h"
#include "base/fault.h"
#include "json/node.h"
#include "json/unescape.h"

struct json_counts;
struct limits;

struct json {
    struct span text;
    const struct json_node *nodes; /* the record itself is nodes[0] */
    uint32_t count;
};

/* Tokenize TEXT, which validate() has passed with COUNTS. The nodes are in ARENA and the
 * text is not copied. STATUS_OK or STATUS_NO_MEMORY. */
enum status json_parse(struct json *json, struct span text, const struct json_counts *counts,
                       struct arena *arena) __attribute__((warn_unused_result));

/* Validate TEXT as validate() does, and tokenize it: the same as json_parse() after it, but
 * faster, since the tokenizer sees an outline of the text only. A fault of TEXT, or
 * STATUS_NO_MEMORY, or FAULT_NONE with *JSON and *COUNTS set. */
struct fault json_validate(struct json *json, struct span text, const struct limits *limits,
                           struct json_counts *counts, struct arena *arena)
    __attribute__((warn_unused_result));

/* The bytes of NODE in the text. */
static inline struct span json_raw(const struct json *json, uint32_t node)
{
    return span_cut(json->text, json->nodes[node].start, json->nodes[node].end);
}

/* The text of the string or name NODE: the bytes themselves if it has no escape, else as
 * json_unescaped(). */
static inline struct span json_string(const struct json *json, uint32_t node,
                                      struct arena *arena)
{
    struct span raw = json_raw(json, node);

    return json->nodes[node].escaped ? json_unescaped(raw, arena) : raw;
}

/* The bytes of NODE, a string with its quotes, if they are seen at first sight to be its
 * canonical text already (RFC 8785): those of words, of strings without escapes, and of numbers
 * of at most 15 digits that are written as ECMAScript would. Else no bytes, whatever they are.
 */
struct span json_canonical(const struct json *json, uint32_t node);

#endif
