/*
 * stages: what compile.c runs, in this order (catalog.h). Unless said otherwise, each returns false
 * after it has put a fault into the draft.
 */
#ifndef WHORL_CATALOG_STAGES_H
#define WHORL_CATALOG_STAGES_H

#include <stdbool.h>

struct catalog;
struct draft;
struct hash128;
struct line;

/* Read one line: a directive, which begins with @, a row, or a further pointer of a row. */
bool directives_read(struct draft *draft, const struct line *line);
bool rows_read(struct draft *draft, const struct line *line);

/* Read a line of @pairs or @json. */
bool reshapes_read_pairs(struct draft *draft, const struct line *line);
bool reshapes_read_json(struct draft *draft, const struct line *line);

/* Read a line of @sketch. */
bool sketches_read(struct draft *draft, const struct line *line);

/* Read a further pointer of the @id or @carry that owns it: a line of two cells, the first empty. */
bool directives_read_further(struct draft *draft, const struct line *line);

/* Note for the digest that the catalog INCLUDED is included. */
bool directives_note_include(struct draft *draft, const struct catalog *included);

/* After the last line: require what every catalog must have. */
bool directives_finish(struct draft *draft);

/* Refuse a row's name that occurs twice, and set the identities of rows. */
bool rows_finish(struct draft *draft);

/* Set which excludes each row is under. */
bool excludes_match(struct draft *draft);

/* Require that each @sketch is of a group that a row has. */
bool sketches_finish(struct draft *draft);

/* Move what the draft has into its catalog, with the trie. False when memory is, or was, out; the
 * fault is not set. */
bool assemble_catalog(struct draft *draft);

/* The digest of the assembled catalog. False when memory is out; the fault is not set. */
bool digest_catalog(struct draft *draft, struct hash128 *digest);

#endif
