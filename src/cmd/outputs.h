/*
 * outputs: where the command line sends each catalog's vectors, and the dictionary.
 */
#ifndef WHORL_CMD_OUTPUTS_H
#define WHORL_CMD_OUTPUTS_H

#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"
#include "filter/pipeline.h"
#include "stream/atomic_file.h"

struct outputs_item; /* one output */

struct outputs {
    struct outputs_item *items;
    size_t count;
    struct plan_target *targets; /* one for each catalog */
    size_t target_count;
    size_t dictionary; /* as in struct plan */
};

/* Open what OPTIONS name for the vectors of CATALOGS, which were read with SEED. False after a
 * message. outputs_close() must follow in either case. */
bool outputs_open(struct outputs *outputs, const struct options *options,
                  const struct catalogs *catalogs, uint64_t seed, struct diag *diag)
    __attribute__((warn_unused_result));

/* Open what OPTIONS name for a report; there are no targets. As above. */
bool outputs_open_report(struct outputs *outputs, const struct options *options,
                         struct diag *diag) __attribute__((warn_unused_result));

/* Where the report goes. */
struct atomic_file *outputs_report(const struct outputs *outputs);

/* Does the environment allow colours, by NO_COLOR and TERM? */
bool outputs_coloured(void);

/* Write out the headers; then answer signals by WAIT, which must last. False after a message. */
bool outputs_begin(struct outputs *outputs, const struct signal_wait *wait,
                   struct diag *diag)
    __attribute__((warn_unused_result));

/* Write BUFS, one for each output, filled by pipeline_run(), without lines of the dictionary that
 * were written before. False after a message. */
bool outputs_send(struct outputs *outputs, struct buf *const *bufs, struct diag *diag)
    __attribute__((warn_unused_result));

/* Where the dictionary goes; there must be one. */
const struct atomic_file *outputs_dictionary(const struct outputs *outputs);

/* Is PATH where one of the outputs goes? Then there is a message. */
bool outputs_clash(const struct outputs *outputs, const char *path, struct diag *diag);

/* Report that two outputs go to PATH. */
void outputs_trouble_clash(const char *path, struct diag *diag);

/* Is the output number I a terminal? */
bool outputs_terminal(const struct outputs *outputs, size_t i);

/* The name of PATH in messages. */
const char *outputs_label(const char *path);

/* Does the descriptor FD read what one of the outputs will write? */
bool outputs_share(const struct outputs *outputs, int fd);

/* Does it read what one of the outputs has written? */
bool outputs_feed(const struct outputs *outputs, int fd);

/* The run does not begin: write nothing, not even a header. */
void outputs_drop(struct outputs *outputs);

/* Finish all outputs, and name the files among them; but if there was trouble in the run, or
 * is now, no file is made or replaced, and no end block says that rows are complete. */
void outputs_close(struct outputs *outputs, struct diag *diag);

#endif
