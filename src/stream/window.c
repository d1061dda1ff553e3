#include "config.h"

#include "stream/window.h"

#include <unistd.h>

#include "stream/unnamed_file.h"
#include "stream/sink.h"

#define AT_ONCE ((size_t)1 << 18)

bool window_init(struct window *window, int windows)
{
    *window = (struct window){.source.fd = -1, .origin = -1, .copy = -1};
    window->decompress = decompress_new(windows, true);
    return window->decompress;
}

static void drop_copy(struct window *window)
{
    if (window->copy >= 0)
        close(window->copy);
    window->copy = -1;
}

void window_free(struct window *window)
{
    source_close(&window->source);
    drop_copy(window);
    decompress_free(window->decompress);
    window->decompress = NULL;
    buf_free(&window->bytes);
}

/* Empty the window. */
static void reset(struct window *window)
{
    decompress_reset(window->decompress);
    buf_clear(&window->bytes);
    window->taken = 0;
    window->ended = false;
}

int window_open(struct window *window, const char *path, const char *directory)
{
    int error = source_open(&window->source, path);

    if (error)
        return error;
    reset(window);
    window->origin = lseek(window->source.fd, 0, SEEK_CUR);
    /* Without a copy the run may still succeed. */
    if (window->origin < 0 && directory)
        window->copy = unnamed_file_open(directory);
    return 0;
}

/* Append BYTES to the copy; drop it if that fails. */
static void copy(struct window *window, struct span bytes)
{
    if (window->copy >= 0 && sink_write(window->copy, bytes) != 0)
        drop_copy(window);
}

struct fault window_fill(struct window *window)
{
    struct fault fault = FAULT_NONE;
    struct span have = window_have(window);

    if (window->taken) {
        memmove(window->bytes.p, have.p, have.n);
        window->bytes.n = have.n;
        window->taken = 0;
    }
    if (!buf_room(&window->bytes, AT_ONCE))
        return fault_memory();
    unsigned char *to = window->bytes.p + have.n;
    ssize_t got = decompress_read(window->decompress, &window->source, to,
                                  window->bytes.size - have.n, &fault);
    if (got < 0)
        return fault;
    copy(window, span_of(to, (size_t)got));
    window->bytes.n += (size_t)got;
    window->ended = got == 0;
    return FAULT_NONE;
}

bool window_again(struct window *window)
{
    if (window->copy >= 0) {
        source_close(&window->source);
        window->source.fd = window->copy;
        window->copy = -1;
        window->origin = 0;
    }
    if (window->origin < 0 || lseek(window->source.fd, window->origin, SEEK_SET) < 0)
        return false;
    reset(window);
    return true;
}
