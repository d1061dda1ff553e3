/*
 * embed NAME=FILE...: print the C source of the built-in catalogs (catalog/builtin.h): each
 * FILE, byte for byte under its NAME, and what it compiles to. A program of the machine on
 * which whorl is built, of the same compiler of catalogs as whorl; what it prints is the same
 * everywhere.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "embed/literal.h"
#include "embed/tables.h"

/* Read all of PATH into TEXT; false after a message. */
static bool slurp(const char *path, struct buf *text)
{
    FILE *file = fopen(path, "rb");
    size_t got = 1;

    while (file && got) {
        unsigned char *room = buf_room(text, BUFSIZ);
        got = room ? fread(room, 1, BUFSIZ, file) : 0;
        text->n += got;
    }
    bool read = file && !ferror(file) && !text->failed;
    if (!read)
        fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
    if (file)
        fclose(file);
    return read;
}

/* The catalog PATH by NAME; false after a message. */
static bool embed(const char *name, const char *path)
{
    struct arena arena = ARENA_EMPTY;
    struct buf text = BUF_EMPTY;
    struct catalog catalog;

    bool right = slurp(path, &text);
    if (right) {
        struct fault fault = compile_catalog(&catalog, buf_span(&text), &arena);
        struct fault_place place = {0, 0};
        right = fault.status == STATUS_OK;
        if (fault.status == STATUS_INVALID)
            place = fault_place(buf_span(&text), fault.offset);
        if (!right)
            fprintf(stderr, "embed: %s:%zu:%zu: %s\n", path, place.line, place.column,
                    fault_text(fault));
    }
    if (right) {
        printf("\nstatic const unsigned char text_%s[] =\n    ", name);
        literal_string(buf_span(&text));
        printf(";\n");
        tables_put(name, &catalog);
    }
    arena_free(&arena);
    buf_free(&text);
    return right;
}

int main(int argc, char **argv)
{
    printf("/* Made by src/embed. */\n#include \"config.h\"\n\n"
           "#include \"catalog/builtin.h\"\n#include \"catalog/catalog.h\"\n"
           "#include \"steps/steps.h\"\n\n");
    literal_begin();
    for (int i = 1; i < argc; i++) {
        char *path = strchr(argv[i], '=');
        if (!path || path == argv[i]) {
            fprintf(stderr, "embed: expected NAME=FILE, not '%s'\n", argv[i]);
            return 2;
        }
        *path++ = '\0';
        if (!embed(argv[i], path))
            return 1;
    }
    printf("\nconst struct builtin builtin_table[] = {\n");
    for (int i = 1; i < argc; i++)
        printf("    {\"%s\", SPAN(text_%s), &catalog_%s},\n", argv[i], argv[i], argv[i]);
    printf("};\nconst size_t builtin_count = %d;\n", argc - 1);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
