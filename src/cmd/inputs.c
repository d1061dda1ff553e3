#include "config.h"

#include "cmd/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/catalogs.h"
#include "cmd/outputs.h"
#include "stream/atomic_file.h"
#include "stream/source.h"

#define MOST ((size_t)1 << 30) /* bytes of names */

/* Make the list of the names in inputs->text. False after a message. */
static bool list_names(struct inputs *inputs, const char *from, struct diag *diag)
{
    char *text = (char *)inputs->text.p;
    size_t count = 0;

    for (size_t i = 0; i < inputs->text.n; i++)
        count += text[i] == '\0';
    inputs->list = calloc(count + 1, sizeof *inputs->list);
    if (!inputs->list) {
        diag_trouble(diag, NULL, "out of memory");
        return false;
    }
    for (size_t i = 0; i < inputs->text.n; i += strlen(text + i) + 1) {
        char *name = text + i;
        if (!*name || (strcmp(name, "-") == 0 && strcmp(from, "-") == 0)) {
            diag_trouble(diag, from, "name %zu: %s", inputs->count + 1,
                         *name ? "standard input has the names, so it cannot be one of them"
                               : "expected the name of a file, not an empty one");
            return false;
        }
        inputs->list[inputs->count++] = name;
    }
    inputs->names = inputs->list;
    return true;
}

bool inputs_read(struct inputs *inputs, const struct options *options, struct diag *diag)
{
    const char *from = options->files0_from;

    *inputs = (struct inputs){
        .names = options->files, .count = options->file_count, .options = options};
    if (!from)
        return true;
    inputs->text = BUF_EMPTY;
    inputs->count = 0;
    int error = source_slurp(from, MOST, &inputs->text);
    if (!error && inputs->text.n && inputs->text.p[inputs->text.n - 1])
        buf_putc(&inputs->text, '\0');
    if (inputs->text.failed)
        error = ENOMEM;
    if (error) {
        diag_trouble(diag, from, "%s", strerror(error));
        return false;
    }
    return list_names(inputs, from, diag);
}

/* Is NAME, of a file or "-", what ST is of? */
static bool is_same(const char *name, const struct stat *st)
{
    struct stat own;
    int got = strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &own) : stat(name, &own);

    return got == 0 && own.st_dev == st->st_dev && own.st_ino == st->st_ino;
}

/* Is what ST is of read by this run? */
static bool is_read(const struct inputs *inputs, const struct stat *st)
{
    const struct options *o = inputs->options;

    for (size_t i = 0; i < inputs->count; i++)
        if (is_same(inputs->names[i], st))
            return true;
    for (size_t i = 0; i < o->catalog_count; i++)
        if (catalogs_is_file(o->catalogs[i].name) && is_same(o->catalogs[i].name, st))
            return true;
    return o->files0_from && is_same(o->files0_from, st);
}

/* Is PATH, where there is nothing yet, to be read by this run? Once it is made, nobody would
 * miss the input that it was taken for. */
static bool is_awaited(const struct inputs *inputs, const char *path)
{
    struct stat st;

    for (size_t i = 0; i < inputs->count; i++) {
        const char *name = inputs->names[i];
        if (strcmp(name, "-") != 0 && stat(name, &st) != 0 && atomic_file_same_path(name, path))
            return true;
    }
    return false;
}

bool inputs_clash(const struct inputs *inputs, const char *path, const char *use,
                  struct diag *diag)
{
    struct stat st;

    bool clash = atomic_file_stat(path, &st) != 0 ? is_awaited(inputs, path)
                                             : S_ISREG(st.st_mode) && is_read(inputs, &st);
    if (!clash)
        return false;
    diag_trouble(diag, outputs_label(path), "the file for %s is an input too", use);
    return true;
}

void inputs_free(struct inputs *inputs)
{
    free(inputs->list);
    buf_free(&inputs->text);
    inputs->list = NULL;
}
