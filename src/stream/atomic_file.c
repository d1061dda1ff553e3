#include "config.h"

#include "stream/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "stream/fatal_signal.h"

#define NAMES 10000 /* to try for a temporary file */

/* The descriptor of this process that PATH names; -1 if it names none. */
static int named_descriptor(const char *path)
{
    static const char *const directories[] = {"/dev/fd/", "/proc/self/fd/"};
    int fd = 0;

    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(directories[i]);
        if (strncmp(path, directories[i], n) != 0 || !path[n])
            continue;
        for (path += n; ascii_is_digit((unsigned char)*path) && fd < 100000; path++)
            fd = fd * 10 + (*path - '0');
        return *path ? -1 : fd;
    }
    return -1;
}

/* Devices are not noted: other writes to /dev/null do no harm. */
static void note_file(struct atomic_file *file, const struct stat *st)
{
    if (!S_ISREG(st->st_mode) && !S_ISFIFO(st->st_mode))
        return;
    file->exists = true;
    file->device = st->st_dev;
    file->inode = st->st_ino;
}

/* Write to the descriptor that PATH names, or to what open() with FLAGS gives. */
static int open_directly(struct atomic_file *file, const char *path, int flags)
{
    int descriptor = named_descriptor(path);
    struct stat st;
    int fd = descriptor == STDOUT_FILENO ? descriptor
             : descriptor >= 0           ? fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
                               : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666);
    if (fd < 0)
        return errno;
    sink_init(&file->sink, fd);
    if (fstat(fd, &st) == 0)
        note_file(file, &st);
    return 0;
}

/* PATH itself, by malloc(), with a directory in it: the working directory may not be reachable from
 * the root. Null with errno if PATH is a link, which must be followed, or may be one. */
static char *path_from_here(const char *path)
{
    struct stat st;
    size_t size = strlen(path) + 3;

    if (lstat(path, &st) == 0 ? S_ISLNK(st.st_mode) : errno != ENOENT) {
        errno = EACCES;
        return NULL;
    }
    char *whole = malloc(size);
    if (whole)
        snprintf(whole, size, "%s%s", strchr(path, '/') ? "" : "./", path);
    return whole;
}

/* PATH without symbolic links, by malloc(). Its directory must exist; the file need not. Null with
 * errno. */
static char *real_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t n = (size_t)(name - path);
    char *real = realpath(path, NULL);

    if (!real && errno == EACCES)
        return path_from_here(path);
    if (real || errno != ENOENT || !*name)
        return real;
    char *directory = malloc(n + 2);
    if (!directory)
        return NULL;
    memcpy(directory, path, n);
    memcpy(directory + n, n ? "" : ".", n ? 1 : 2);
    real = realpath(directory, NULL);
    free(directory);
    if (!real)
        return errno == EACCES ? path_from_here(path) : NULL;
    size_t size = strlen(real) + strlen(name) + 2;
    char *whole = malloc(size);
    if (whole)
        snprintf(whole, size, "%s/%s", real, name);
    free(real);
    return whole;
}

/* Create the temporary file beside the target, with no more permissions than MODE. */
static int make_temporary(struct atomic_file *file, mode_t mode)
{
    size_t directory = (size_t)(strrchr(file->target, '/') + 1 - file->target);
    size_t size = directory + 64;
    int fd = -1;

    if (!(file->temporary = malloc(size)))
        return ENOMEM;
    errno = EEXIST;
    for (int i = 0; fd < 0 && errno == EEXIST && i < NAMES; i++) {
        snprintf(file->temporary, size, "%.*s.whorl-%ld-%d.tmp", (int)directory,
                 file->target, (long)getpid(), i);
        fd = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    }
    if (fd < 0) {
        int error = errno;
        free(file->temporary);
        file->temporary = NULL;
        return error;
    }
    sink_init(&file->sink, fd);
    return 0;
}

/* Write to a temporary file for PATH, which does not exist if OLD is null. */
static int open_beside(struct atomic_file *file, const char *path, const struct stat *old)
{
    sigset_t before;

    if (!(file->target = real_path(path)))
        return errno;
    fatal_signal_block(&before);
    int error = make_temporary(file, old ? old->st_mode & 0777 : 0666);
    if (!error) {
        file->cleanup.path = file->temporary;
        cleanup_add(&file->cleanup);
    }
    fatal_signal_unblock(&before);
    if (error || !old)
        return error;
    note_file(file, old);
    /* The owner is kept if that is allowed, the mode always. */
    int allowed = fchown(file->sink.fd, old->st_uid, old->st_gid);
    (void)allowed;
    return fchmod(file->sink.fd, old->st_mode & 0777) == 0 ? 0 : errno;
}

int atomic_file_stat(const char *path, struct stat *st)
{
    int descriptor = named_descriptor(path);

    return descriptor >= 0 ? fstat(descriptor, st) : stat(path, st);
}

int atomic_file_open_in_place(struct atomic_file *file, const char *path)
{
    *file = (struct atomic_file){.sink.fd = -1};
    return open_directly(file, path, O_CREAT | O_TRUNC);
}

int atomic_file_open(struct atomic_file *file, const char *path)
{
    struct stat st;

    *file = (struct atomic_file){.sink.fd = -1};
    if (named_descriptor(path) >= 0)
        return open_directly(file, path, 0);
    if (stat(path, &st) != 0) {
        int error = errno;
        /* A dangling link is neither replaced nor followed to create a file. */
        bool dangling = error == ENOENT && lstat(path, &st) == 0;
        return error == ENOENT && !dangling ? open_beside(file, path, NULL) : error;
    }
    if (S_ISDIR(st.st_mode))
        return EISDIR;
    if (!S_ISREG(st.st_mode))
        return open_directly(file, path, 0);
    /* A new file in its place does not need write permission; but without it the file is to
     * stay. */
    if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return errno;
    return open_beside(file, path, &st);
}

/* Synchronize the file of FD to disk. 0, or errno. */
static int synchronize(int fd)
{
    while (fsync(fd) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
}

int atomic_file_finish(struct atomic_file *file)
{
    int error = sink_flush(&file->sink);

    if (!error && file->temporary)
        error = synchronize(file->sink.fd);
    int closing = sink_close(&file->sink);
    return error ? error : closing;
}

/* Synchronize the directory with the new name to disk. */
static int sync_directory(const char *target)
{
    size_t n = (size_t)(strrchr(target, '/') + 1 - target);
    char *directory = malloc(n + 1);

    if (!directory)
        return ENOMEM;
    memcpy(directory, target, n);
    directory[n] = 0;
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(directory);
    /* A directory may be unreadable, or of a kind that cannot be synchronized. */
    if (fd < 0)
        return 0;
    int error = synchronize(fd);
    close(fd);
    return error == EINVAL || error == EROFS ? 0 : error;
}

int atomic_file_commit(struct atomic_file *file)
{
    sigset_t before;
    int error = 0;

    if (!file->temporary)
        return 0;
    fatal_signal_block(&before);
    if (rename(file->temporary, file->target) != 0)
        error = errno;
    if (!error) {
        cleanup_drop(&file->cleanup);
        free(file->temporary);
        file->temporary = NULL;
    }
    fatal_signal_unblock(&before);
    return error ? error : sync_directory(file->target);
}

void atomic_file_free(struct atomic_file *file)
{
    sigset_t before;

    if (file->temporary) {
        fatal_signal_block(&before);
        cleanup_drop(&file->cleanup);
        unlink(file->temporary);
        fatal_signal_unblock(&before);
        free(file->temporary);
    }
    free(file->target);
    sink_free(&file->sink);
    *file = (struct atomic_file){.sink.fd = -1};
}

bool atomic_file_is_terminal(const struct atomic_file *file)
{
    return isatty(file->sink.fd);
}

static bool same_file(const struct atomic_file *file, dev_t device, ino_t inode)
{
    return file->exists && file->device == device && file->inode == inode;
}

bool atomic_file_clash(const struct atomic_file *a, const struct atomic_file *b)
{
    if (a->target && b->target && strcmp(a->target, b->target) == 0)
        return true;
    return b->exists && same_file(a, b->device, b->inode);
}

bool atomic_file_clash_path(const struct atomic_file *file, const char *path)
{
    struct stat st;

    if (atomic_file_stat(path, &st) == 0)
        return same_file(file, st.st_dev, st.st_ino);
    /* PATH does not exist yet, and maybe neither does the file that FILE will create. */
    return file->target && atomic_file_same_path(path, file->target);
}

bool atomic_file_clash_fd(const struct atomic_file *file, int fd)
{
    struct stat st, now;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    if (same_file(file, st.st_dev, st.st_ino))
        return true;
    /* Another file may have taken its place since it was opened. */
    return file->target && stat(file->target, &now) == 0 && now.st_dev == st.st_dev &&
           now.st_ino == st.st_ino;
}

bool atomic_file_same_path(const char *a, const char *b)
{
    char *first = real_path(a), *second = first ? real_path(b) : NULL;
    bool same = second && strcmp(first, second) == 0;

    free(first);
    free(second);
    return same;
}

/* Is FD the file that FILE writes to directly? *ST is its status. */
static bool shares(const struct atomic_file *file, int fd, struct stat *st)
{
    return !file->target && fstat(fd, st) == 0 && S_ISREG(st->st_mode) &&
           same_file(file, st->st_dev, st->st_ino);
}

bool atomic_file_shares(const struct atomic_file *file, int fd)
{
    struct stat st;

    return shares(file, fd, &st);
}

bool atomic_file_feeds(const struct atomic_file *file, int fd)
{
    struct stat st;

    /* A descriptor at its end, as with `whorl f >f`, gives nothing to read. */
    return shares(file, fd, &st) && lseek(fd, 0, SEEK_CUR) < st.st_size;
}
