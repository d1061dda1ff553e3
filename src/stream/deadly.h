/*
 * deadly: what is done yet when the process dies of SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM or
 * SIGXCPU. A signal that is ignored stays ignored. Any thread may die of them.
 */
#ifndef WHORL_STREAM_DEADLY_H
#define WHORL_STREAM_DEADLY_H

#include <signal.h>

/* Between these two, which do not nest, none of the signals arrives in this thread. */
void deadly_hold(sigset_t *before);
void deadly_release(const sigset_t *before);

/* From now on call ACT with the signal's NUMBER before the process dies of it; it may do only
 * what a signal handler may. Twice is once. At most DEADLY_ACTS, added by one thread. */
#define DEADLY_ACTS 2
void deadly_call(void (*act)(int number));

#endif
