/*
 * compare: --diff: outputs in, a report out, messages on standard error.
 */
#ifndef WHORL_CMD_COMPARE_H
#define WHORL_CMD_COMPARE_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"

/* Run --diff by OPTIONS, with CATALOGS: compare the files and write the report. The status of DIAG
 * becomes DIAG_REJECTS if they differ. */
void compare_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                 struct diag *diag);

#endif
