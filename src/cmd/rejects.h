/*
 * rejects: what happens to a line that is not a record: a message, a count, and a copy of it.
 */
#ifndef WHORL_CMD_REJECTS_H
#define WHORL_CMD_REJECTS_H

#include "cmd/diag.h"
#include "cmd/guard.h"
#include "cmd/options.h"
#include "cmd/reject_messages.h"
#include "filter/pipeline.h"
#include "stream/atomic_file.h"
#include "stream/split.h"

struct rejects {
    const struct plan *plan;
    const struct guard *guard;
    const char *path; /* of the file for their lines; null for none */
    struct atomic_file output;
    bool open;       /* the output is */
    bool unfinished; /* the line written last has no LF */
    struct stats *stats;
    struct diag *diag;
    struct reject_messages runs;
};

/* Open the file that OPTIONS name and add it to GUARD. It is emptied; but with --files0-from it is
 * replaced at the end, because until then each name may be that of the file itself. False after a
 * message; else rejects_close() must follow. */
bool rejects_open(struct rejects *rejects, const struct options *options, struct guard *guard,
                  const struct plan *plan, struct stats *stats, struct diag *diag)
    __attribute__((warn_unused_result));

/* LINE of FILE is a reject for FAULT: report it, count it, and write its bytes as they are. False
 * after a message if they cannot be written. */
bool rejects_add(struct rejects *rejects, const char *file, const struct split_line *line,
                 struct fault fault);

/* The next message is of another file, or not of a line: end the run of rejects before it. */
void rejects_end_run(struct rejects *rejects);

/* A further piece of the line added last; it may be nothing. */
bool rejects_add_rest(struct rejects *rejects, struct span raw);

/* Write out what is held back. False after a message. */
bool rejects_flush(struct rejects *rejects);

/* Close the file. If there are more rejects than MOST allows, the status of DIAG becomes at least
 * DIAG_REJECTS. */
void rejects_close(struct rejects *rejects, const struct diff_tolerance *most);

#endif
