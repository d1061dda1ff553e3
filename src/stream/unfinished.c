#include "config.h"

#include "stream/unfinished.h"

#include <stddef.h>
#include <unistd.h>

#include "stream/deadly.h"

/* Global, for a signal handler sees nothing else. Changed only while the signals are held. */
static struct unfinished *volatile first;

static void remove_all(int number)
{
    (void)number;
    for (const struct unfinished *file = first; file; file = file->next)
        unlink(file->path);
}

void unfinished_add(struct unfinished *file)
{
    file->next = first;
    first = file;
    deadly_call(remove_all);
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
