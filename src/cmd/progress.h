/*
 * progress: how far a run has come, on standard error: now and then on a terminal, and when
 * SIGUSR1 asks.
 */
#ifndef WHORL_CMD_PROGRESS_H
#define WHORL_CMD_PROGRESS_H

#include "cmd/diag.h"
#include "cmd/options.h"
#include "filter/stats.h"
#include "stream/signal_wait.h"

struct progress {
    bool shown;     /* lines come by themselves */
    double started; /* on the monotonic clock, in seconds */
    double next;    /* when to show the next */
    const struct stats *stats;
    struct diag *diag;
    struct signal_wait signal_wait; /* SIGUSR1, answered while a thread waits */
};

/* Begin to measure the time. From now on SIGUSR1 is blocked, except in a thread that waits with
 * `signal_wait`. With OPTIONS_AUTO lines are shown only if standard error is a terminal and
 * standard output is not. PROGRESS must not move from now on. */
void progress_start(struct progress *progress, enum options_when when,
                    const struct stats *stats, struct diag *diag);

/* Called every now and then: show a line if it is time, or if one was asked for. */
void progress_step(struct progress *progress);

/* Seconds since progress_start(). */
double progress_seconds(const struct progress *progress);

#endif
