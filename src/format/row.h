/*
 * row: one vector as it is read back from output, whichever the format.
 *
 * A row is known by its key: XXH3-128 of the id's JSON text, which is what binary rows have in
 * place of the id, so that outputs of both formats can be joined. What it holds beside that is
 * its image, bytes whose layout the schema says: two rows of one schema whose images have the
 * same bytes are the same.
 */
#ifndef WHORL_FORMAT_ROW_H
#define WHORL_FORMAT_ROW_H

#include "format/schema.h"

#define ROW_KEY 16

struct row {
    struct schema *schema;
    bool has_id;
    unsigned char key[ROW_KEY]; /* in the order of its hex digits */
    struct span id;             /* JSON text; empty where only the key is known */
    struct span image; /* it may end before the last signal, for signals seen only later */
    struct span texts; /* canonical texts of some signals: struct row_text and bytes, each */
};

/* In front of a text in row.texts, in the order of the signals' slots or not. */
struct row_text {
    uint32_t slot, n;
};

/* The canonical text of signal number SLOT behind its name, as "=8" or "?"; empty if ROW does
 * not have it. */
static inline struct span row_text(const struct row *row, uint32_t slot)
{
    struct row_text head;

    for (size_t at = 0; at < row->texts.n; at += sizeof head + head.n) {
        memcpy(&head, row->texts.p + at, sizeof head);
        if (head.slot == slot)
            return span_cut(row->texts, at + sizeof head, at + sizeof head + head.n);
    }
    return span_of(NULL, 0);
}

/* What is wrong with what should be a row. */
struct row_fault {
    const char *what; /* what was expected; null if nothing is wrong */
    size_t offset;    /* of the first wrong byte in the line or block */
    bool fatal;       /* there is no use in going on */
};
#define ROW_FINE ((struct row_fault){NULL, 0, false})

#endif
