/*
 * filter: files in, vectors out, messages on standard error.
 */
#ifndef WHORL_CMD_FILTER_H
#define WHORL_CMD_FILTER_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"

/* Do what OPTIONS say, with CATALOGS that were read with SEED: read the files in order, write
 * each record's vectors, in order, tell and keep what is no record. A file that cannot be
 * read is told to DIAG, and the others go on; the run ends where output can no longer be
 * written or memory is out. */
void filter_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                struct diag *diag);

#endif
