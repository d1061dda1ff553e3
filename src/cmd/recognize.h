/*
 * recognize: --match: outputs in, a decision about each new record out, messages on standard error.
 */
#ifndef WHORL_CMD_RECOGNIZE_H
#define WHORL_CMD_RECOGNIZE_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"

/* Run --match by OPTIONS, with CATALOGS: read what is known, decide about the new records, and write
 * the decisions. The status of DIAG becomes DIAG_REJECTS if records are not used or not decided.
 * SEED is that of tables that records fill. */
void recognize_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                   struct diag *diag);

#endif
