/*
 * flatbuffer: tables in the encoding of FlatBuffers, in which Arrow writes what its messages say.
 *
 * A table is written before what it leads to. Offsets are unsigned and lead forward, so a place for
 * one is left open, and linked once its target is written. Integers are little-endian and aligned to
 * their size, counted from the first byte. The standard: "FlatBuffers Internals", flatbuffers.dev.
 */
#ifndef WHORL_FORMAT_FLATBUFFER_H
#define WHORL_FORMAT_FLATBUFFER_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* As with a buf, failure is remembered: after it, functions do nothing. Places are positions in
 * OUT. */
struct flatbuffer {
    struct buf *out;
    size_t begin; /* where the first byte is in OUT */
};

/* A field of a table: an integer of SIZE bytes; with size 0 it is left out, and a reader takes the
 * default of the schema. An offset has 4 bytes and the value 0. */
struct flatbuffer_field {
    unsigned char size; /* 0, 1, 2, 4 or 8 */
    uint64_t value;
};
#define FLATBUFFER_OFFSET {4, 0}

#define FLATBUFFER_FIELDS 8 /* of a table, at most */

/* Begin in OUT, with an open place for the offset of the root table: the first byte. */
void flatbuffer_begin(struct flatbuffer *buffer, struct buf *out);

/* Append a table of COUNT fields, in the order of the schema. If PLACES is not null, the place of
 * field i becomes PLACES[i]. Returns where the table is. */
size_t flatbuffer_put_table(struct flatbuffer *buffer, const struct flatbuffer_field *fields,
                            size_t count, size_t *places);

/* Append a string; an array of COUNT offsets, the first one at 4 bytes after where it is; an array
 * of COUNT zeroed structs of SIZE bytes, which are aligned to 8 and begin 4 bytes after where it is.
 * Each returns where it is. */
size_t flatbuffer_put_string(struct flatbuffer *buffer, struct span text);
size_t flatbuffer_put_offsets(struct flatbuffer *buffer, size_t count);
size_t flatbuffer_put_structs(struct flatbuffer *buffer, size_t count, size_t size);

/* Let the offset at PLACE lead to TARGET, which comes after it. */
void flatbuffer_link(struct flatbuffer *buffer, size_t place, size_t target);

/* Append zeros up to a multiple of 8 bytes, counted from the first one. */
void flatbuffer_end(struct flatbuffer *buffer);

#endif
