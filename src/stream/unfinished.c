#include "config.h"

#include "stream/unfinished.h"

#include <stddef.h>
#include <unistd.h>

/* Global, for a signal handler sees nothing else. Changed only while the signals are held. */
static struct unfinished *volatile first;

static const int deadly[] = {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU};
#define DEADLY (sizeof deadly / sizeof *deadly)

/* Die as if this handler had not been: SA_RESETHAND has put the default back, and the signal
 * raised here arrives when the handler returns. */
static void clean_up(int number)
{
    for (const struct unfinished *file = first; file; file = file->next)
        unlink(file->path);
    raise(number);
}

static void fill(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < DEADLY; i++)
        sigaddset(set, deadly[i]);
}

void unfinished_hold(sigset_t *before)
{
    sigset_t set;

    fill(&set);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

void unfinished_release(const sigset_t *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

void unfinished_add(struct unfinished *file)
{
    struct sigaction action = {.sa_handler = clean_up, .sa_flags = (int)SA_RESETHAND}, old;

    file->next = first;
    first = file;
    fill(&action.sa_mask);
    for (size_t i = 0; i < DEADLY; i++)
        if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(deadly[i], &action, NULL);
}

void unfinished_drop(struct unfinished *file)
{
    struct unfinished *before = first;

    if (before == file) {
        first = file->next;
        return;
    }
    while (before && before->next != file)
        before = before->next;
    if (before)
        before->next = file->next;
}
