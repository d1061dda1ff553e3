/*
 * options: the command line.
 */
#ifndef WHORL_CMD_OPTIONS_H
#define WHORL_CMD_OPTIONS_H

#include "cmd/diag.h"
#include "record/validate.h"

enum options_action { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_VERSION };

struct options {
    enum options_action action;
    const char **catalogs; /* --catalog, in order; at least one */
    size_t catalog_count;
    unsigned members; /* --select: a set of ndjson_member bits */
    bool reveal;
    struct limits limits;
    bool verbose;
    char *const *files; /* operands; "-" alone if there is none */
    size_t file_count;
};

/* Read the command line. False after a message about what is wrong with it, the option and
 * its value named. options_free() gives back what it took. */
bool options_read(struct options *options, int argc, char *const *argv, struct diag *diag)
    __attribute__((warn_unused_result));
void options_free(struct options *options);

/* Append the help text. */
void options_help(struct buf *out);

#endif
