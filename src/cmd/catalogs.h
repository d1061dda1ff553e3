/*
 * catalogs: the catalogs that the command line names, built in or read from files.
 */
#ifndef WHORL_CMD_CATALOGS_H
#define WHORL_CMD_CATALOGS_H

#include "base/arena.h"
#include "base/buf.h"
#include "cmd/diag.h"
#include "cmd/options.h"

struct catalog;

struct catalogs {
    const struct catalog **items;
    size_t count;
    struct buf *texts; /* of those that are files, then of files that they include */
    struct arena arena;
};

/* Is the catalog NAME a file? Without '/' and '.' it is built in. */
bool catalogs_is_file(const char *name);

/* Read the file NAME into TEXT. Room in ARENA for the catalog that it is compiled to; null after a
 * message. */
struct catalog *catalogs_slurp(const char *name, struct buf *text, struct arena *arena,
                               struct diag *diag);

/* Warn of what looks wrong in CATALOG, from the file NAME. */
void catalogs_warn(const char *name, const struct catalog *catalog);

/* Read COUNT catalogs. False after a message. catalogs_free() gives back what it took, also
 * then. */
bool catalogs_read(struct catalogs *catalogs, const struct options_catalog *names, size_t count,
                   struct diag *diag) __attribute__((warn_unused_result));
void catalogs_free(struct catalogs *catalogs);

/* Has one of CATALOGS the library whose id OPTIONS select, or any library if ids are verified? False
 * after a message. */
bool catalogs_check_libraries(const struct catalogs *catalogs, const struct options *options,
                              struct diag *diag) __attribute__((warn_unused_result));

/* Append the text of the built-in catalog NAME, as its file has it; if NAME is null, a line for
 * each of them: name, version, digest and number of rows, with one tab between. False after a
 * message. */
bool catalogs_show(const char *name, struct buf *out, struct diag *diag);

#endif
