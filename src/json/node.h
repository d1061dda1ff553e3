/*
 * node: one part of a JSON text. validate.h finds where each begins, nodes.h how they nest.
 */
#ifndef WHORL_JSON_NODE_H
#define WHORL_JSON_NODE_H

#include <stdbool.h>
#include <stdint.h>

enum json_type {
    JSON_OBJECT,
    JSON_ARRAY,
    JSON_STRING,
    JSON_NUMBER,
    JSON_WORD
} __attribute__((packed));

struct json_node {
    uint32_t start, end; /* its bytes in the text; a string without its quotes */
    uint32_t next;       /* the first node after it and all that is in it; a name's value */
    uint32_t count;      /* members of an object, elements of an array, else 0 */
    enum json_type type;
    bool escaped; /* a string with an escape */
};

/* Is NODE an object or array, with nodes inside? */
static inline bool json_is_container(const struct json_node *node)
{
    return node->type == JSON_OBJECT || node->type == JSON_ARRAY;
}

#endif
