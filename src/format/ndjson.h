/*
 * ndjson: a vector as one line of JSON, whorl-vector(5).
 */
#ifndef WHORL_FORMAT_NDJSON_H
#define WHORL_FORMAT_NDJSON_H

#include "catalog/library_name.h"
#include "format/writer.h"

/* The members of a line, in the order of output, which --select does not change. */
enum ndjson_member {
    NDJSON_FILE,
    NDJSON_LINE,
    NDJSON_ID,
    NDJSON_CARRY,
    NDJSON_CATALOG,
    NDJSON_FACTS,
    NDJSON_IDS,
    NDJSON_COVERAGE,
    NDJSON_PRESENT,
    NDJSON_ERRORS,
    NDJSON_GROUPS,
    NDJSON_SKETCH,
    NDJSON_VECTOR,
    NDJSON_SIGNALS,
    NDJSON_VALUES,
    NDJSON_STATES,

    /* Members of `ids`, selected by themselves. */
    NDJSON_VISITOR_ID,
    NDJSON_THUMBMARK,
};
#define NDJSON_MEMBERS 16 /* of a line */
#define NDJSON_NAMES   18 /* in --select */

/* Those that say where a record is from. */
#define NDJSON_ORIGIN (1u << NDJSON_FILE | 1u << NDJSON_LINE)

/* All from `id` to `vector`, but the sketch. */
#define NDJSON_DEFAULT (((1u << (NDJSON_VECTOR + 1)) - 1) & ~(NDJSON_ORIGIN | 1u << NDJSON_SKETCH))

/* What a table has by default: what fits its columns, and is not one hash of many. */
#define NDJSON_TABLE                                                                           \
    (1u << NDJSON_ID | 1u << NDJSON_CARRY | 1u << NDJSON_FACTS | 1u << NDJSON_IDS |            \
     1u << NDJSON_COVERAGE | 1u << NDJSON_PRESENT | 1u << NDJSON_ERRORS)

/* All that ask for the id of a library. */
#define NDJSON_LIBRARIES (1u << NDJSON_VISITOR_ID | 1u << NDJSON_THUMBMARK)

/* All that a format whose rows are complete may have in addition. */
#define NDJSON_WITH_COMPLETE (NDJSON_LIBRARIES | 1u << NDJSON_SKETCH)

/* The member for the id of LIBRARY, which is not LIBRARY_NONE. */
enum ndjson_member ndjson_library_member(enum library library);

/* Is the id of the library of CATALOG, if it has one, among the selected MEMBERS? */
bool ndjson_has_library(unsigned members, const struct catalog *catalog);

/* The member's name, which is also its name in --select; constant. */
const char *ndjson_name(enum ndjson_member member);

/* The texts that vector_normalize() must keep for the selected MEMBERS. */
unsigned ndjson_texts_of(unsigned members);

/* Read a comma list of names into the set of bits 1 << member. False, with the first unknown
 * name in *UNKNOWN; an empty list has the unknown name "". */
bool ndjson_select(struct span list, unsigned *set, struct span *unknown);

/* A line has the members of the options, and an LF. Signals that are private show their values
 * and states only if they are revealed. */
extern const struct writer ndjson_writer;

#endif
