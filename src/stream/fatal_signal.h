/*
 * fatal_signal: actions before the process dies of SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM or
 * SIGXCPU. A signal that is ignored stays ignored. Any thread may receive them.
 */
#ifndef WHORL_STREAM_FATAL_SIGNAL_H
#define WHORL_STREAM_FATAL_SIGNAL_H

#include <signal.h>

/* Between these two calls this thread receives none of the signals. Calls do not nest. *BEFORE
 * holds the thread's signal mask. */
void fatal_signal_block(sigset_t *before);
void fatal_signal_unblock(const sigset_t *before);

/* From now on call ACT with the signal's NUMBER before the process dies of it. ACT may do only
 * what a signal handler may do. A second call with the same ACT changes nothing. One thread
 * only may call this, with at most FATAL_SIGNAL_ACTIONS different ACTs. */
#define FATAL_SIGNAL_ACTIONS 2
void fatal_signal_call(void (*act)(int number));

#endif
