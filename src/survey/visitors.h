/*
 * visitors: the last values of each visitor, to see which paths change between two records of
 * one.
 *
 * A visitor is what --by names: a person, an account or a device. Memory is counted against a
 * quota. Where it is not enough, every second visitor is forgotten, chosen by the hash of the
 * key, so that the same ones are kept in every run; what was counted of the others stays
 * counted.
 */
#ifndef WHORL_SURVEY_VISITORS_H
#define WHORL_SURVEY_VISITORS_H

#include "survey/distinct.h"
#include "survey/observation.h"
#include "text/keys.h"

struct quota;

struct visitor {
    unsigned char key[16];
    uint32_t
        *values; /* for each slot two, as visitors_value() makes them: of the last record, and
                         of the one before it */
    uint32_t slots; /* that there were then */
    uint64_t records;
    unsigned split;      /* bit i: as visitors_split() counts it for slot i */
    uint64_t version;    /* of the browser in the last record, as in struct observe_record */
};

/* What is counted for each slot. */
enum visitors_count {
    VISITORS_PAIRS, /* consecutive records of one visitor of which at least one has the path */
    VISITORS_FLIPS, /* of these, pairs that differ */
    VISITORS_FOLLOWED, /* pairs after one that differed, of which */
    VISITORS_AGAIN,    /* differ again, of which */
    VISITORS_BACK,     /* have the value before both again */
    VISITORS_UPDATES,  /* pairs in which the version of the browser differs, of which */
    VISITORS_UPDATED,  /* differ */
    VISITORS_COUNTS,
};

struct visitors {
    struct keys keys; /* of struct visitor */
    struct quota *quota;
    unsigned halvings; /* only 1 of 2^halvings visitors is kept */
    struct distinct distinct;
    uint64_t *counts[VISITORS_COUNTS]; /* for each slot */
    uint32_t *now;                     /* the values of the record that is read */
    uint32_t *origins; /* the slot that a slot began as a copy of; its own number
                                          if none */
    uint32_t room;     /* slots that there is room for */
};

/* How many visitors there were; estimated once some were forgotten. */
uint64_t visitors_known(const struct visitors *visitors);

/* Begin without visitors. */
void visitors_init(struct visitors *visitors, struct quota *quota, uint64_t seed);
void visitors_free(struct visitors *visitors);

/* A value as it is kept: the upper half of its hash, and 1 for 0, since 0 means no value. Two
 * values that differ are taken for the same once in 2^32. */
static inline uint32_t visitors_value(uint64_t hash)
{
    uint32_t value = (uint32_t)(hash >> 32);

    return value + !value;
}

/* Have room for SLOTS slots. False when memory is out. */
bool visitors_grow(struct visitors *visitors, uint32_t slots)
    __attribute__((warn_unused_result));

/* SLOT, which no record has had yet, is to be as if it had had the values of the slot ORIGIN
 * from the beginning. False when memory is out. */
bool visitors_copy(struct visitors *visitors, uint32_t slot, uint32_t origin)
    __attribute__((warn_unused_result));

/* RECORD has the values visitors->now in SLOTS slots: compare them with the last ones of that
 * visitor, and keep them. False when memory is out. */
bool visitors_turn(struct visitors *visitors, const struct observe_record *record,
                   uint32_t slots) __attribute__((warn_unused_result));

/* What was counted for SLOT; 0 for one that has no room yet. */
static inline uint64_t visitors_count(const struct visitors *visitors,
                                      enum visitors_count count, uint32_t slot)
{
    return slot < visitors->room ? visitors->counts[count][slot] : 0;
}

/* Do the values of SLOT change and then stay, rather than flicker? That is so if at most 1 of
 * 500 pairs differ, of at least 1,000, and none follows another one; or if at least 20 pairs
 * that another one follows differ, at most 3 of 10 pairs do, a pair after one that differs does
 * so at most twice as often as others, and at most a tenth of these lead back. */
bool visitors_stays(const struct visitors *visitors, uint32_t slot);

/* How many visitors have had different values in SLOT, one after the other, below
 * VISITORS_SPLIT. */
uint64_t visitors_split(const struct visitors *visitors, uint32_t slot);
#define VISITORS_SPLIT 8

/* Slot I is slot RENUMBERED[I] from now on, or gone if that is UINT32_MAX; of SLOTS slots. No
 * number becomes larger, and their order stays. False when memory is out. */
bool visitors_renumber(struct visitors *visitors, const uint32_t *renumbered, uint32_t slots)
    __attribute__((warn_unused_result));

#endif
