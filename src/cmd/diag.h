/*
 * diag: messages on standard error, and the exit status they lead to.
 *
 * A message is one line, `whorl: [FILE:[LINE:[COLUMN:]]] WHAT`. What it shows of file names,
 * options and data is escaped (escape.h). No message holds a signal's value.
 */
#ifndef WHORL_CMD_DIAG_H
#define WHORL_CMD_DIAG_H

#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"

/* From good to bad; the worst of a run is its exit status. */
enum diag_status {
    DIAG_OK = 0,      /* every record was written */
    DIAG_REJECTS = 1, /* records were rejected, or state other ids than those of their data */
    DIAG_TROUBLE = 2, /* usage, catalog, input, output or memory: something is missing */
};

struct diag {
    enum diag_status status;
    bool verbose;     /* all rejects, not the first DIAG_REJECTS_SHOWN */
    uint64_t rejects; /* so far, of which */
    uint64_t shown;   /* have a message, */
    uint64_t hidden;  /* and so many have no message and are in no count */
    bool progress;    /* the terminal shows a line of progress, which messages overwrite */
};

#define DIAG_REJECTS_SHOWN 20

/* Something is wrong with WHERE (a file, or null): trouble, and the message for it. */
void diag_trouble(struct diag *diag, const char *where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Report ERROR, an errno, at WHERE, if it is not 0. True if it is 0. */
bool diag_check(struct diag *diag, const char *where, int error);

/* Report FAULT of TEXT, which is all of the file WHERE, with its line and column if it is in the
 * text. True if FAULT is FAULT_NONE: then nothing is reported. */
bool diag_check_text(struct diag *diag, const char *where, struct span text, struct fault fault);

/* Report that memory is out. False, for the caller to return. */
bool diag_no_memory(struct diag *diag);

/* As diag_trouble(), at LINE and COLUMN (0 to leave them out) of the file WHERE. */
void diag_trouble_at(struct diag *diag, const char *where, uint64_t line, uint64_t column,
                     const char *what);

/* Report a rejected record. The exit status is decided at the end of the run. False if enough
 * rejects were shown already, and this one is not. */
bool diag_reject(struct diag *diag, const char *file, uint64_t line, uint64_t column,
                 const char *what);

/* Count one more reject without a message of its own. SHOWN: another message counts it. */
void diag_count(struct diag *diag, bool shown);

/* Report that LINE of FILE differs from what it states: the exit status becomes at least 1. */
void diag_mismatch(struct diag *diag, const char *file, uint64_t line, const char *what);

/* A message that changes nothing. */
void diag_note(struct diag *diag, const char *where, const char *what);

/* Clear the line of progress, if there is one. */
void diag_clear(struct diag *diag);

/* A message that changes no status. */
void diag_warning(const char *where, uint64_t line, uint64_t column, const char *what);

/* At the end of a run: how many rejects were not shown. The exit status. */
int diag_finish(struct diag *diag);

#endif
