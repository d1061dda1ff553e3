#include "config.h"

#include "stream/deadly.h"

#include <stddef.h>

/* Global, for a signal handler sees nothing else. */
static void (*volatile acts[DEADLY_ACTS])(int number);

static const int deadly[] = {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU};
#define DEADLY (sizeof deadly / sizeof *deadly)

/* Die as if this handler had not been: SA_RESETHAND has put the default back, and the signal
 * raised here arrives when the handler returns. */
static void act_and_die(int number)
{
    for (size_t i = 0; i < DEADLY_ACTS && acts[i]; i++)
        acts[i](number);
    raise(number);
}

static void fill(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < DEADLY; i++)
        sigaddset(set, deadly[i]);
}

void deadly_hold(sigset_t *before)
{
    sigset_t set;

    fill(&set);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

void deadly_release(const sigset_t *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

void deadly_call(void (*act)(int number))
{
    struct sigaction action = {.sa_handler = act_and_die, .sa_flags = (int)SA_RESETHAND}, old;
    size_t i = 0;

    while (i < DEADLY_ACTS && acts[i] && acts[i] != act)
        i++;
    if (i == DEADLY_ACTS)
        return;
    acts[i] = act;
    fill(&action.sa_mask);
    for (i = 0; i < DEADLY; i++)
        if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(deadly[i], &action, NULL);
}
