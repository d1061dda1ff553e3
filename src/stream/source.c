#include "config.h"

#include "stream/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stream/pipe.h"

#define AT_ONCE ((size_t)1 << 16)

int source_open(struct source *source, const char *name)
{
    struct stat st;

    *source = (struct source){.fd = STDIN_FILENO};
    if (strcmp(name, "-") != 0 && (source->fd = open(name, O_RDONLY | O_CLOEXEC)) < 0)
        return errno;
    if (fstat(source->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        source_close(source);
        return EISDIR;
    }
    posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    pipe_enlarge(source->fd);
    return 0;
}

/* Wait until there is something to read. The signal is held but while it waits: one that came
 * between the question whether there was one and the wait would be answered only with the next
 * input. */
static void await_input(const struct source *source)
{
    struct pollfd ready = {.fd = source->fd, .events = POLLIN};
    sigset_t held, before;

    sigemptyset(&held);
    sigaddset(&held, source->signal);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    do
        source->interrupted(source->context);
    while (ppoll(&ready, 1, NULL, &before) < 0 && errno == EINTR);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

ssize_t source_read(struct source *source, unsigned char *bytes, size_t size)
{
    struct pollfd ready = {.fd = source->fd, .events = POLLIN};

    for (;;) {
        if (source->interrupted)
            await_input(source);
        ssize_t got = read(source->fd, bytes, size);
        if (got >= 0)
            return got;
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return -1;
        }
    }
}

int source_slurp(const char *name, size_t most, struct buf *text)
{
    struct source source;
    ssize_t got = 1;
    size_t before = text->n;
    int error = source_open(&source, name);

    while (!error && got > 0) {
        unsigned char *room = buf_room(text, AT_ONCE);
        got = room ? source_read(&source, room, AT_ONCE) : 0;
        error = !room ? ENOMEM : got < 0 ? errno : 0;
        text->n += got > 0 ? (size_t)got : 0;
        if (text->n - before > most)
            error = EFBIG;
    }
    source_close(&source);
    return error;
}

void source_close(struct source *source)
{
    if (source->fd > STDERR_FILENO)
        close(source->fd);
    source->fd = -1;
}
