/*
 * block: a source as blocks of whole lines.
 *
 * A block ends after an LF, at the end of the source, or inside a line that is longer than a record
 * may be. So the longest record bounds the memory, and a longer line is spread over blocks. Bytes
 * after the last LF stay in their block until the next block is filled, which begins with them.
 */
#ifndef WHORL_STREAM_BLOCK_H
#define WHORL_STREAM_BLOCK_H

#include "stream/decompress.h"

/* A block grows to hold the longest record. The fuzzers are built with small blocks, so that little
 * input fills many. */
#ifndef BLOCK_SIZE
#define BLOCK_SIZE ((size_t)1 << 20)
#endif

struct block {
    unsigned char *bytes;
    size_t size; /* bytes that there is room for */
    size_t n;    /* bytes of the lines */
    size_t read; /* bytes that came from the source when it was filled */
    bool first;  /* it is at the beginning of the source */
    bool inside; /* it begins inside a line that is too long to be a record */
};

/* The state between the blocks of a source. */
struct blocks {
    size_t limit;             /* of a record, in bytes */
    const struct block *last; /* the last one filled; from `at` on it has */
    size_t at, n;             /* the N bytes of a line that is not complete */
    bool begun;               /* there was a block */
    bool inside;              /* the same of the next block */
};

/* A block without lines. False when memory is out. */
bool block_init(struct block *block) __attribute__((warn_unused_result));
void block_free(struct block *block);

/* Begin a source, whose records are at most LIMIT bytes long. */
void blocks_init(struct blocks *blocks, size_t limit);

enum block_event {
    BLOCK_FULL, /* more may be available without waiting */
    BLOCK_PART, /* these are all lines that are available without waiting */
    BLOCK_WAIT, /* SOURCE is nonblocking, and no complete line is there yet; call again */
    BLOCK_END,  /* the source ends with these lines, if any */
};

/* Fill BLOCK with the next lines from SOURCE, through DECOMPRESS, reading about ROOM bytes. Waits
 * only for the first line, and not at all if SOURCE is nonblocking. If the source fails, it is at
 * its end, *FAULT says why, and an incomplete line is dropped; otherwise *FAULT is FAULT_NONE. */
enum block_event block_fill(struct block *block, size_t room, struct blocks *blocks,
                            struct decompress *decompress, struct source *source,
                            struct fault *fault) __attribute__((warn_unused_result));

#endif
