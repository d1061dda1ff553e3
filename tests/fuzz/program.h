/*
 * program: whorl itself, run inside the fuzzer: main() with arguments, standard output and
 * error caught, files in a directory in $TMPDIR that is made for them and removed at the end.
 */
#ifndef WHORL_TESTS_PROGRAM_H
#define WHORL_TESTS_PROGRAM_H

#include <dirent.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "fuzz.h"

/* In place of getrandom(): the same seed in all runs, so that an input always does the same. */
static ssize_t program_seed(void *seed, size_t size, unsigned flags)
{
    (void)flags;
    memset(seed, 7, size);
    return (ssize_t)size;
}

static int program_main(int argc, char **argv);
#define getrandom program_seed
#define main      program_main
#include "cmd/main.c"
#undef getrandom
#undef main

#if defined __has_feature
#if __has_feature(address_sanitizer)
void __sanitizer_set_report_fd(void *fd);
#define PROGRAM_REPORTS(fd) __sanitizer_set_report_fd((void *)(uintptr_t)(fd))
#endif
#endif
#ifndef PROGRAM_REPORTS
#define PROGRAM_REPORTS(fd) (void)(fd)
#endif

/* A run and its results. */
struct program {
    char arguments[32][256];
    int count;
    int status;
    struct buf out, err;
};

/* What all runs share. */
static struct {
    char directory[100];
    int out, err;   /* files in memory that are standard output and error in a run, */
    int kept_error; /* and the real standard error */
} program_shared;

static inline void program_tidy(void)
{
    DIR *directory = opendir(program_shared.directory);
    const struct dirent *entry;

    while (directory && (entry = readdir(directory)))
        unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    rmdir(program_shared.directory);
}

/* The directory; the first call makes it. */
static inline const char *program_directory(void)
{
    const char *parent = getenv("TMPDIR");

    if (program_shared.directory[0])
        return program_shared.directory;
    snprintf(program_shared.directory, sizeof program_shared.directory, "%s/whorl-fuzz-XXXXXX",
             parent ? parent : "/tmp");
    REQUIRE(mkdtemp(program_shared.directory) && atexit(program_tidy) == 0);
    program_shared.out = memfd_create("out", MFD_CLOEXEC);
    program_shared.err = memfd_create("err", MFD_CLOEXEC);
    program_shared.kept_error = dup(STDERR_FILENO);
    REQUIRE(program_shared.out >= 0 && program_shared.err >= 0);
    PROGRAM_REPORTS(program_shared.kept_error);
    return program_shared.directory;
}

/* Write BYTES to the file NAME in the directory. */
static inline void program_write(const char *name, struct span bytes)
{
    char path[200];

    snprintf(path, sizeof path, "%s/%s", program_directory(), name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n && close(fd) == 0);
}

/* Read the file NAME in the directory, and remove it; nothing if it does not exist. */
static inline void program_read(const char *name, struct buf *bytes)
{
    char path[200];

    snprintf(path, sizeof path, "%s/%s", program_directory(), name);
    int error = source_slurp(path, SIZE_MAX, bytes);
    REQUIRE(error == 0 || error == ENOENT);
    unlink(path);
}

/* Add an argument. */
__attribute__((format(printf, 2, 3))) static inline void program_add(struct program *p,
                                                                     const char *format, ...)
{
    va_list list;

    REQUIRE((size_t)p->count < sizeof p->arguments / sizeof *p->arguments);
    va_start(list, format);
    int n = vsnprintf(p->arguments[p->count], sizeof *p->arguments, format, list);
    va_end(list);
    REQUIRE(n >= 0 && (size_t)n < sizeof *p->arguments);
    p->count++;
}

static inline void program_catch(int fd, struct buf *bytes)
{
    off_t size = lseek(fd, 0, SEEK_END);
    unsigned char *room = buf_room(bytes, (size_t)size + 1);

    REQUIRE(room && pread(fd, room, (size_t)size, 0) == size);
    bytes->n += (size_t)size;
    REQUIRE(ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0);
}

/* Run whorl with the arguments added. To be given back by program_free(). */
static inline void program_run(struct program *p)
{
    char *argv[sizeof p->arguments / sizeof *p->arguments + 2] = {(char[]){"whorl"}};
    int kept = dup(STDOUT_FILENO);

    program_directory();
    for (int i = 0; i < p->count; i++)
        argv[i + 1] = p->arguments[i];
    fflush(stdout);
    REQUIRE(dup2(program_shared.out, STDOUT_FILENO) >= 0);
    REQUIRE(dup2(program_shared.err, STDERR_FILENO) >= 0);
    optind = 0; /* start again */
    p->status = program_main(p->count + 1, argv);
    dup2(program_shared.kept_error, STDERR_FILENO);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    program_catch(program_shared.out, &p->out);
    program_catch(program_shared.err, &p->err);
}

static inline void program_free(struct program *p)
{
    buf_free(&p->out);
    buf_free(&p->err);
}

#endif
