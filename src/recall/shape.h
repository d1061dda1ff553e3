/*
 * shape: an accepted record, kept whole as the thing to compare others with.
 *
 * Its *leaves* (place.h) follow one another as in the record; what lies between two of them,
 * before the first and behind the last is *text*: text number i stands before leaf number i,
 * the last one, number leaf_count, behind all.
 */
#ifndef WHORL_RECALL_SHAPE_H
#define WHORL_RECALL_SHAPE_H

#include "recall/place.h"
#include "record/members.h"
#include "record/json.h"

#define SHAPE_RECORD ((size_t)1 << 20) /* bytes of the longest record that is kept */

struct shape_leaf {
    uint32_t start, end; /* its bytes, a string's quotes among them */
    uint32_t place;
    uint16_t names; /* that the text before it has: its own, and objects opened there */
    bool open_end;  /* a number or word: it goes on until what follows ends it */
};

/* What a record has at a place: a leaf, or an object that the text before a leaf opens. */
struct shape_entry {
    uint32_t place; /* of an object: the plain one; PLACE_NONE for no entry */
    uint32_t leaf : 31;
    uint32_t object : 1;
};

/* An object on which more hangs than its members' own results: see PLACE_GUARD. */
struct shape_guard {
    uint32_t object;   /* its place */
    uint32_t from, to; /* its leaves */
    enum shape_guarding {
        SHAPE_GUARDS_MEMBERS,  /* it has to be as it is, or not to be there */
        SHAPE_GUARDS_PRESENCE, /* and it has to be there: signals are undefined because of it */
        SHAPE_GUARDS_ROOT,     /* it has to be there: else another root would be taken */
    } guarding;
};

struct shape_text {
    uint32_t cell, n; /* the n bytes from `at` on of text_bytes; in order of cells */
    uint32_t at;
};

struct shape {
    unsigned char *bytes; /* the record */
    uint32_t length;
    struct shape_leaf *leaves;
    uint32_t leaf_count;
    uint32_t record;    /* the place of the record itself */
    struct cells cells; /* all results */
    size_t values;      /* as struct census counts them */
    struct shape_entry *entries;
    uint32_t entry_mask; /* their table's size - 1 */
    struct shape_guard *guards;
    uint32_t guard_count;
    uint32_t *carried; /* leaves with PLACE_CARRIED, in order */
    uint32_t carried_count;
    struct shape_text *texts;
    uint32_t text_count;
    unsigned char *text_bytes;
    uint32_t uncatalogued[CELLS_TARGETS]; /* but for what is in leaves */
    void *memory;                         /* that holds all of this; malloc() */
    size_t size;                          /* its bytes */
};

/* What was found in a record that is to become a shape; all in an arena. */
struct survey {
    struct shape_leaf *leaves;
    uint32_t leaf_count;
    struct survey_object {
        uint32_t place;
        uint32_t from, to; /* its leaves */
        bool guarded;      /* it has a member with PLACE_GUARD */
        uint8_t valued;    /* bit i: it has the member that @value of target number i names */
    } * objects;
    uint32_t object_count;
    uint32_t carried_count; /* leaves with PLACE_CARRIED */
    uint32_t text_count;    /* cells with a text; set by learn.c, as */
    size_t text_bytes;      /* those texts' bytes */
    uint32_t record;
    uint32_t uncatalogued[CELLS_TARGETS];
};

/* Cut the record JSON, of which MEMBERS has the hashes and EXTRACTS, one a target, what was
 * found, at its leaves. False where it cannot be kept: memory or places are out, a name reads
 * as U+FFFD, or a root of a catalogue might be inside a leaf. */
bool shape_survey(struct survey *survey, struct places *places, const struct json *json,
                  const struct members *members, const struct extract *extracts,
                  struct arena *arena) __attribute__((warn_unused_result));

/* The bytes that a shape of SURVEY takes, RECORD being its record's and CELLS cells. */
size_t shape_size(const struct survey *survey, struct span record, uint32_t cells);

/* Make the shape of SURVEY in the memory that it has, which is large enough. CELLS and TEXTS,
 * one a cell, COUNT of them, are the results. */
void shape_make(struct shape *shape, const struct places *places, const struct survey *survey,
                struct span record, size_t values, struct cells cells, const struct span *texts,
                uint32_t count);

/* What SHAPE has at PLACE; null for nothing. */
const struct shape_entry *shape_find(const struct shape *shape, uint32_t place);

/* The text of CELL; empty if it has none. */
struct span shape_cell_text(const struct shape *shape, uint32_t cell);

/* How many texts A and B have in common, from the first on, each before a leaf at the same
 * place: all leaves before that number are at the same places too. */
uint32_t shape_common(const struct shape *a, const struct shape *b);

/* The text number I. */
static inline struct span shape_text(const struct shape *shape, uint32_t i)
{
    uint32_t from = i ? shape->leaves[i - 1].end : 0;
    uint32_t to = i < shape->leaf_count ? shape->leaves[i].start : shape->length;

    return span_of(shape->bytes + from, to - from);
}

#endif
