/*
 * options: the command line.
 */
#ifndef WHORL_CMD_OPTIONS_H
#define WHORL_CMD_OPTIONS_H

#include "cmd/diag.h"
#include "diff/expect.h"
#include "json/validate.h"

struct writer;
struct writer_options;

enum options_action { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_VERSION, OPTIONS_SHOW_CATALOG };

#define OPTIONS_JOBS_MAX  256
#define OPTIONS_JOBS_AUTO SIZE_MAX

/* What whorl does; a set of these says where an option belongs. */
enum options_mode {
    OPTIONS_FILTER = 1,
    OPTIONS_DIFF = 2,
    OPTIONS_EXPLAIN = 4,
    OPTIONS_SURVEY = 8,
    OPTIONS_RECORDS = OPTIONS_FILTER | OPTIONS_EXPLAIN | OPTIONS_SURVEY, /* records are read */
    OPTIONS_MATCH = 16,
    OPTIONS_DESCRIBE = 32,
    OPTIONS_ANY = 63
};

/* --diff and what belongs to it */
struct options_diff {
    struct buf map;     /* const char * each: OLD=NEW */
    struct buf ignore;  /* names, separated by commas */
    const char *expect; /* null for none */
    bool quiet;
    bool population; /* --population */
};

/* --match and what belongs to it; the threshold is of --population too */
struct options_match {
    const char *index;     /* null for none */
    int32_t thresholds[2]; /* thousandths of a bit, the lower one first; -5000 and 0 without
                              --threshold */
    bool threshold_given;  /* --threshold was given */
    const char *truth;     /* a JSON pointer; null for none */
};

enum options_when { OPTIONS_AUTO, OPTIONS_ALWAYS, OPTIONS_NEVER };

/* --catalog NAME[=FILE] */
struct options_catalog {
    char *name;         /* a built-in catalog or a file */
    const char *output; /* where its vectors go; null if nothing is said */
};

#define OPTIONS_MEMORY       ((size_t)256 << 20) /* the default of --memory */
#define OPTIONS_CACHE_MEMORY ((size_t)64 << 20)  /* of --cache-memory */

struct options {
    enum options_action action;
    const char *show; /* --show-catalog: the name; null to list them */
    enum options_mode mode;           /* one of them */
    struct options_catalog *catalogs; /* in order; at least one */
    size_t catalog_count;
    bool format;            /* --format was given */
    const struct writer *writer; /* it, or the default */
    bool no_header;         /* bare rows */
    size_t fact_text;       /* --fact-text: bytes; 0 without it */
    const char *output;     /* -o; null for standard output */
    const char *dictionary; /* null for none */
    bool select;            /* --select was given */
    bool select_adds;       /* it adds to the default members */
    unsigned members;       /* it, or the default: a set of ndjson_member bits */
    const char *describe;   /* the format of a description; null for none */
    const char *explain;    /* names of signals, separated by commas; null for none */
    bool reveal;
    struct limits limits;
    const char *rejects; /* where the lines of rejects go; null for nowhere */
    struct diff_tolerance max_rejects; /* of the lines that are not blank; 0 without it */
    bool long_window;        /* --long */
    const char *files0_from; /* null for none */
    bool no_cache;           /* --no-cache */
    size_t cache_memory;     /* --cache-memory: bytes per thread */
    const char *stats;       /* null for none */
    enum options_when progress;
    bool verify;
    bool verbose;
    size_t jobs; /* threads; 0 for one for each processor, or OPTIONS_JOBS_AUTO */
    const char *by;      /* a JSON pointer; null for none */
    const char *time;    /* likewise */
    bool judged;         /* --catalog was given */
    const char *draft;   /* the name of a catalog; null for none */
    size_t memory;       /* --memory: bytes */
    struct options_diff diff; /* map is of --match too */
    struct options_match match;
    char *const *files; /* operands; "-" alone if none is given */
    size_t file_count;
};

/* Read the command line. False after a message about what is wrong with it, the option and
 * its value named. options_free() gives back what it took. */
bool options_read(struct options *options, int argc, char *const *argv, struct diag *diag)
    __attribute__((warn_unused_result));
void options_free(struct options *options);

/* What OPTIONS say to the writer of vectors. */
void options_for_writer(const struct options *options, struct writer_options *writer_options);

/* Append the help text. */
void options_help(struct buf *out);

#endif
