/*
 * feed: the files of a run, in turn, as batches.
 */
#ifndef WHORL_CMD_FEED_H
#define WHORL_CMD_FEED_H

#include "cmd/inputs.h"
#include "cmd/outputs.h"
#include "cmd/progress.h"
#include "run/batch.h"

struct feed {
    struct inputs inputs;
    size_t next;  /* of them, to open */
    bool open;    /* the one before is: */
    bool checked; /* to be no output */
    struct source source;
    struct blocks blocks;
    struct decompress *decompress;
    size_t read;  /* bytes since FEED_FULL was given last */
    size_t limit; /* of a record */
    const struct outputs *outputs;
    struct progress *progress;
};

/* Read the names that OPTIONS give; OUTPUTS are not to be read, and PROGRESS, which has begun,
 * is shown to who asks while there is nothing to read. False after a message. feed_free() must
 * follow in either case. */
bool feed_init(struct feed *feed, const struct options *options, const struct outputs *outputs,
               struct progress *progress, struct diag *diag)
    __attribute__((warn_unused_result));
void feed_free(struct feed *feed);

enum feed_event {
    FEED_FULL, /* there may be more at once */
    FEED_PART, /* for what comes next somebody may have to wait */
    FEED_WAIT, /* somebody has to wait for this already, but must not */
    FEED_END,  /* there is nothing any more */
};

/* Fill BATCH, or at FEED_WAIT and FEED_END do not. Only if WAIT may this take time, show
 * progress or read what an output has written. */
enum feed_event feed_fill(struct feed *feed, struct batch *batch, bool wait)
    __attribute__((warn_unused_result));

#endif
