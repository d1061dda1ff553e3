/*
 * binary_read_header: what binary_header.h writes of a file, read back.
 */
#ifndef WHORL_FORMAT_BINARY_READ_HEADER_H
#define WHORL_FORMAT_BINARY_READ_HEADER_H

#include "format/row.h"

/* A plain value of 8 bytes, and its bit in the bitmap. */
struct binary_plain_place {
    bool there;
    uint32_t at, bitmap, bit;
    enum plain type;
};

/* What TEXT, the JSON of a header whose stride is STRIDE, says: a new schema in *SCHEMA, the
 * tag of its rows, and where the carried member BY is. Null, or what is wrong with it; memory
 * may be out. */
const char *binary_header_read(struct span text, size_t stride, struct span by, uint64_t seed,
                               struct schema **schema, unsigned char tag[8],
                               struct binary_plain_place *place)
    __attribute__((warn_unused_result));

#endif
