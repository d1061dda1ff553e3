#include "config.h"

#include "cmd/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "stream/sink.h"
#include "text/escape.h"
#include "text/utf8.h"

/* Go back to the beginning of the line, and clear it. */
#define CLEAR "\r\033[K"

#define LONGEST 32768 /* bytes of a line: the longest path fits, escaped */
#define CUT     "...\n"

/* Write one line at once, so that lines of several processes do not mix. It takes no memory,
 * because lack of memory may be what it reports. An error of standard error cannot be reported. */
static void write_message(struct diag *diag, const char *where, uint64_t line, uint64_t column,
                          const char *what)
{
    unsigned char text[LONGEST + sizeof CUT];
    struct buf out = buf_within(text, LONGEST);
    const uint64_t numbers[] = {line, column};

    buf_puts(&out, diag && diag->progress ? CLEAR "whorl: " : "whorl: ");
    if (where) {
        escape_put(&out, span_text(*where ? where : "''"));
        for (size_t i = 0; i < 2 && numbers[i]; i++) {
            buf_putc(&out, ':');
            buf_put_uint(&out, numbers[i]);
        }
        buf_puts(&out, ": ");
    }
    escape_put(&out, span_text(what));
    const char *end = out.failed ? CUT : "\n";
    memcpy(text + out.n, end, strlen(end));
    int ignored = sink_write(STDERR_FILENO, span_of(text, out.n + strlen(end)));
    (void)ignored;
    if (diag)
        diag->progress = false;
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
    int n = vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (n >= (int)sizeof what) /* leave room for what shows that it is cut */
        strcpy(what + utf8_fit(span_of(what, sizeof what - 1), sizeof what - 8), "...");
    diag_trouble_at(diag, where, 0, 0, what);
}

void diag_trouble_at(struct diag *diag, const char *where, uint64_t line, uint64_t column,
                     const char *what)
{
    diag->status = DIAG_TROUBLE;
    write_message(diag, where, line, column, what);
}

bool diag_check(struct diag *diag, const char *where, int error)
{
    if (error)
        diag_trouble_at(diag, where, 0, 0, strerror(error));
    return !error;
}

bool diag_check_text(struct diag *diag, const char *where, struct span text, struct fault fault)
{
    struct fault_place place = {0, 0};

    if (fault.status == STATUS_INVALID)
        place = fault_place(text, fault.offset);
    if (fault.status != STATUS_OK)
        diag_trouble_at(diag, where, place.line, place.column, fault_text(fault));
    return fault.status == STATUS_OK;
}

bool diag_no_memory(struct diag *diag)
{
    diag_trouble_at(diag, NULL, 0, 0, status_text(STATUS_NO_MEMORY));
    return false;
}

bool diag_reject(struct diag *diag, const char *file, uint64_t line, uint64_t column,
                 const char *what)
{
    bool shown = diag->shown < DIAG_REJECTS_SHOWN || diag->verbose;

    diag_count(diag, shown);
    diag->shown += shown;
    if (shown)
        write_message(diag, file, line, column, what);
    return shown;
}

void diag_count(struct diag *diag, bool shown)
{
    diag->rejects++;
    diag->hidden += !shown;
}

void diag_mismatch(struct diag *diag, const char *file, uint64_t line, const char *what)
{
    if (diag->status < DIAG_REJECTS)
        diag->status = DIAG_REJECTS;
    write_message(diag, file, line, 0, what);
}

void diag_note(struct diag *diag, const char *where, const char *what)
{
    write_message(diag, where, 0, 0, what);
}

void diag_warning(const char *where, uint64_t line, uint64_t column, const char *what)
{
    char warning[600];

    snprintf(warning, sizeof warning, "warning: %s", what);
    write_message(NULL, where, line, column, warning);
}

int diag_finish(struct diag *diag)
{
    char what[120];

    if (diag->hidden) {
        snprintf(what, sizeof what,
                 "%llu records rejected, %llu of them without a message: see --verbose",
                 (unsigned long long)diag->rejects, (unsigned long long)diag->hidden);
        write_message(diag, NULL, 0, 0, what);
    }
    return (int)diag->status;
}
