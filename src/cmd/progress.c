#include "config.h"

#include "cmd/progress.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "stream/sink.h"

#define DELAY 1.0 /* seconds before the first line: a short run needs none */
#define INTERVAL 0.5

/* Set by SIGUSR1: a signal handler has no other way to leave a message. */
static atomic_bool asked;

static void on_signal(int number)
{
    (void)number;
    atomic_store(&asked, true);
}

/* Has SIGUSR1 come, while a thread waited or while all were busy? */
static bool was_asked(void)
{
    static const struct timespec none = {0, 0};
    sigset_t usr1;

    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    bool pending = sigtimedwait(&usr1, NULL, &none) == SIGUSR1;
    return atomic_exchange(&asked, false) || pending;
}

static double seconds_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Answer SIGUSR1 also while a thread waits to read or to write. */
static void answer_signal(void *context)
{
    progress_step(context);
}

void progress_start(struct progress *progress, enum options_when when,
                    const struct stats *stats, struct diag *diag)
{
    struct sigaction action = {.sa_handler = on_signal}; /* a write does not go on by itself */
    sigset_t usr1;

    *progress = (struct progress){.started = seconds_now(),
                                  .stats = stats,
                                  .diag = diag,
                                  .signal_wait = {SIGUSR1, answer_signal, progress}};
    progress->next = progress->started + DELAY;
    progress->shown = when == OPTIONS_ALWAYS ||
                      (when == OPTIONS_AUTO && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO));
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, NULL);
}

static void show_line(struct progress *progress, bool stays)
{
    char line[200];
    const struct stats *s = progress->stats;
    double seconds = progress_seconds(progress);
    int n =
        snprintf(line, sizeof line, "whorl: %llu records, %llu rejected, %.1f MB in %.1f s%s",
                 (unsigned long long)s->records, (unsigned long long)stats_rejects(s),
                 (double)s->bytes / 1e6, seconds, stays ? "\n" : "");

    diag_clear(progress->diag);
    if (sink_write(STDERR_FILENO, span_of(line, (size_t)n)) == 0)
        progress->diag->progress = !stays;
}

void progress_step(struct progress *progress)
{
    if (was_asked())
        show_line(progress, true);
    if (!progress->shown)
        return;
    double time = seconds_now();
    if (time < progress->next)
        return;
    show_line(progress, !isatty(STDERR_FILENO));
    progress->next = time + INTERVAL;
}

double progress_seconds(const struct progress *progress)
{
    return seconds_now() - progress->started;
}
