/*
 * options_row: the table of options, which the parser and the help text are made from.
 */
#ifndef WHORL_CMD_OPTIONS_ROW_H
#define WHORL_CMD_OPTIONS_ROW_H

#include "cmd/options.h"

/* What an option does with its argument (null if it has none); false after a message. */
typedef bool options_apply(struct options *options, const char *argument, struct diag *diag);

struct options_row {
    const char *name;
    char letter;          /* 0 for none */
    const char *argument; /* null for none; "[=NAME]" if it may be left out */
    const char *help;     /* one line each */
    unsigned modes;       /* a set of enum options_mode */
    options_apply *apply;
};

/* Read ARGUMENT as a number of bytes, from LEAST to 1024G: a whole number, and K, M, G (powers of
 * 1024) or nothing. False if it is not one. */
bool options_bytes(const char *argument, size_t least, size_t *bytes)
    __attribute__((warn_unused_result));

options_apply options_set_cache_memory;

/* Options of --diff. */
options_apply options_diff_set, options_diff_set_by, options_diff_set_map,
    options_diff_set_ignore, options_diff_set_expect, options_diff_set_quiet,
    options_diff_set_memory, options_diff_set_population;

/* Options of --match. */
options_apply options_match_set, options_match_set_index, options_match_set_threshold,
    options_match_set_truth;

/* Do the options and files of --diff, or of --match, go together? Null, or what is wrong. */
const char *options_diff_check(const struct options *options);
const char *options_match_check(const struct options *options);

/* --describe. The check prints its own message; true in other modes. */
options_apply options_describe_set;
bool options_describe_check(const struct options *options, struct diag *diag);

/* All options, in the manual's order. */
#define OPTIONS_ROWS 43
extern const struct options_row options_table[OPTIONS_ROWS];

/* Append the catalog that the first LENGTH bytes of NAME name, whose vectors go to OUTPUT (null if
 * nothing is said); options->catalogs must have room. False after a message. */
bool options_add_catalog(struct options *options, const char *name, size_t length,
                         const char *output, struct diag *diag);

#endif
