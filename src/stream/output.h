/*
 * output: a sink by its path, replaced as a whole or not at all.
 *
 * A file, new or there already, is written under another name in its directory, and takes its
 * own name only once it is complete and on disk. So a reader never sees half a file, a run that
 * fails leaves the old one as it was, and an input may be its own output. Mode and, where that
 * is allowed, owner of an old file are kept. A symbolic link stays: what it points to is
 * replaced. Devices, FIFOs and the process's own descriptors (/dev/stdout, /dev/fd/N, or "-")
 * are written directly.
 *
 * A process that dies of a signal removes its unfinished files first (unfinished.h). A struct
 * output must not move while it is open.
 */
#ifndef WHORL_STREAM_OUTPUT_H
#define WHORL_STREAM_OUTPUT_H

#include <sys/stat.h>
#include <sys/types.h>

#include "stream/sink.h"
#include "stream/unfinished.h"

struct output {
    struct sink sink;
    char *target;    /* the file to replace, without symbolic links; null if written directly */
    char *temporary; /* what it is called until then */
    struct unfinished unfinished;
    bool exists; /* there is a file or pipe, and it is: */
    dev_t device;
    ino_t inode;
};

/* Open PATH. 0, or errno. */
int output_open(struct output *output, const char *path) __attribute__((warn_unused_result));

/* Open PATH to be written directly whatever it is, a file emptied: what is written is there as
 * soon as it is flushed, and stays. 0, or errno. */
int output_open_emptied(struct output *output, const char *path)
    __attribute__((warn_unused_result));

/* As stat(), of what output_open() would open for PATH. */
int output_stat(const char *path, struct stat *st);

/* Write out what is in the sink, have a file on disk, and close the descriptor. 0, or errno.
 * Nothing has its name yet: several outputs can be finished before the first one is named. */
int output_finish(struct output *output) __attribute__((warn_unused_result));

/* Give a finished file its name. 0, or errno. */
int output_commit(struct output *output) __attribute__((warn_unused_result));

/* Give back what OUTPUT has, also after output_open() has failed; a file that was not given its
 * name is removed. */
void output_free(struct output *output);

/* Is a terminal behind it? */
bool output_is_terminal(const struct output *output);

/* Would one of A and B spoil what the other writes? */
bool output_clash(const struct output *a, const struct output *b);

/* Would what is written to PATH spoil what OUTPUT writes? */
bool output_at(const struct output *output, const char *path);

/* Do A and B, paths at which there need be nothing yet, name the same file? */
bool output_same_path(const char *a, const char *b);

/* Would who reads from the descriptor FD read what OUTPUT will write? */
bool output_shares(const struct output *output, int fd);

/* Would who reads from the descriptor FD read what OUTPUT has written? */
bool output_feeds(const struct output *output, int fd);

#endif
