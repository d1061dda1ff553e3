#include "config.h"

#include "cmd/includes.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "text/utf8.h"

/* The built-in catalog that NAME names with its version, or null. */
static const struct builtin *find_version(struct span name)
{
    for (size_t i = 0; i < builtin_count; i++) {
        const struct catalog *c = builtin_table[i].catalog;
        struct span rest = span_cut(name, name.n < c->name.n ? name.n : c->name.n, name.n);
        if (span_begins(name, c->name) && rest.n == c->version.n + 1 && rest.p[0] == '-' &&
            span_equal(span_cut(rest, 1, rest.n), c->version))
            return &builtin_table[i];
    }
    return NULL;
}

static void refuse_unknown_include(struct diag *diag, const char *file, struct span name)
{
    char known[200] = "";

    for (size_t i = 0; i < builtin_count; i++) {
        const struct catalog *c = builtin_table[i].catalog;
        size_t at = strlen(known);
        snprintf(known + at, sizeof known - at, "%s%.*s-%.*s", i ? ", " : "", (int)c->name.n,
                 (const char *)c->name.p, (int)c->version.n, (const char *)c->version.p);
    }
    diag_trouble(diag, file,
                 "@include: no built-in catalog '%.*s': expected %s, or a file, as in ./%.*s",
                 (int)utf8_fit(name, 60), (const char *)name.p, known, (int)utf8_fit(name, 60),
                 (const char *)name.p);
}

/* NAME as a file of the directory that FILE is in, in ARENA; null when memory is out. */
static const char *beside(const char *file, struct span name, struct arena *arena)
{
    const char *slash = name.p[0] == '/' ? NULL : strrchr(file, '/');
    size_t n = slash ? (size_t)(slash - file) + 1 : 0;
    if (n && span_begins(name, span_text("./")))
        name = span_cut(name, 2, name.n);
    char *path = arena_take(arena, n + name.n + 1);

    if (!path)
        return NULL;
    memcpy(path, file, n);
    memcpy(path + n, name.p, name.n);
    path[n + name.n] = '\0';
    return path;
}

/* Read the catalog in the file NAME, which includes no other. */
static bool read_included(struct compile_include *include, const char *name, struct buf *inner,
                          struct arena *arena, struct diag *diag)
{
    struct catalog *catalog = catalogs_slurp(name, inner, arena, diag);

    if (!catalog || !diag_check_text(diag, name, buf_span(inner),
                                     compile_catalog(catalog, buf_span(inner), arena)))
        return false;
    catalogs_warn(name, catalog);
    *include = (struct compile_include){buf_span(inner), catalog};
    return true;
}

bool includes_read(struct compile_include **include, const char *name, struct span text,
                   struct buf *inner, struct arena *arena, struct diag *diag)
{
    struct span included = compile_included(text);

    if (!included.n) {
        *include = NULL;
        return true;
    }
    if (memchr(included.p, '/', included.n) || memchr(included.p, '.', included.n)) {
        const char *path = beside(name, included, arena);
        return path ? read_included(*include, path, inner, arena, diag) : diag_no_memory(diag);
    }
    const struct builtin *builtin = find_version(included);
    if (!builtin) {
        refuse_unknown_include(diag, name, included);
        return false;
    }
    **include = (struct compile_include){builtin->text, builtin->catalog};
    return true;
}
