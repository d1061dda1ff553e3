/*
 * atomic_file: an output file that is replaced as a whole or not at all.
 *
 * The bytes go to a temporary file in the same directory, which takes the file's name only once
 * it is complete and on disk. So a reader never sees half a file, a failed run leaves the old
 * file as it was, and an input may be its own output. The mode of an old file is kept, and its
 * owner where that is allowed. A symbolic link stays, and its target is replaced. Devices, FIFOs
 * and the process's own descriptors (/dev/stdout, /dev/fd/N, or "-") are written directly.
 *
 * A process that dies of a signal removes its temporary files first (cleanup.h). A struct
 * atomic_file must not move while it is open.
 */
#ifndef WHORL_STREAM_ATOMIC_FILE_H
#define WHORL_STREAM_ATOMIC_FILE_H

#include <sys/stat.h>
#include <sys/types.h>

#include "stream/cleanup.h"
#include "stream/sink.h"

struct atomic_file {
    struct sink sink;
    char *target;    /* the file to replace, without symbolic links; null if written directly */
    char *temporary; /* path of the temporary file; null if written directly */
    struct cleanup_file cleanup; /* of the temporary file */
    bool exists;                 /* there is a file or pipe already; these identify it: */
    dev_t device;
    ino_t inode;
};

/* Open PATH. 0, or errno. atomic_file_free() must follow in either case. */
int atomic_file_open(struct atomic_file *file, const char *path)
    __attribute__((warn_unused_result));

/* Open PATH to be written directly, of any kind; a file is truncated. What is written is visible as
 * soon as it is flushed, and is never removed. 0, or errno. */
int atomic_file_open_in_place(struct atomic_file *file, const char *path)
    __attribute__((warn_unused_result));

/* Like stat(), for what atomic_file_open() would open for PATH. */
int atomic_file_stat(const char *path, struct stat *st);

/* Flush the sink, synchronize a temporary file to disk, and close the descriptor. 0, or errno.
 * The file does not have its name yet, so several files can be finished before the first one is
 * named. */
int atomic_file_finish(struct atomic_file *file) __attribute__((warn_unused_result));

/* Give a finished file its name. 0, or errno. */
int atomic_file_commit(struct atomic_file *file) __attribute__((warn_unused_result));

/* Free what FILE owns, also after atomic_file_open() has failed. A temporary file that was not
 * given its name is removed. */
void atomic_file_free(struct atomic_file *file);

/* Is it a terminal? */
bool atomic_file_is_terminal(const struct atomic_file *file);

/* Would one of A and B overwrite what the other writes? */
bool atomic_file_clash(const struct atomic_file *a, const struct atomic_file *b);

/* Would writing to PATH overwrite what FILE writes? */
bool atomic_file_clash_path(const struct atomic_file *file, const char *path);

/* Is FD a regular file that FILE writes to, or will replace? */
bool atomic_file_clash_fd(const struct atomic_file *file, int fd);

/* Do A and B name the same file? It need not exist yet. */
bool atomic_file_same_path(const char *a, const char *b);

/* Does the descriptor FD read the file that FILE writes directly? */
bool atomic_file_shares(const struct atomic_file *file, int fd);

/* The same, and has it bytes that FD has not read yet? */
bool atomic_file_feeds(const struct atomic_file *file, int fd);

#endif
