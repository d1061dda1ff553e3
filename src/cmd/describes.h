/*
 * describes: --describe.
 */
#ifndef WHORL_CMD_DESCRIBES_H
#define WHORL_CMD_DESCRIBES_H

struct catalogs;
struct diag;
struct options;

/* Write the layout of the output that OPTIONS would give, with the one catalog of CATALOGS. */
void describes_run(const struct options *options, const struct catalogs *catalogs,
                   struct diag *diag);

#endif
