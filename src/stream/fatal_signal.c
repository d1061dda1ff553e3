#include "config.h"

#include "stream/fatal_signal.h"

#include <stddef.h>

/* Global, because a signal handler sees nothing else. */
static void (*volatile actions[FATAL_SIGNAL_ACTIONS])(int number);

static const int signals[] = {SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU};
#define SIGNALS (sizeof signals / sizeof *signals)

/* Act, then die as without this handler: SA_RESETHAND has restored the default, and the signal
 * raised here arrives when the handler returns. */
static void act_and_die(int number)
{
    for (size_t i = 0; i < FATAL_SIGNAL_ACTIONS && actions[i]; i++)
        actions[i](number);
    raise(number);
}

static void set_signals(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaddset(set, signals[i]);
}

void fatal_signal_block(sigset_t *before)
{
    sigset_t set;

    set_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

void fatal_signal_unblock(const sigset_t *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

void fatal_signal_call(void (*act)(int number))
{
    struct sigaction action = {.sa_handler = act_and_die, .sa_flags = (int)SA_RESETHAND}, old;
    size_t i = 0;

    while (i < FATAL_SIGNAL_ACTIONS && actions[i] && actions[i] != act)
        i++;
    if (i == FATAL_SIGNAL_ACTIONS)
        return;
    actions[i] = act;
    set_signals(&action.sa_mask);
    for (i = 0; i < SIGNALS; i++)
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
}
