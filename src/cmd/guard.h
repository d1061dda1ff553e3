/*
 * guard: files that the run makes, or empties, and that must not be among its inputs.
 *
 * To empty or replace an input would lose it; to make an input that is missing would hide that.
 * What is known when the run begins is checked then, before anything is read or emptied: the
 * operands, the catalogs, the file of names. The names in that file are not known yet, so each
 * input is checked again when it is opened.
 */
#ifndef WHORL_CMD_GUARD_H
#define WHORL_CMD_GUARD_H

#include "cmd/diag.h"
#include "cmd/options.h"
#include "stream/atomic_file.h"

#define GUARD_FILES 3 /* the statistics, the dictionary, the rejects */

struct guard_file {
    const char *path;
    const struct atomic_file *output; /* once it is open */
    bool met;                    /* an input was this file */
    char message[80];
};

struct guard {
    const struct options *options;
    struct guard_file files[GUARD_FILES];
    size_t count;
};

/* Nothing is guarded yet. OPTIONS must last. */
void guard_init(struct guard *guard, const struct options *options);

/* From now on guard PATH, the file of OUTPUT, which may be opened later; USE says what it is for.
 * False after a message if it is already known as an input. */
bool guard_add(struct guard *guard, const char *path, const char *use,
               const struct atomic_file *output, struct diag *diag)
    __attribute__((warn_unused_result));

/* The guarded file that the input NAME is, noted as met; null for none. FD is the input's, or -1
 * if it could not be opened. */
const struct guard_file *guard_check(struct guard *guard, const char *name, int fd);

/* Was an input the file of OUTPUT? */
bool guard_met(const struct guard *guard, const struct atomic_file *output);

#endif
