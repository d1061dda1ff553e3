/*
 * reject_messages: of consecutive rejects that are alike, only the first is reported, and at
 * the end of the run how many more there were; also if the process dies of a signal before.
 * Rejects of one file are alike if they have the same symptom (symptom.h) or, without one, the
 * same status, at any place in the record. With --verbose each is reported, and there are no
 * runs.
 */
#ifndef WHORL_CMD_REJECT_MESSAGES_H
#define WHORL_CMD_REJECT_MESSAGES_H

#include "cmd/diag.h"
#include "json/symptom.h"
#include "stream/split.h"

struct reject_messages {
    struct diag *diag;
    bool open;  /* there is a run: */
    bool shown; /* its first reject was */
    const char *file;
    enum symptom symptom;
    enum status status;
};

/* LINE was rejected for STATUS and shows SYMPTOM. True if it continues the run: it is counted.
 * False if not: the run has ended. */
bool reject_messages_go_on(struct reject_messages *runs, const struct split_line *line,
                           enum status status, enum symptom symptom);

/* Report LINE of FILE, with which a run begins, by diag_reject(). */
void reject_messages_begin(struct reject_messages *runs, const char *file,
                           const struct split_line *line, struct fault fault,
                           enum symptom symptom, const char *what);

/* The file or the input has ended: if there was a run, report its count. */
void reject_messages_end(struct reject_messages *runs);

#endif
