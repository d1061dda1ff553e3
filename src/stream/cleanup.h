/*
 * cleanup: a list of files that must not outlive the process. If it dies of a signal
 * (fatal_signal.h) they are removed first. One thread only may change the list, while no other
 * thread runs.
 */
#ifndef WHORL_STREAM_CLEANUP_H
#define WHORL_STREAM_CLEANUP_H

/* An entry of the list. The caller owns it; neither it nor the path may change or move while it
 * is on the list. */
struct cleanup_file {
    const char *path;
    struct cleanup_file *next;
};

/* Put FILE on the list, or take it off. The caller blocks the signals (fatal_signal_block()), so
 * that file and entry come and go together. */
void cleanup_add(struct cleanup_file *file);
void cleanup_drop(struct cleanup_file *file);

#endif
