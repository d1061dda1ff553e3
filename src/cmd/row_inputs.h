/*
 * row_inputs: what --diff and --match have in common: how outputs are read, and the pairs of --map.
 */
#ifndef WHORL_CMD_ROW_INPUTS_H
#define WHORL_CMD_ROW_INPUTS_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"
#include "format/ndjson_read.h"

struct arena;
struct catalog_pair;
struct pointer;
struct quota;

/* How lines are read, by CATALOGS; what is kept of them counts against QUOTA. SEED is that of the
 * tables that they fill. */
struct ndjson_read_plan row_inputs_plan(const struct catalogs *catalogs, uint64_t seed,
                                        struct quota *quota);

/* The carried member that binary rows have for POINTER, by its name. They have no other members:
 * for another pointer this is a name that none has. */
struct span row_inputs_carried(const struct pointer *pointer);

/* The pairs of --map, whose texts are on the command line, in ARENA. False after a message. */
bool row_inputs_pairs(const struct catalog_pair **pairs, size_t *count,
                      const struct options *options, struct arena *arena, struct diag *diag)
    __attribute__((warn_unused_result));

/* An input has a fault, so that what comes of it may be incomplete: report WHAT is wrong with PATH
 * at LINE and COLUMN, or, if it is BINARY, at row LINE. CONTEXT is the diag, whose status becomes
 * DIAG_TROUBLE. */
void row_inputs_fault(void *context, const char *path, bool binary, uint64_t line,
                      uint64_t column, const char *what);

/* The directory for temporary files. */
const char *row_inputs_directory(void);

/* The largest window of compressed inputs, as decompress_new(). */
int row_inputs_window(const struct options *options);

#endif
