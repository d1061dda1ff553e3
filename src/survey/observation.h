/*
 * observation: what is seen at one path of a record, and a run of them in a buffer, by which
 * one thread hands them to another.
 */
#ifndef WHORL_SURVEY_OBSERVATION_H
#define WHORL_SURVEY_OBSERVATION_H

#include "base/span.h"
#include "text/hash.h"

struct buf;

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
    struct span key,
        paired; /* of an array of pairs: the raw names of the members that the names and
                                values of an object would be made of; else no bytes */
};

/* What all observations of a record have in common. */
struct observe_record {
    struct hash128 key; /* of the canonical text at `by` */
    int64_t time;       /* milliseconds since 1970 */
    uint64_t version;   /* made of the major versions in all user agents; 0 without any */
    bool keyed;         /* there is a key: a string that is not empty, a number or a boolean */
    bool timed;         /* there is a time */
};

/* Begin the observations of a record with TEXT. If it is LASTING, it lasts until they are read;
 * otherwise it is appended too. Where they begin. As below, whether memory ran out is known from
 * OUT. */
size_t observation_begin(struct buf *out, struct span text, bool lasting);

/* Append OBSERVATION, whose texts are in TEXT; but the name is appended too, if NAMED. Where it
 * is. */
size_t observation_put(struct buf *out, const struct observation *observation, struct span text,
                       bool named);

/* The hash of the observation at AT is HASH, in both forms. */
void observation_set_value(struct buf *out, size_t at, uint64_t hash);

/* All observations of RECORD, which begin at BEGAN, are appended. */
void observation_end(struct buf *out, size_t began, const struct observe_record *record);

/* The observations of one record, as they are read. */
struct observation_reader {
    struct span bytes;
    const unsigned char *text; /* of the record */
};

/* Take the next record off *BYTES. False if none is left. */
bool observation_next_record(struct span *bytes, struct observe_record *record,
                             struct observation_reader *reader);

/* Take the next observation. False if none is left. What it views is valid as long as the bytes
 * are. */
bool observation_next(struct observation_reader *reader, struct observation *observation);

#endif
