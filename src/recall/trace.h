/*
 * trace: how a record was read by comparison: what of it is as in a shape, and what is not.
 *
 * A record is compared with a shape in long runs. A difference inside a leaf: the value there
 * is validated. A difference in a text: another shape that has had the same texts so far is
 * tried, or else the text is read by the grammar (an edit) and the comparison goes on where the
 * member it leads to lies in the shape.
 *
 * Why what is read so is valid, and means what the full path would say:
 *
 *   Cut an accepted record at its leaves: t0 v1 t1 ... vn tn. After a leaf the grammar's state
 *   follows from the leaf's place alone: its parents are open, all objects, and a value has
 * just ended. Each t is byte for byte a text of an accepted record between the same two places,
 * or was read by the grammar from that state. Each v is byte for byte a value accepted before
 * at the same place, hence at the same depth, or was accepted just now by the validator at that
 *   depth. A run of equal bytes ends a number only where a text begins. So the record is JSON.
 *   Names inside values were checked for doubles with the value; outside of them, a record with
 *   all the texts of one accepted record, in order, has its members, each once, and any other
 * is checked member by member (trace_check). Texts and values meet at ASCII bytes, so UTF-8
 * holds. Length is checked first, depth at each value and each object opened, the number of
 * values against what the record can have at most.
 *
 *   What a leaf's bytes give depends on nothing but its place (place.h). What depends on other
 *   members being there is guarded: an edit at such an object hands over, see PLACE_GUARD.
 * Which of a row's pointers counts, and what an @exclude takes out, is decided anew for each
 * record (cells.h, fold.h).
 *
 * The comparison accepts a record or hands it over; it never rejects one. What it leaves behind
 * are places, which are names for paths and nothing else.
 */
#ifndef WHORL_RECALL_TRACE_H
#define WHORL_RECALL_TRACE_H

#include "recall/shapes.h"

#define TRACE_EDITS 64 /* names read by the grammar; an attempt that needs more ends */
#define TRACE_NONE  UINT32_MAX

/* A leaf that is not as in the shape, or is carried. */
struct trace_leaf {
    uint32_t place;
    uint32_t start, end;    /* in the record */
    uint32_t values, names; /* as in struct census */
};

/* Leaves of the base that follow one another in the record too. */
struct trace_stretch {
    uint32_t from, to;
    bool text; /* so does the text before the first */
};

/* A member that an edit has read and the base has not been met at: an object or another leaf.
 */
struct trace_name {
    uint32_t place; /* the plain one */
    uint32_t object;
};

struct trace {
    struct span record;
    struct places *places;
    const struct shapes *shapes;
    const struct limits *limits;
    struct arena *arena;

    uint32_t base; /* the shape's number */
    const struct shape *shape;
    struct trace_earlier { /* leaves that were compared with another shape before it, */
        uint32_t shape;    /* each at the same place in both */
        uint32_t from, to;
    } earlier[SHAPES_MOST];
    uint32_t earlier_count;
    struct trace_stretch stretches[TRACE_EDITS + 2];
    uint32_t stretch_count;
    struct trace_name names[TRACE_EDITS];
    uint32_t name_count;
    struct trace_leaf *leaves; /* in the record's order */
    uint32_t leaf_count, leaf_most;
    size_t values; /* more than the record can have */
    bool edited;
    uint32_t edits; /* names read */

    /* Where the comparison is: */
    uint32_t s, r;               /* in the shape's and in the record's bytes, */
    uint32_t anchor_s, anchor_r; /* which are equal from here on, */
    uint32_t leaf;               /* before or in this leaf of the shape, */
    uint32_t carried;            /* with this one next of shape->carried */
    struct trace_stretch stretch;
};

/* Read RECORD by comparison. True with *TRACE filled, its leaves in ARENA; false if the record
 * must be read in full. There must be a shape; RECORD is within LIMITS' length, and not longer
 * than SHAPE_RECORD. */
bool trace_read(struct trace *trace, const struct shapes *shapes, struct places *places,
                const struct limits *limits, struct span record, struct arena *arena)
    __attribute__((warn_unused_result));

/* For trace.c and edit.c: note a leaf, as in struct trace_leaf. False if there is no room. */
bool trace_note(struct trace *trace, uint32_t place, uint32_t start, uint32_t length,
                const struct census *census);

#endif
