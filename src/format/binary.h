/*
 * binary: vectors as rows of one size, whorl-vector(5).
 *
 * The file is blocks of the layout's stride: a header, a block for each row, an end. The first
 * 8 bytes of a block say which of these it is: the mark of a header or end, or the tag of the
 * catalog. So files can be concatenated and cut between blocks, and rows alone are ClickHouse's
 * RowBinary. Integers are little-endian; tag, key and ids are bytes in the order of their hex
 * digits. The header names every column, so that readers need to know no offset. The end has
 * the number of rows since the header and their XXH3-128.
 */
#ifndef WHORL_FORMAT_BINARY_H
#define WHORL_FORMAT_BINARY_H

#include "format/writer.h"

struct binary_layout;

/* A row has everything but texts, unless the options ask for those of facts; facts that are private are absent unless they are
 * revealed. */
extern const struct writer binary_writer;

/* Make the layout of its rows of CATALOG by OPTIONS, as binary_layout_make() does. */
bool binary_make_layout(struct binary_layout *layout, const struct writer_options *options,
                        const struct catalog *catalog) __attribute__((warn_unused_result));

#endif
