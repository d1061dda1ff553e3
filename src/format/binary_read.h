/*
 * binary_read: the binary output that binary.h writes, read back.
 *
 * Bytes are handed in as they come; nothing is read here. Offsets are taken from the header,
 * so that rows of later versions of the format are read too. Files that follow one another are
 * read as one, each by its own header.
 */
#ifndef WHORL_FORMAT_BINARY_READ_H
#define WHORL_FORMAT_BINARY_READ_H

#include "format/row.h"

enum binary_event {
    BINARY_ROW,    /* *row is one */
    BINARY_HUNGRY, /* more bytes are needed: reader's `need` in all */
    BINARY_FAULT,  /* something is wrong, as *fault says */
};

struct binary_reader;

/* A reader that looks for the carried members that NAMES says; the caller keeps the names
 * themselves. A file whose rows carry no member of a name in NAMES is not read. SEED and QUOTA as
 * in names_init(). Null when memory is out. */
struct binary_reader *binary_reader_new(const struct row_names *names, uint64_t seed,
                                        struct quota *quota)
    __attribute__((warn_unused_result));
void binary_reader_free(struct binary_reader *reader);

/* Begin with the first byte of an input; schemas stay. */
void binary_reader_reset(struct binary_reader *reader);

/* Does an input that begins with BYTES, at least 8 if it has them, have the format? */
bool binary_reader_knows(struct span bytes);

/* Read what HAVE begins with. *USED becomes the number of its bytes that are done; with
 * BINARY_HUNGRY, *NEED becomes the number of bytes needed in all. ROW and its spans are valid until
 * the next call and as long as HAVE is. */
enum binary_event binary_read(struct binary_reader *reader, struct span have, size_t *used,
                              size_t *need, struct row *row, struct fault *fault)
    __attribute__((warn_unused_result));

/* The input ends with REST bytes that binary_read() did not take: is it complete? */
struct fault binary_read_end(const struct binary_reader *reader, size_t rest);

#endif
