/*
 * row: one vector as it is read back from output, NDJSON or binary.
 *
 * Its key is XXH3-128 of the id's JSON text. Binary rows have the key in place of the id, so NDJSON
 * and binary output can be joined. All else that a row holds is its image, bytes whose layout
 * is in the schema. The image of a dense row has a hash for each signal; that of a sparse row has
 * one for each signal in `slots`, in that order. Two rows of one schema are the same if their
 * images and slots have the same bytes.
 *
 * A row may also have members of the output line, which the reader is asked for: in NDJSON by
 * pointer, in binary rows carried members by name. The text of one is its JSON text: a number as
 * it was written, else as RFC 8785 says. Its hash is XXH3-64 of this text, or 1 if that is 0. A
 * binary row may have only the hash; it has that of the text that the record has. A member that is
 * missing or null is not there.
 */
#ifndef WHORL_FORMAT_ROW_H
#define WHORL_FORMAT_ROW_H

#include "format/row_key.h"
#include "format/schema.h"

#define ROW_MEMBERS 2 /* at most */

/* What a reader of binary rows looks for, by the names of carried members; each may be empty. */
struct row_names {
    struct span by; /* the row's key is its value, not the id's */
    struct span members[ROW_MEMBERS];
};

struct row {
    struct schema *schema;
    bool has_id;
    unsigned char key[ROW_KEY]; /* in the order of its hex digits */
    struct span id;             /* JSON text; empty where only the key is known */
    struct span image; /* it may end before the last signal, for signals seen only later */
    struct span slots; /* of a sparse row: uint32_t each, numbers of signals; else empty */
    struct span heads; /* struct row_text for each text, by slot; */
    struct span texts; /* canonical texts of some signals */
    bool has_member[ROW_MEMBERS];
    struct span members[ROW_MEMBERS];  /* JSON text; empty where only the hash is known */
    uint64_t member_hash[ROW_MEMBERS]; /* 0 if it is not there */
};

struct row_text {
    uint32_t slot, n; /* number of the signal, and bytes of its text; */
    uint64_t at;      /* where in row.texts that begins */
};

/* Give ROW member I, whose text has HASH; TEXT is empty if it is not known. */
static inline void row_set_member(struct row *row, size_t i, struct span text, uint64_t hash)
{
    row->has_member[i] = true;
    row->members[i] = text;
    row->member_hash[i] = hash ? hash : 1;
}

/* Number I of the bytes ARRAY of uint32_t, which need not be aligned. */
static inline uint32_t row_slot(const unsigned char *array, size_t i)
{
    uint32_t slot;

    memcpy(&slot, array + i * sizeof slot, sizeof slot);
    return slot;
}

/* The canonical text of signal number SLOT after its name, as "=8" or "?"; empty if ROW does not
 * have it. O(log n) of the texts that it has. */
static inline struct span row_text(const struct row *row, uint32_t slot)
{
    struct row_text head = {UINT32_MAX, 0, 0};
    size_t from = 0, end = row->heads.n / sizeof head;

    while (from < end) {
        size_t middle = from + (end - from) / 2;
        memcpy(&head, row->heads.p + middle * sizeof head, sizeof head);
        if (head.slot < slot)
            from = middle + 1;
        else
            end = middle;
    }
    if (from * sizeof head < row->heads.n)
        memcpy(&head, row->heads.p + from * sizeof head, sizeof head);
    return head.slot == slot ? span_cut(row->texts, head.at, head.at + head.n)
                             : span_of(NULL, 0);
}

#endif
