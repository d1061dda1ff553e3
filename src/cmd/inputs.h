/*
 * inputs: the names of the files to read, from the command line or from a file of names.
 */
#ifndef WHORL_CMD_INPUTS_H
#define WHORL_CMD_INPUTS_H

#include "cmd/diag.h"
#include "cmd/options.h"

struct inputs {
    char *const *names;
    size_t count;
    struct buf text; /* of --files0-from, with */
    char **list;     /* its names */
    const struct options *options;
};

/* The operands of OPTIONS, or the names in the file that --files0-from says, each ended by NUL
 * (the last may go without). False after a message. inputs_free() must follow in either case;
 * OPTIONS must last until then. */
bool inputs_read(struct inputs *inputs, const struct options *options, struct diag *diag)
    __attribute__((warn_unused_result));

/* Is the file PATH, which is for USE, one of the inputs, or the file of their names or of a
 * catalog, or where an input is missing? Emptying or replacing it would lose what somebody
 * needs, or hide that it is missing. True after a message. */
bool inputs_clash(const struct inputs *inputs, const char *path, const char *use,
                  struct diag *diag);

void inputs_free(struct inputs *inputs);

#endif
