#include "config.h"

#include "cmd/guard.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/catalogs.h"
#include "cmd/outputs.h"

void guard_init(struct guard *guard, const struct options *options)
{
    *guard = (struct guard){.options = options};
}

/* Does NAME, a file or "-", name the file with status ST? */
static bool names_file(const char *name, const struct stat *st)
{
    struct stat own;
    int got = strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &own) : stat(name, &own);

    return got == 0 && own.st_dev == st->st_dev && own.st_ino == st->st_ino;
}

/* Is the file with status ST a known input of this run? */
static bool is_known_input(const struct options *o, const struct stat *st)
{
    for (size_t i = 0; i < o->file_count; i++)
        if (names_file(o->files[i], st))
            return true;
    for (size_t i = 0; i < o->catalog_count; i++)
        if (catalogs_is_file(o->catalogs[i].name) && names_file(o->catalogs[i].name, st))
            return true;
    return o->files0_from && names_file(o->files0_from, st);
}

/* Is PATH, which does not exist yet, an operand? Once it is made, the missing input would go
 * unnoticed. */
static bool is_missing_input(const struct options *o, const char *path)
{
    struct stat st;

    for (size_t i = 0; i < o->file_count; i++) {
        const char *name = o->files[i];
        if (strcmp(name, "-") != 0 && stat(name, &st) != 0 && atomic_file_same_path(name, path))
            return true;
    }
    return false;
}

bool guard_add(struct guard *guard, const char *path, const char *use,
               const struct atomic_file *output, struct diag *diag)
{
    struct guard_file *file = &guard->files[guard->count++];
    struct stat st;

    *file = (struct guard_file){.path = path, .output = output};
    snprintf(file->message, sizeof file->message,
             "the file for %s is also an input: expected another file", use);
    file->met = atomic_file_stat(path, &st) != 0
                    ? is_missing_input(guard->options, path)
                    : S_ISREG(st.st_mode) && is_known_input(guard->options, &st);
    if (file->met)
        diag_trouble(diag, outputs_label(path), "%s", file->message);
    return !file->met;
}

/* Like guard_check(), for one FILE. */
static bool is_met(const struct guard_file *file, const char *name, int fd)
{
    if (fd < 0)
        return strcmp(name, "-") != 0 && atomic_file_clash_path(file->output, name);
    return atomic_file_clash_fd(file->output, fd);
}

const struct guard_file *guard_check(struct guard *guard, const char *name, int fd)
{
    for (size_t i = 0; i < guard->count; i++) {
        struct guard_file *file = &guard->files[i];
        if (is_met(file, name, fd)) {
            file->met = true;
            return file;
        }
    }
    return NULL;
}

bool guard_met(const struct guard *guard, const struct atomic_file *output)
{
    for (size_t i = 0; i < guard->count; i++)
        if (guard->files[i].output == output && guard->files[i].met)
            return true;
    return false;
}
