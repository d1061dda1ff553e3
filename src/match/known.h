/*
 * match_known: the known records, each part of them once: values of components, combinations of
 * lasting values, build values, and what is left of a record: its key, id and device.
 *
 * Records are added in any order. match_known_finish() then makes what depends on all of them;
 * nothing depends on their order.
 */
#ifndef WHORL_MATCH_KNOWN_H
#define WHORL_MATCH_KNOWN_H

#include "match/signature.h"
#include "text/keys.h"

#define MATCH_NO_RECORD UINT32_MAX

/* A value of a component. Number 0 of each component is the empty one. */
struct match_value {
    uint64_t hash;
    uint32_t count; /* known entries that have it */
    uint32_t bits;  /* what it adds to a score if it agrees, in thousandths of a bit */
};

/* The values of one component. */
struct match_values {
    struct keys table; /* of struct match_value */
    uint64_t *cells;   /* of each value of a lasting component, as many as that has */
    uint32_t room;
};

/* A combination begins with its key: the number of a value for each lasting component. In the same
 * way an entry of builds has one for each build component. */
struct match_combination {
    uint32_t profiles, profile_count; /* its part of match_known.order, the least keys first */
    uint32_t share;                   /* entries that have it */
};

/* All that the score with a record depends on. */
struct match_profile {
    struct match_profile_key {
        uint32_t combination, build;
        uint64_t family, version_hash;
    } key;
    uint32_t version;
    uint32_t first, second; /* records: the one with the least key, and the one with the least key
                               of another device, or MATCH_NO_RECORD */
};

struct match_record {
    unsigned char key[ROW_KEY];
    uint64_t device; /* records with the same one are of one device */
    uint64_t truth;  /* what --truth says; 0 for nothing */
    uint64_t id;     /* where its id is: 4 bytes of its length, and the JSON text */
    uint32_t profile;
    bool repeated;   /* another record with the key differs from it: none of them is used */
};

struct match_known {
    const struct match_components *components;
    struct match_values *values; /* of each component */
    struct keys combinations, builds, profiles;
    struct match_record *records;
    uint32_t record_count, room;
    uint32_t loaded; /* so many of them were known before this run */
    struct buf ids;
    uint32_t *numbers; /* of the values of a record, while it is added */
    size_t memory;     /* bytes that it may use */
    struct arena arena;
    /* After match_known_finish(): */
    uint32_t *order;   /* profiles, by combinations */
    uint32_t entries, unused; /* how many: of entries; of this run's records that are not used,
                                 since another one has their id */
    uint32_t *weights; /* of the components, in thousandths */
    uint32_t *ranks;   /* the lasting components, those that say most first */
    uint32_t base;     /* what is taken from each score, in thousandths of a bit */
};

/* Begin without records. False when memory is out; match_known_free() must follow in either
 * case. */
bool match_known_init(struct match_known *known, const struct match_components *components,
                      uint64_t seed, size_t memory) __attribute__((warn_unused_result));
void match_known_free(struct match_known *known);

/* Add the record with SIGNATURE, of DEVICE. FAULT_NONE, STATUS_QUOTA or STATUS_NO_MEMORY. */
struct fault match_known_add(struct match_known *known, const struct match_signature *signature,
                             uint64_t device, uint64_t truth)
    __attribute__((warn_unused_result));

/* The same of a record that has PROFILE; MATCH_NO_RECORD if it is not used, since records that
 * differ have its id. */
struct fault match_known_append(struct match_known *known, const struct match_signature *signature,
                                uint64_t device, uint64_t truth, uint32_t profile)
    __attribute__((warn_unused_result));

/* The number of the value HASH of COMPONENT, or MATCH_NO_RECORD. */
uint32_t match_known_number(const struct match_known *known, uint32_t component, uint64_t hash);

/* Bytes that KNOWN may use and does not, also when it is finished. */
size_t match_known_room(const struct match_known *known);

/* All records have come. */
struct fault match_known_finish(struct match_known *known) __attribute__((warn_unused_result));

/* The id of RECORD, JSON text. */
struct span match_known_id(const struct match_known *known, const struct match_record *record);

static inline struct match_combination *match_known_combination(const struct match_known *known,
                                                                uint32_t number)
{
    unsigned char *entry = keys_at(&known->combinations, number);

    return (struct match_combination *)(void *)(entry + known->combinations.key_size);
}

static inline struct match_value *match_known_value(const struct match_known *known,
                                                    uint32_t component, uint32_t number)
{
    return keys_at(&known->values[component].table, number);
}

/* The cells of value NUMBER of COMPONENT. */
static inline const uint64_t *match_known_cells(const struct match_known *known,
                                                uint32_t component, uint32_t number)
{
    return known->values[component].cells +
           (size_t)number * known->components->items[component].cell_count;
}

#endif
