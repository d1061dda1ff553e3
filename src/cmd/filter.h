/*
 * filter: files in, vectors out, messages on standard error.
 */
#ifndef WHORL_CMD_FILTER_H
#define WHORL_CMD_FILTER_H

#include "cmd/diag.h"
#include "cmd/outputs.h"
#include "run/pipeline.h"

/* Read FILES in order ("-" is standard input) and write each record's vectors to OUTPUTS, in
 * order. A rejected record and a file that cannot be read are told to DIAG, and the others go
 * on; the run ends where output can no longer be written or memory is out. */
void filter_run(const struct plan *plan, struct outputs *outputs, char *const *files,
                size_t count, struct diag *diag);

#endif
