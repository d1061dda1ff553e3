/*
 * binary_read_header: what binary_header.h writes of a file, read back.
 */
#ifndef WHORL_FORMAT_BINARY_READ_HEADER_H
#define WHORL_FORMAT_BINARY_READ_HEADER_H

#include "format/binary_layout.h"
#include "format/row.h"

/* Where a row has a fact or carried member, and its bit. */
struct binary_carry_place {
    bool there;
    uint32_t at, bitmap, bit;
    enum binary_type type;
};

struct binary_header {
    struct row_names names; /* the carried members to look for */
    uint64_t seed;       /* as in names_init(), and */
    struct quota *quota; /* what the schema is counted against */
    /* What the header says: */
    struct schema *schema; /* a new one; null if something is wrong */
    unsigned char tag[8];  /* of its rows */
    struct binary_carry_place by, members[ROW_MEMBERS];
};

/* Read TEXT, the JSON of a header whose stride is STRIDE. FAULT_NONE; STATUS_UNREADABLE,
 * STATUS_QUOTA or STATUS_NO_MEMORY. */
struct fault binary_header_read(struct binary_header *header, struct span text, size_t stride)
    __attribute__((warn_unused_result));

#endif
