#include "config.h"

#include "stream/cleanup.h"

#include <stddef.h>
#include <unistd.h>

#include "stream/fatal_signal.h"

/* Global, because a signal handler sees nothing else. Changed only while the signals are
 * blocked. */
static struct cleanup_file *volatile first;

static void remove_all(int number)
{
    (void)number;
    for (const struct cleanup_file *file = first; file; file = file->next)
        unlink(file->path);
}

void cleanup_add(struct cleanup_file *file)
{
    file->next = first;
    first = file;
    fatal_signal_call(remove_all);
}

void cleanup_drop(struct cleanup_file *file)
{
    struct cleanup_file *before = first;

    if (before == file) {
        first = file->next;
        return;
    }
    while (before && before->next != file)
        before = before->next;
    if (before)
        before->next = file->next;
}
