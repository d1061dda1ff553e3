/*
 * value_read: a JSON text, whole, as a value: for what a catalog or a header says in JSON.
 */
#ifndef WHORL_JSON_VALUE_READ_H
#define WHORL_JSON_VALUE_READ_H

#include "base/arena.h"
#include "base/status.h"
#include "json/validate.h"
#include "json/value.h"

/* Read TEXT under the limits and rules of a record (names once) into *VALUE, in ARENA; TEXT
 * must live as long. FAULT_NONE, or what is wrong with TEXT and where. */
struct fault value_read(struct value *value, struct span text, struct arena *arena)
    __attribute__((warn_unused_result));

/* The same under other LIMITS. */
struct fault value_read_within(struct value *value, struct span text,
                               const struct limits *limits, struct arena *arena)
    __attribute__((warn_unused_result));

/* What was expected where such a text is wrong by STATUS: as status_text(), but where that
 * speaks of a record; constant. */
const char *value_read_expected(enum status status);

#endif
