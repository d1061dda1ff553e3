/*
 * binary_header: what a binary file says of itself, as JSON.
 */
#ifndef WHORL_FORMAT_BINARY_HEADER_H
#define WHORL_FORMAT_BINARY_HEADER_H

#include "base/buf.h"
#include "format/binary_layout.h"

/* Append {"producer","catalog","digest","unicode","columns","groups","signals"}. A column is
 * {"name","offset","type","count"}, one for each field of a row, in order. Its type is u8, u16,
 * u32, u64, i64, f64, or xxh3: a u64 that is XXH3-64 of a JSON text. A fact or carried member
 * has "bit" besides, its bit in the column "bitmap". */
void binary_header_put(struct buf *out, const struct binary_layout *layout,
                       const struct catalog *catalog, struct span producer);

#endif
