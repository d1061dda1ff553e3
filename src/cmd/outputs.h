/*
 * outputs: where the command line sends each catalogue's vectors, and the dictionary.
 */
#ifndef WHORL_CMD_OUTPUTS_H
#define WHORL_CMD_OUTPUTS_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"
#include "run/pipeline.h"
#include "stream/output.h"

struct outputs_item; /* one output */

struct outputs {
    struct outputs_item *items;
    size_t count;
    struct buf **bufs;           /* theirs, for pipeline_run() */
    struct plan_target *targets; /* one a catalogue */
    size_t target_count;
    size_t dictionary; /* as in struct plan */
};

/* Open what OPTIONS name for the vectors of CATALOGS, and write the headers. False after a
 * message. outputs_close() must follow in either case. */
bool outputs_open(struct outputs *outputs, const struct options *options,
                  const struct catalogs *catalogs, struct diag *diag)
    __attribute__((warn_unused_result));

/* After each record: write out what has become much. False after a message. */
bool outputs_relieve(struct outputs *outputs, struct diag *diag)
    __attribute__((warn_unused_result));

/* Write out everything. False after a message. */
bool outputs_flush(struct outputs *outputs, struct diag *diag)
    __attribute__((warn_unused_result));

/* Is PATH where one of the outputs goes? Then there is a message. */
bool outputs_clash(const struct outputs *outputs, const char *path, struct diag *diag);

/* What is said of PATH in messages. */
const char *outputs_label(const char *path);

/* Is what the descriptor FD reads what one of the outputs writes? */
bool outputs_feed(const struct outputs *outputs, int fd);

/* The run does not begin: nothing is to be written, not even a header. */
void outputs_drop(struct outputs *outputs);

/* Finish all outputs, and name the files among them; but if there was trouble in the run, or
 * is now, no file is made or replaced, and no end block says that rows are complete. */
void outputs_close(struct outputs *outputs, struct diag *diag);

#endif
