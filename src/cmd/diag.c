#include "config.h"

#include "cmd/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "stream/sink.h"
#include "text/utf8.h"

/* Append TEXT so that a terminal or a log sees it as it is. */
static void put_escaped(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.n;) {
        size_t n = utf8_sequence(span_cut(text, i, text.n));
        unsigned char c = text.p[i];
        /* U+0080-009F are control characters too. */
        bool control = c < 0x20 || c == 0x7F || (n == 2 && c == 0xC2 && text.p[i + 1] < 0xA0);
        if (n && !control) {
            buf_put(out, span_cut(text, i, i + n));
            i += n;
            continue;
        }
        static const char hex[] = "0123456789abcdef";
        const char escape[] = {'\\', 'x', hex[c >> 4], hex[c & 15], 0};
        buf_puts(out, escape);
        i++;
    }
}

/* Go back to the beginning of the line, and clear it. */
#define CLEAR "\r\033[K"

/* Write one line at once, so that lines of several processes do not mix. If standard error
 * takes no more there is nobody to tell. */
static void say(struct diag *diag, const char *where, uint64_t line, uint64_t column,
                const char *what)
{
    struct buf out = BUF_EMPTY;
    const uint64_t numbers[] = {line, column};

    buf_puts(&out, diag && diag->progress ? CLEAR "whorl: " : "whorl: ");
    if (where) {
        put_escaped(&out, span_text(*where ? where : "''"));
        for (size_t i = 0; i < 2 && numbers[i]; i++) {
            buf_putc(&out, ':');
            buf_put_uint(&out, numbers[i]);
        }
        buf_puts(&out, ": ");
    }
    put_escaped(&out, span_text(what));
    buf_putc(&out, '\n');
    int untold = sink_write(STDERR_FILENO, buf_span(&out));
    (void)untold;
    if (diag)
        diag->progress = false;
    buf_free(&out);
}

void diag_clear(struct diag *diag)
{
    if (diag->progress && sink_write(STDERR_FILENO, span_text(CLEAR)) != 0)
        return;
    diag->progress = false;
}

void diag_trouble(struct diag *diag, const char *where, const char *format, ...)
{
    char what[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    diag_trouble_at(diag, where, 0, 0, what);
}

void diag_trouble_at(struct diag *diag, const char *where, uint64_t line, uint64_t column,
                     const char *what)
{
    diag->status = DIAG_TROUBLE;
    say(diag, where, line, column, what);
}

void diag_reject(struct diag *diag, const char *file, uint64_t line, uint64_t column,
                 const char *what)
{
    if (diag->rejects++ < DIAG_REJECTS_SHOWN || diag->verbose)
        say(diag, file, line, column, what);
}

void diag_warning(const char *where, uint64_t line, uint64_t column, const char *what)
{
    char warning[600];

    snprintf(warning, sizeof warning, "warning: %s", what);
    say(NULL, where, line, column, warning);
}

int diag_finish(struct diag *diag)
{
    char what[120];

    if (diag->rejects > DIAG_REJECTS_SHOWN && !diag->verbose) {
        snprintf(what, sizeof what,
                 "%llu records rejected, of which the first %d are shown: see --verbose",
                 (unsigned long long)diag->rejects, DIAG_REJECTS_SHOWN);
        say(diag, NULL, 0, 0, what);
    }
    return (int)diag->status;
}
