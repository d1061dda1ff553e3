/*
 * arrow_message: the messages of an Arrow IPC stream, as Message.fbs and Schema.fbs of Apache Arrow
 * have them, of the metadata version V5.
 *
 * A message is FF FF FF FF, the length of its metadata, u32, the metadata, which is a FlatBuffer,
 * and a body. All of them have multiples of 8 bytes.
 */
#ifndef WHORL_FORMAT_ARROW_MESSAGE_H
#define WHORL_FORMAT_ARROW_MESSAGE_H

#include "format/arrow_layout.h"

/* What follows the last message. */
#define ARROW_END_MARK "\xFF\xFF\xFF\xFF\0\0\0"
#define ARROW_END      8 /* bytes of it, with the NUL of C */

/* Append the message that says what columns there are. Its own metadata says what the header of
 * binary output says. OUT says whether memory ran out. */
void arrow_message_put_schema(struct buf *out, const struct arrow_layout *layout,
                              struct span producer);

/* A message for a batch of rows: places in OUT that its body is to fill. */
struct arrow_message {
    size_t length;  /* i64: bytes of the body */
    size_t nodes;   /* for each array two i64: its length, and how many of it are null */
    size_t buffers; /* for each buffer two i64: where it is in the body, and its length */
    size_t body;    /* the first byte */
};

/* Append the metadata for ROWS rows. The body must follow it in OUT. */
void arrow_message_put_batch(struct buf *out, const struct arrow_layout *layout, uint64_t rows,
                             struct arrow_message *message);

#endif
