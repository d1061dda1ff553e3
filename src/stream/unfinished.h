/*
 * unfinished: files that must not outlive the process: should it die of a signal (deadly.h),
 * they are removed first. One thread only may change the list, while no other runs.
 */
#ifndef WHORL_STREAM_UNFINISHED_H
#define WHORL_STREAM_UNFINISHED_H

/* A file's path; the struct stays where it is, and the path as it is, until it is dropped. */
struct unfinished {
    const char *path;
    struct unfinished *next;
};

/* Put FILE on the list, or take it off; the signals are held (deadly_hold()), so that a file and
 * its entry come and go as one. */
void unfinished_add(struct unfinished *file);
void unfinished_drop(struct unfinished *file);

#endif
