/*
 * outline: a valid JSON text without what it says, as the tokenizer needs it.
 *
 * It has the text's brackets, commas and colons, "" for each string and 0 for each number or
 * word, and no white space. That is a sixth of a record, and all that is left to find out, for
 * the validator knows already where each node begins and ends. {"a": [1, null]} has the outline
 * {"":[0,0]}.
 */
#ifndef WHORL_JSON_OUTLINE_H
#define WHORL_JSON_OUTLINE_H

#include <stddef.h>

#include "json/node.h"

struct outline {
    unsigned char *text;     /* room for as many bytes as the text has, */
    size_t n;                /* of which it has so many */
    struct json_node *nodes; /* those of the text; `next` and `count` are not set */
};

/* An outline being drawn. The functions below are inlined where it is a variable that nothing
 * else sees: so the compiler has it in registers, and knows whether it is WANTED. */
struct outline_pen {
    bool wanted;                /* else nothing is noted */
    const unsigned char *start; /* of the text that is outlined */
    unsigned char *at;          /* where the outline goes on, */
    struct json_node *nodes;    /* its nodes, */
    uint32_t count;             /* and how many they are so far */
};
#define OUTLINE_INLINED static inline __attribute__((always_inline))

/* There is BYTE, a comma or a colon. */
OUTLINE_INLINED void outline_byte(struct outline_pen *pen, unsigned char byte)
{
    if (pen->wanted)
        *pen->at++ = byte;
}

/* There is a scalar or name of TYPE from START to END. */
OUTLINE_INLINED void outline_scalar(struct outline_pen *pen, enum json_type type, bool escaped,
                                    const unsigned char *start, const unsigned char *end)
{
    if (!pen->wanted)
        return;
    struct json_node *node = &pen->nodes[pen->count++];
    node->start = (uint32_t)(start - pen->start);
    node->end = (uint32_t)(end - pen->start);
    node->type = type;
    node->escaped = escaped;
    if (type == JSON_STRING)
        *pen->at++ = '"';
    *pen->at++ = type == JSON_STRING ? '"' : '0';
}

/* There is the bracket P, which opens an object or array: the number of its node. */
OUTLINE_INLINED uint32_t outline_open(struct outline_pen *pen, const unsigned char *p)
{
    if (!pen->wanted)
        return 0;
    struct json_node *node = &pen->nodes[pen->count];
    node->start = (uint32_t)(p - pen->start);
    node->type = *p == '{' ? JSON_OBJECT : JSON_ARRAY;
    node->escaped = false;
    *pen->at++ = *p;
    return pen->count++;
}

/* There is the bracket P, which closes that NODE. */
OUTLINE_INLINED void outline_close(struct outline_pen *pen, const unsigned char *p,
                                   uint32_t node)
{
    if (!pen->wanted)
        return;
    pen->nodes[node].end = (uint32_t)(p + 1 - pen->start);
    *pen->at++ = *p;
}

#endif
