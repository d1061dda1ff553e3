/*
 * observe: what a survey sees of one record: an observation of each path, in the order of the text.
 *
 * Any thread observes; one thread puts the observations together, in the order of the input
 * (survey.h). An observation views the record, which must last until then.
 *
 * The hash of a value is of its canonical text (RFC 8785), so it does not depend on its spelling. The
 * hash of an array is made of its elements' hashes, in order; that of an object of the sum over its
 * members of a mix of the two hashes of name and value.
 *
 * A value may have another form, of which `form` is the hash, to see whether a step would hold it
 * still: that of an array, its elements in any order, as by the step sort; that of a data URL, its
 * bytes, as by the step data-url. Of any other value the hash is the same again.
 *
 * These hashes have no seed: the estimates that are made of them are the same in every run.
 */
#ifndef WHORL_SURVEY_OBSERVE_H
#define WHORL_SURVEY_OBSERVE_H

#include "base/fault.h"
#include "base/span.h"
#include "text/hash.h"

struct arena;
struct buf;
struct json;
struct members;
struct pointer;

enum observe_type {
    OBSERVE_NULL,
    OBSERVE_BOOLEAN,
    OBSERVE_NUMBER,
    OBSERVE_STRING,
    OBSERVE_ARRAY,
    OBSERVE_OBJECT,
    OBSERVE_ERROR, /* an error marker: an object with a member `error` and none named `value`, of
                      four at most */
    OBSERVE_TYPES,
};

struct observation {
    uint64_t value;     /* the hash */
    uint64_t form;      /* of the other form */
    uint64_t name_hash; /* hash_seeded() of the name, */
    uint64_t name_id;   /* and hash64() of it */
    struct span name;   /* without escapes */
    struct span text;   /* of the value */
    uint32_t length;    /* of a string its bytes without escapes, at most; elements; members */
    uint16_t depth;     /* members of the record have 1 */
    unsigned char type; /* enum observe_type */
    bool fraction;      /* a number that is written with . or an exponent */
    bool json;          /* a string that holds a JSON object or array */
    bool keyed;         /* the value at `by` is it, or in it */
    struct span key, paired; /* of an array of pairs: the raw names of the members that the names and
                                values of an object would be made of; else no bytes */
};

/* What all observations of a record have in common. */
struct observe_record {
    struct hash128 key; /* of the canonical text at `by` */
    int64_t time;       /* milliseconds since 1970 */
    uint64_t version;   /* made of the major versions in all user agents; 0 if there is none */
    bool keyed;         /* there is a key: a string that is not empty, a number or a boolean */
    bool timed;         /* there is a time */
};

struct normalizer;

struct observe_rules {
    const struct normalizer *data_url; /* the step data-url */
    const struct pointer *by;   /* null for none */
    const struct pointer *time; /* null for none */
};

/* Append to OUT what is to be seen of JSON, an object: *RECORD, which is set, and its observations.
 * MEMBERS are those of JSON; null to hash the names with SEED. If LASTING, the text of JSON lasts
 * until the observations are read; otherwise it is appended too. False when memory is out. */
bool observe_put(struct buf *out, const struct json *json, const struct members *members,
                 uint64_t seed, bool lasting, const struct observe_rules *rules,
                 struct observe_record *record, struct arena *arena, struct buf *scratch)
    __attribute__((warn_unused_result));

/* Append RECORD with no observations yet; then each OBSERVATION, all of whose texts last; then say
 * that it has no more. Where the record began is BEGAN. */
size_t observe_begin(struct buf *out, const struct observe_record *record);
void observe_add(struct buf *out, const struct observation *observation);
void observe_end(struct buf *out, size_t began);

/* The observations of one record, as they are read. */
struct observe_reader {
    struct span bytes;
    const unsigned char *text; /* of the record */
};

/* Take the next record off *BYTES. False if none is left. */
bool observe_next_record(struct span *bytes, struct observe_record *record,
                         struct observe_reader *reader);

/* Take the next observation. False if none is left. What it views is valid as long as the bytes
 * are. */
bool observe_next(struct observe_reader *reader, struct observation *observation);

#endif
