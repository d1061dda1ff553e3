/*
 * split: cuts a block into lines.
 */
#ifndef WHORL_STREAM_SPLIT_H
#define WHORL_STREAM_SPLIT_H

#include <stdint.h>

#include "stream/block.h"

/* A line of the input. Its bytes belong to the block. */
struct split_line {
    struct span text; /* without its LF, the CR before it, and a BOM at the file's start */
    struct span raw;  /* with all of that; the last line may have no LF */
    size_t skipped;   /* bytes before text: 3 for a BOM, else 0 */
    uint64_t number;  /* 1-based within the block; blank lines count */
};

enum split_event {
    SPLIT_LINE, /* *line is a line that is not blank */
    SPLIT_LONG, /* *line is a line that is longer than the limit, or its beginning */
    SPLIT_REST, /* line->raw continues a line of the block before; text is empty */
    SPLIT_END,  /* no line is left */
};

struct split {
    struct span left; /* of the block */
    size_t limit;     /* of a record */
    uint64_t lines;   /* lines begun so far */
    bool first;       /* the block is at the beginning of the source */
    bool inside;      /* the rest of a long line comes next */
};

/* Begin with the lines of BLOCK; a record is at most LIMIT bytes long. */
void split_init(struct split *split, const struct block *block, size_t limit);

/* Set all of LINE but its number from the bytes RAW, which may have an LF only at their end. FIRST:
 * the source begins with it. */
void split_cut(struct split_line *line, struct span raw, bool first);

/* The number of bytes at the beginning of TEXT that are white space of blank lines. */
size_t split_blanks(struct span text);

/* The number of lines that begin in BLOCK: as many as split->lines is after the last one. */
uint64_t split_count(const struct block *block);

/* The next line. */
enum split_event split_next(struct split *split, struct split_line *line);

#endif
