/*
 * filter: files in, vectors on standard output, messages on standard error.
 */
#ifndef WHORL_CMD_FILTER_H
#define WHORL_CMD_FILTER_H

#include "cmd/diag.h"
#include "run/pipeline.h"

/* Read FILES in order ("-" is standard input) and write each record's vectors, in order. A
 * rejected record and a file that cannot be read are told to DIAG, and the others go on; the
 * run ends where output can no longer be written or memory is out. */
void filter_run(const struct plan *plan, char *const *files, size_t count, struct diag *diag);

#endif
