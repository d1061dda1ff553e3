/*
 * stages: what compile.c runs, in this order (catalog.h). Each is false after it has refused
 * the catalog in the draft's fault, unless said otherwise.
 */
#ifndef WHORL_CATALOG_STAGES_H
#define WHORL_CATALOG_STAGES_H

#include <stdbool.h>

struct draft;
struct hash128;
struct line;

/* Read one line: a directive, which begins with @; or a row, or a further pointer of one. */
bool directives_read(struct draft *draft, const struct line *line);
bool rows_read(struct draft *draft, const struct line *line);

/* After the last line: have what no catalog is without. */
bool directives_finish(struct draft *draft);

/* Have each name of a row once, and set the identities of rows. */
bool rows_finish(struct draft *draft);

/* Set which excludes each row is under. */
bool excludes_match(struct draft *draft);

/* Put what the draft has into its catalog, with the trie. False when memory is, or was, out;
 * the fault is not set. */
bool assemble_catalog(struct draft *draft);

/* The digest of the assembled catalog. False when memory is out; the fault is not set. */
bool digest_catalog(struct draft *draft, struct hash128 *digest);

#endif
