/*
 * feed: the files of a run, in turn, as batches.
 */
#ifndef WHORL_CMD_FEED_H
#define WHORL_CMD_FEED_H

#include "cmd/guard.h"
#include "cmd/inputs.h"
#include "filter/batch.h"
#include "filter/workers.h"

struct outputs;
struct progress;

struct feed {
    struct inputs inputs;
    char *name;   /* of the file that is open, or the next one to open; null for none */
    bool given;   /* a batch of the file has the name, for its delivery */
    bool open;    /* the file is: */
    bool checked; /* to be no output */
    struct source source;
    struct blocks blocks;
    struct decompress *decompress;
    uint64_t lines; /* of the file so far, if the output says where records are from */
    size_t read;  /* bytes since WORKERS_FULL was given last */
    size_t limit; /* of a record */
    const struct outputs *outputs;
    struct guard *guard;
    struct progress *progress;
};

/* Open the file of names, if OPTIONS have one. An input that is one of OUTPUTS, or that GUARD has
 * when feed_fill() is called, is refused. PROGRESS has begun; SIGUSR1 is answered by it while this
 * waits for input. False after a message. feed_free() must follow in either case. */
bool feed_init(struct feed *feed, const struct options *options, const struct outputs *outputs,
               struct guard *guard, struct progress *progress, struct diag *diag)
    __attribute__((warn_unused_result));
void feed_free(struct feed *feed);

/* Fill BATCH, as workers_calls say; the first of a file has its name. Only if WAIT may this take
 * time, show progress, or read what an output has written. */
enum workers_fill feed_fill(struct feed *feed, struct batch *batch, bool wait)
    __attribute__((warn_unused_result));

#endif
