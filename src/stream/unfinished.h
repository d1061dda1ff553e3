/*
 * unfinished: files that must not outlive the process: should it die of SIGHUP, SIGINT,
 * SIGPIPE, SIGQUIT, SIGTERM or SIGXCPU, they are removed first. A signal that is ignored stays
 * ignored. Any thread may die of them, but one only may change the list, while no other runs.
 */
#ifndef WHORL_STREAM_UNFINISHED_H
#define WHORL_STREAM_UNFINISHED_H

#include <signal.h>

/* A file's path; the struct stays where it is, and the path as it is, until it is dropped. */
struct unfinished {
    const char *path;
    struct unfinished *next;
};

/* Between these two, which do not nest, none of those signals arrives: so that a file and its
 * entry come and go as one. */
void unfinished_hold(sigset_t *before);
void unfinished_release(const sigset_t *before);

/* Put FILE on the list, or take it off; the signals are held. */
void unfinished_add(struct unfinished *file);
void unfinished_drop(struct unfinished *file);

#endif
