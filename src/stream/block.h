/*
 * block: a source as blocks of whole lines.
 *
 * A block ends after an LF, or at the end of the source, or inside a line that is longer than
 * any record may be: so memory is bounded by the longest record, and a longer line goes from
 * block to block as it is read. What was read after the last LF stays in its block until the
 * next block is filled, which begins with it.
 */
#ifndef WHORL_STREAM_BLOCK_H
#define WHORL_STREAM_BLOCK_H

#include "base/span.h"
#include "stream/decompress.h"

/* A block grows to hold the longest record. The fuzzers are built with small blocks, so that
 * little input is many. */
#ifndef BLOCK_SIZE
#define BLOCK_SIZE ((size_t)1 << 20)
#endif

struct block {
    unsigned char *bytes;
    size_t size; /* that there is room for */
    size_t n;    /* of bytes, the lines */
    size_t read; /* bytes that came from the source when it was filled */
    bool first;  /* it begins where the source does */
    bool inside; /* it begins inside a line that is too long to be a record */
};

/* Where the blocks of a source have got to. */
struct blocks {
    size_t limit;             /* of a record, in bytes */
    const struct block *last; /* filled last; from `at` on it has */
    size_t at, n;             /* so many bytes of a line that is not whole */
    bool begun;               /* there was a block */
    bool inside;              /* as the next one begins */
};

/* A block without lines. False when memory is out. */
bool block_init(struct block *block) __attribute__((warn_unused_result));
void block_free(struct block *block);

/* At the beginning of a source, whose records are at most LIMIT bytes long. */
void blocks_init(struct blocks *blocks, size_t limit);

enum block_event {
    BLOCK_FULL, /* there may be more at once */
    BLOCK_PART, /* these are all the lines for which nobody has to wait */
    BLOCK_WAIT, /* SOURCE is nonblocking, and there is no whole line yet; call again */
    BLOCK_END,  /* with these lines, if any, the source is at its end */
};

/* Fill BLOCK with the next lines from SOURCE, through DECOMPRESS, reading about ROOM bytes.
 * Waits for the first line, unless SOURCE is nonblocking, and for no other. If the source fails,
 * it is at its end and *WHAT says what is wrong, else that is null: then a line that is not whole
 * is no line. */
enum block_event block_fill(struct block *block, size_t room, struct blocks *blocks,
                            struct decompress *decompress, struct source *source,
                            const char **what) __attribute__((warn_unused_result));

#endif
