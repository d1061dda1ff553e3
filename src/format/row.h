/*
 * row: one vector as it is read back from output, NDJSON or binary.
 *
 * Its key is XXH3-128 of the id's JSON text. Binary rows have the key in place of the id, so NDJSON
 * and binary output can be joined. All else that a row holds is its image, bytes whose layout
 * is in the schema. The image of a dense row has a hash for each signal; that of a sparse row has
 * one for each signal in `slots`, in that order. Two rows of one schema are the same if their
 * images and slots have the same bytes.
 */
#ifndef WHORL_FORMAT_ROW_H
#define WHORL_FORMAT_ROW_H

#include "format/row_key.h"
#include "format/schema.h"

struct row {
    struct schema *schema;
    bool has_id;
    unsigned char key[ROW_KEY]; /* in the order of its hex digits */
    struct span id;             /* JSON text; empty where only the key is known */
    struct span image; /* it may end before the last signal, for signals seen only later */
    struct span slots; /* of a sparse row: uint32_t each, numbers of signals; else empty */
    struct span heads; /* struct row_text for each text, by slot; */
    struct span texts; /* canonical texts of some signals */
};

struct row_text {
    uint32_t slot, n; /* number of the signal, and bytes of its text; */
    uint64_t at;      /* where in row.texts that begins */
};

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
