/*
 * fields: each path that a survey has met, with what it knows of the values there.
 *
 * Memory is counted against one quota. Where it is not enough, the paths that the fewest
 * records have are merged into their parents: half of those without members of their own go,
 * and their parents take no new members from then on. So an archive with a million names costs
 * no more than the quota, and what most records have is kept.
 */
#ifndef WHORL_SURVEY_FIELDS_H
#define WHORL_SURVEY_FIELDS_H

#include "base/lookup.h"
#include "survey/frequent.h"
#include "survey/observation.h"

struct distinct;
struct quota;

#define FIELD_ROOT     0 /* the record itself */
#define FIELD_NONE     UINT32_MAX
#define FIELD_EXAMPLES 8  /* the first different values, whose texts are kept */
#define FIELD_EXAMPLE  96 /* bytes of a text, at most */

struct field {
    struct span name; /* without escapes; owned, as the examples are */
    uint64_t hash;    /* hash_seeded() of the name, */
    uint64_t id;      /* and hash64() of it */
    uint32_t parent;
    uint32_t
        follower; /* the path that was met after it the last time; FIELD_NONE if none was */
    uint32_t children; /* paths that have it as parent */
    bool closed;       /* it takes no more of them */
    bool keyed;        /* the key of a record is its value, or in it */
    unsigned char cut, personal,
        stale;       /* sets of examples, by 1 << i: those that are cut; that may be
                                           personal (personal.h); whose counter another value has */
    uint32_t merged; /* paths that were merged into it */
    struct distinct
        *names; /* of all its members, also those without a path, once it is closed */
    uint64_t types[OBSERVE_TYPES]; /* records, by the type of the value */
    uint64_t members;              /* of all its objects */
    uint64_t fractions;      /* of its numbers, those that are written with . or an exponent */
    uint64_t json;           /* of its strings, those that hold a JSON object or array */
    uint64_t pairs;          /* of its arrays, those of pairs, whose members have the names */
    struct span key, paired; /* that the first one has; raw, owned; no bytes for none */
    uint32_t shortest, longest; /* of struct observation's length */
    uint32_t slot;   /* of its values among the last ones of a visitor (visitors.h), */
    uint32_t form;   /* and of their other forms; FIELD_NONE if no value has another form */
    uint32_t met_at; /* the number of the last observation of it, in the record met_in, which */
    uint64_t met_in; /* counts from 1 */
    struct frequent frequent;  /* the most frequent values */
    struct distinct *distinct; /* null as long as `frequent` is exact */
    uint64_t
        partition; /* equal for paths by which the records fall into the same classes, while
                           `frequent` is exact: the sum over the records that have the path of a mix
                           of the record's number and the value's, by first appearance */
    struct span
        examples[FIELD_EXAMPLES]; /* of the first counters; canonical but for spelling */
};

struct fields {
    struct field *items;
    uint32_t count, room;
    uint32_t slots; /* in use */
    struct lookup lookup;
    struct quota *quota;
    uint64_t gone; /* paths that were merged into their parents */
};

/* Begin with the record's own path. False when memory is out; fields_free() must follow in either
 * case. */
bool fields_init(struct fields *fields, struct quota *quota)
    __attribute__((warn_unused_result));
void fields_free(struct fields *fields);

/* Records that have FIELD. */
uint64_t field_records(const struct field *field);

/* How many different members PARENT has had, estimated if some of them have no path. */
uint64_t fields_names(const struct field *parent);

/* The number of the path of OBSERVATION in PARENT; a new one for a new name; FIELD_NONE if PARENT
 * is closed or, with *FULL, if memory is out or the quota reached. BEFORE is the path met before it
 * in the record. */
uint32_t fields_find(struct fields *fields, uint32_t parent, uint32_t before,
                     const struct observation *observation, bool *full)
    __attribute__((warn_unused_result));

/* Add OBSERVATION, of the record NUMBER, to PATH. False when memory is out or the quota reached:
 * nothing has been added then. */
bool fields_add(struct fields *fields, uint32_t path, const struct observation *observation,
                uint64_t number) __attribute__((warn_unused_result));

/* Merge the paths of the fewest records into their parents. RENUMBERED has room for as many
 * numbers as there are slots: it becomes the new number of each slot, or FIELD_NONE. Paths have
 * new numbers, too. False if no path can be merged or memory is out. */
bool fields_merge_rarest(struct fields *fields, uint32_t *renumbered)
    __attribute__((warn_unused_result));

/* Append the pointer of PATH, by RFC 6901; that of the record is empty. */
void fields_put_pointer(struct buf *out, const struct fields *fields, uint32_t path);

#endif
