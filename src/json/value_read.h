/*
 * value_read: a JSON text, whole, as a value: for what a catalog or a header says in JSON.
 */
#ifndef WHORL_JSON_VALUE_READ_H
#define WHORL_JSON_VALUE_READ_H

#include "base/arena.h"
#include "base/fault.h"
#include "json/validate.h"
#include "json/value.h"

/* Read TEXT under the limits and rules of a record (names once) into *VALUE, in ARENA; TEXT
 * must live as long. The text of a fault does not speak of a record. */
struct fault value_read(struct value *value, struct span text, struct arena *arena)
    __attribute__((warn_unused_result));

/* The same under other LIMITS. */
struct fault value_read_within(struct value *value, struct span text,
                               const struct limits *limits, struct arena *arena)
    __attribute__((warn_unused_result));

#endif
