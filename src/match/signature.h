/*
 * match_signature: what is compared of a record: the values of its components, as
 * whorl-match(1) defines them, and whose record it is.
 */
#ifndef WHORL_MATCH_SIGNATURE_H
#define WHORL_MATCH_SIGNATURE_H

#include "base/fault.h"
#include "format/row_key.h"
#include "match/components.h"

struct row;

/* Hashes of signals are the 8 bytes of a row's image: they can be compared, but are no numbers. */
struct match_signature {
    uint64_t *values; /* of each component: a hash of its cells; 0 if it is empty */
    uint64_t *cells;  /* of all components: the hash of each signal, 0 for none */
    uint64_t family, version_hash; /* of the version's two signals, 0 for none */
    uint32_t version;              /* the number, or MATCH_NO_VERSION */
    unsigned char key[ROW_KEY];
    struct span id; /* JSON text, of the row or of the reader */
};

/* Reads signatures of rows that are by one catalog. */
struct match_signature_reader {
    const struct match_components *components;
    const unsigned char *counted; /* of each cell: its signal counts, else it is read as missing;
                                     null if all count */
    struct match_signature signature; /* the last one */
    unsigned char *hex;               /* the id of a row that has only a key */
    struct match_columns *columns;    /* where rows have the cells, for each of their schemas */
    uint32_t column_count;
    struct arena arena;
};

/* Begin. False when memory is out; match_signature_free() must follow in either case. */
bool match_signature_init(struct match_signature_reader *reader,
                          const struct match_components *components)
    __attribute__((warn_unused_result));
void match_signature_free(struct match_signature_reader *reader);

/* Read the signature of ROW, which is by the catalog of the components, or by one that has these
 * signals under the same names. It is valid until the next call, and as long as ROW is. False when
 * memory is out. */
bool match_signature_read(struct match_signature_reader *reader, const struct row *row)
    __attribute__((warn_unused_result));

/* The value of a component with the COUNT cells CELLS. */
uint64_t match_component_value(const uint64_t *cells, uint32_t count);

#endif
