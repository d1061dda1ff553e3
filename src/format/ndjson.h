/*
 * ndjson: a vector as one line of JSON, whorl-vector(5).
 */
#ifndef WHORL_FORMAT_NDJSON_H
#define WHORL_FORMAT_NDJSON_H

#include "format/writer.h"

/* The members of a line, in the order of output, which --select does not change. */
enum ndjson_member {
    NDJSON_ID,
    NDJSON_CARRY,
    NDJSON_CATALOG,
    NDJSON_FACTS,
    NDJSON_IDS,
    NDJSON_COVERAGE,
    NDJSON_PRESENT,
    NDJSON_ERRORS,
    NDJSON_GROUPS,
    NDJSON_VECTOR,
    NDJSON_SIGNALS,
    NDJSON_VALUES,
    NDJSON_STATES,
};
#define NDJSON_MEMBERS 13

/* All up to `vector`. */
#define NDJSON_DEFAULT ((1u << (NDJSON_VECTOR + 1)) - 1)

/* The member's name, which is also its name in --select; constant. */
const char *ndjson_name(enum ndjson_member member);

/* Read a comma list of names into the set of bits 1 << member. False, with the first unknown
 * name in *UNKNOWN; an empty list has the unknown name "". */
bool ndjson_select(struct span list, unsigned *set, struct span *unknown);

/* A line has the members of the options, and an LF. Signals that are private show their values
 * and states only if they are revealed. */
extern const struct writer ndjson_writer;

#endif
