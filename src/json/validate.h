/*
 * validate: is this text one JSON value, to the letter of RFC 8259, within whorl's limits?
 *
 * One pass, no recursion, no memory. It runs before the tokenizer because jsmn does not
 * validate: in strict mode jsmn accepts 68 of JSONTestSuite's 188 invalid files; on text that
 * passed here it is exact. Also here: well-formed UTF-8, and numbers that a double can hold
 * (RFC 7493 section 2.2 in its weak form: rounding is fine, infinity is not). Unpaired
 * surrogate escapes pass. Duplicate names are the concern of members.h.
 */
#ifndef WHORL_JSON_VALIDATE_H
#define WHORL_JSON_VALIDATE_H

#include "base/span.h"
#include "base/fault.h"

struct outline;

struct limits {
    size_t depth;  /* nested arrays and objects; a bare object is 1 */
    size_t values; /* objects, arrays, strings, numbers, words; names do not count */
    size_t length; /* bytes of the record */
};

/* The most that a record may be whatever its limits say; the depth is VALUE_DEPTH. Offsets
 * in jsmn are of type int. */
#define LIMITS_LENGTH_MAX ((size_t)0x7fffffff)

#define LIMITS_DEFAULT ((struct limits){64, 131072, 4194304})

/* What a valid text holds. */
struct json_counts {
    size_t values;   /* as in limits */
    size_t names;    /* member names, so values + names tokens */
    size_t unpaired; /* surrogate escapes without their other half */
};

/* Check TEXT, white space around the value allowed. FAULT_NONE and *COUNTS filled, or the
 * first fault and *COUNTS as it was. The offset is that of the first byte at which the text
 * can no longer become valid; TEXT's length if it ends too early, inside an escape too; but
 * the first byte of a malformed escape, of a malformed or cut off UTF-8 sequence, of a number
 * out of range, of the value that is one too many, of the bracket that is one too deep.
 *
 * Length is looked at before all else, and its offset is the limit. Otherwise the lower offset
 * wins; at one offset, values before depth before the others. A letter where a value is due
 * begins a word, a digit or one of "+-." a number; a letter, digit or one of "+-._" right
 * after a word or number is a fault of it (so 1e999x is not a number, hence not out of range).
 * A byte that is wrong in its place is STATUS_UTF8 if it does not begin well-formed UTF-8.
 */
struct fault validate(struct span text, const struct limits *limits, struct json_counts *counts)
    __attribute__((warn_unused_result));

/* As validate(); OUTLINE, if it is not null, becomes that of TEXT, if that is valid. It has
 * room for as many bytes as TEXT, and for the nodes that validate_nodes() says. */
struct fault validate_outline(struct span text, const struct limits *limits,
                              struct json_counts *counts, struct outline *outline)
    __attribute__((warn_unused_result));

/* The most nodes that are noted of a text of LENGTH bytes, valid or not. */
size_t validate_nodes(size_t length, const struct limits *limits);

/* The length of the one value that TEXT begins with, at its very first byte, whatever follows
 * it; 0 if it begins with no value, or with one that could not be inside DEPTH arrays and objects
 * of a record within LIMITS (the record's length aside). A number ends where the grammar lets it
 * end: what may follow is for the caller to see. *COUNTS is what the value holds. */
size_t validate_value(struct span text, size_t depth, const struct limits *limits,
                      struct json_counts *counts) __attribute__((warn_unused_result));

/* Has TEXT, a valid record, an unpaired surrogate escape? */
bool validate_unpaired(struct span text);

#endif
