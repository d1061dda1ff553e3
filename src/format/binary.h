/*
 * binary: vectors as rows of one size, whorl-vector(5).
 *
 * The file is blocks of `stride` bytes: a header, a block a row, an end. The first 8 bytes of
 * a block say which of them it is: a header's or the end's mark, or the tag of the catalog.
 * So files can be concatenated and cut between blocks, and rows alone are ClickHouse's
 * RowBinary. Integers are little-endian; tag, key and ids are bytes in the order of their hex
 * digits. The header names every field of a row, so that readers need to know no offset.
 */
#ifndef WHORL_FORMAT_BINARY_H
#define WHORL_FORMAT_BINARY_H

#include "format/binary_layout.h"
#include "vector/passthrough.h"
#include "vector/vector.h"

/* The texts that vector_make() must keep for a row. */
#define BINARY_TEXTS VECTOR_FACTS

/* Append the header's blocks, which name PRODUCER as what writes the rows. Whether memory ran
 * out is for OUT to say, here and below. */
void binary_put_header(struct buf *out, const struct binary_layout *layout,
                       const struct catalog *catalog, struct span producer);

/* Append the row of VECTOR; facts that are private are absent unless REVEAL. */
void binary_put(struct buf *out, const struct binary_layout *layout,
                const struct passthrough *passthrough, const struct vector *vector,
                bool reveal);

/* Append the end block, for ROWS rows since the header that have the XXH3-128 HASH together. */
void binary_put_end(struct buf *out, const struct binary_layout *layout, uint64_t rows,
                    struct hash128 hash);

#endif
