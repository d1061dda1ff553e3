/*
 * split: a source as lines.
 *
 * Memory is bounded by the longest record allowed: a longer line is given in pieces as it is
 * read. Reading happens only in split_fill(), so that the caller can first send off what it
 * holds when there is no whole line left and reading may have to wait.
 */
#ifndef WHORL_STREAM_SPLIT_H
#define WHORL_STREAM_SPLIT_H

#include <stdint.h>

#include "base/span.h"
#include "stream/decompress.h"

/* A line of the input. Its bytes stay until the next split_fill(). */
struct split_line {
    struct span text; /* without its LF, the CR before it, and a BOM at the file's start */
    struct span raw;  /* with all of that; the last line may have no LF */
    size_t skipped;   /* bytes before text: 3 for a BOM, else 0 */
    uint64_t number;  /* 1-based; blank lines count */
};

enum split_event {
    SPLIT_LINE,   /* *line is a line that is not blank */
    SPLIT_LONG,   /* *line is the beginning of a line that is longer than the limit */
    SPLIT_REST,   /* line->raw is a further piece of that line, and text is nothing */
    SPLIT_HUNGRY, /* no whole line is left: call split_fill() */
    SPLIT_END,    /* no line is left and the source is at its end */
};

struct split {
    unsigned char *bytes;
    size_t size;       /* of bytes */
    size_t start, end; /* what is in it and not yet given */
    size_t scanned;    /* from start on, bytes known to hold no LF */
    size_t limit;      /* of a record */
    uint64_t lines;    /* that have begun */
    bool resting;      /* the rest of a long line is to come */
    bool ended;        /* the source has */
};

/* Begin with no source; LIMIT is the longest record in bytes. False when memory is out. */
bool split_init(struct split *split, size_t limit) __attribute__((warn_unused_result));
void split_free(struct split *split);

/* Forget what is left and begin at line 1. */
void split_reset(struct split *split);

/* The next line that is in memory whole. */
enum split_event split_next(struct split *split, struct split_line *line);

/* Read once from SOURCE through DECOMPRESS. Null, or what is wrong: then no line that is not
 * whole is a line. */
const char *split_fill(struct split *split, struct decompress *decompress,
                       struct source *source) __attribute__((warn_unused_result));

#endif
