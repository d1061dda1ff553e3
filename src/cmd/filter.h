/*
 * filter: files in, vectors out, messages on standard error.
 */
#ifndef WHORL_CMD_FILTER_H
#define WHORL_CMD_FILTER_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"

/* Do what OPTIONS say, with CATALOGS that were read with SEED: read the files in order, write
 * each record's vectors, in order, report rejects and keep their lines. A file that cannot be
 * read is reported to DIAG, and the others are read. The run ends early if output cannot be
 * written or memory is out. */
void filter_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                struct diag *diag);

#endif
