/*
 * split: a block as lines.
 */
#ifndef WHORL_STREAM_SPLIT_H
#define WHORL_STREAM_SPLIT_H

#include <stdint.h>

#include "stream/block.h"

/* A line of the input. Its bytes are the block's. */
struct split_line {
    struct span text; /* without its LF, the CR before it, and a BOM at the file's start */
    struct span raw;  /* with all of that; the last line may have no LF */
    size_t skipped;   /* bytes before text: 3 for a BOM, else 0 */
    uint64_t number;  /* 1-based within the block; blank lines count */
};

enum split_event {
    SPLIT_LINE, /* *line is a line that is not blank */
    SPLIT_LONG, /* *line is a line that is longer than the limit, or the beginning of it */
    SPLIT_REST, /* line->raw goes on with a line of the block before, and text is nothing */
    SPLIT_END,  /* no line is left */
};

struct split {
    struct span left; /* of the block */
    size_t limit;     /* of a record */
    uint64_t lines;   /* that have begun */
    bool first;       /* the block begins where the source does */
    bool inside;      /* what comes next is the rest of a long line */
};

/* Begin with the lines of BLOCK; a record is at most LIMIT bytes long. */
void split_init(struct split *split, const struct block *block, size_t limit);

/* Cut the line of the bytes RAW, an LF at most at their end, but for its number. FIRST: a
 * source begins with it. */
void split_cut(struct split_line *line, struct span raw, bool first);

/* How many bytes of the white space that makes a blank line TEXT begins with. */
size_t split_blanks(struct span text);

/* The next line. */
enum split_event split_next(struct split *split, struct split_line *line);

#endif
