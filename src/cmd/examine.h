/*
 * examine: --survey: records in, a report on their paths out, messages on standard error.
 */
#ifndef WHORL_CMD_EXAMINE_H
#define WHORL_CMD_EXAMINE_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"

/* Run --survey by OPTIONS: read the files, and write the report, unless there was trouble: with
 * --catalog on the one of CATALOGS. SEED is that of tables that records fill. */
void examine_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                 struct diag *diag);

#endif
