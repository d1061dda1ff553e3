/*
 * value_read: a value made of nodes, or of a whole JSON text.
 */
#ifndef WHORL_JSON_VALUE_READ_H
#define WHORL_JSON_VALUE_READ_H

#include <stdint.h>

#include "base/fault.h"

struct arena;
struct json;
struct limits;
struct value;

/* The value of NODE, whole, in ARENA; text without escapes stays in the record. False when
 * memory is out. */
bool value_read_node(const struct json *json, uint32_t node, struct value *value,
                     struct arena *arena) __attribute__((warn_unused_result));

/* Read TEXT under the limits and rules of a record (names once) into *VALUE, in ARENA; TEXT
 * must live as long. The text of a fault does not speak of a record. */
struct fault value_read(struct value *value, struct span text, struct arena *arena)
    __attribute__((warn_unused_result));

/* The same under other LIMITS. */
struct fault value_read_within(struct value *value, struct span text,
                               const struct limits *limits, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
