/*
 * runs: of rejects one after the other that are alike the first is told, and when they end, how
 * many more there were; also where the process dies of a signal before that. Alike are those of
 * one file with the same symptom (symptom.h) or, without one, the same status, wherever in the
 * record that is. With --verbose each is told, and there are no runs.
 */
#ifndef WHORL_CMD_RUNS_H
#define WHORL_CMD_RUNS_H

#include "cmd/diag.h"
#include "json/symptom.h"
#include "stream/split.h"

struct runs {
    struct diag *diag;
    bool open;  /* there is a run: */
    bool shown; /* its first reject was */
    const char *file;
    enum symptom symptom;
    enum status status;
};

/* LINE was rejected for STATUS and shows SYMPTOM. Is it one more of the run? Then it is counted
 * here, and else it ends the run. */
bool runs_go_on(struct runs *runs, const struct split_line *line, enum status status,
                enum symptom symptom);

/* Tell of LINE of FILE, with which a run begins, as diag_reject(). */
void runs_begin(struct runs *runs, const char *file, const struct split_line *line,
                struct fault fault, enum symptom symptom, const char *what);

/* The file or the input is at its end: if there was a run, say how many there were. */
void runs_end(struct runs *runs);

#endif
