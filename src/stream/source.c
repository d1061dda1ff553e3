#include "config.h"

#include "stream/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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
    bool known = fstat(source->fd, &st) == 0;
    if (known && S_ISDIR(st.st_mode)) {
        source_close(source);
        return EISDIR;
    }
    source->regular = known && S_ISREG(st.st_mode);
    posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    pipe_enlarge(source->fd);
    return 0;
}

/* Wait until there is something to read, or the end. False if that needs a wait and SOURCE is
 * nonblocking. */
static bool wait_for(struct source *source)
{
    if (source->nonblocking)
        return poll(&(struct pollfd){.fd = source->fd, .events = POLLIN}, 1, 0) != 0;
    signal_wait_poll(source->signal_wait, source->fd, POLLIN);
    return true;
}

ssize_t source_read(struct source *source, unsigned char *bytes, size_t size)
{
    bool wait = !source->regular && (source->nonblocking || source->signal_wait);

    for (;;) {
        if (wait && !wait_for(source)) {
            errno = EAGAIN;
            return -1;
        }
        ssize_t got = read(source->fd, bytes, size);
        if (got >= 0)
            return got;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            wait = true;
        else if (errno != EINTR)
            return -1;
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
