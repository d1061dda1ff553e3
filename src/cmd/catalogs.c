#include "config.h"

#include "cmd/catalogs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "cmd/includes.h"
#include "format/ndjson.h"
#include "stream/source.h"
#include "text/utf8.h"

/* OPTION has named a built-in catalog that does not exist. */
static void trouble_unknown(struct diag *diag, const char *option, const char *name)
{
    char known[200] = "";

    for (size_t i = 0; i < builtin_count; i++) {
        size_t at = strlen(known);
        snprintf(known + at, sizeof known - at, "%s%s", i ? ", " : "", builtin_table[i].name);
    }
    if (strcmp(option, "catalog") == 0)
        diag_trouble(diag, NULL,
                     "--catalog: no built-in catalog '%s': expected %s, or a file, as in ./%s",
                     name, known, name);
    else
        diag_trouble(diag, NULL, "--%s: no built-in catalog '%s': expected %s", option, name,
                     known);
}

bool catalogs_is_file(const char *name)
{
    return strpbrk(name, "/.");
}

void catalogs_warn(const char *name, const struct catalog *catalog)
{
    for (uint32_t i = 0; i < catalog->warning_count; i++) {
        const struct catalog_warning *w = &catalog->warnings[i];
        struct span row = catalog_row_name(catalog, w->row);
        char what[160];
        snprintf(what, sizeof what,
                 "the pointer of %.*s looks private: expected the flag private, which hides "
                 "its values",
                 (int)utf8_fit(row, 60), (const char *)row.p);
        diag_warning(name, w->line, w->column, what);
    }
}

struct catalog *catalogs_slurp(const char *name, struct buf *text, struct arena *arena,
                               struct diag *diag)
{
    struct catalog *catalog = arena_take(arena, sizeof *catalog);
    int error = catalog ? source_slurp(name, CATALOG_BYTES, text) : ENOMEM;

    if (error == EFBIG)
        diag_trouble(diag, name, "too large: expected a catalog of at most %zu bytes",
                     CATALOG_BYTES);
    else if (error)
        diag_trouble(diag, name, "%s", strerror(error));
    return error ? NULL : catalog;
}

/* Read the file NAME, whose text goes to TEXT, and that of a file which it includes to INNER. Null
 * after a message. */
static const struct catalog *read_file(const char *name, struct buf *text, struct buf *inner,
                                       struct arena *arena, struct diag *diag)
{
    struct catalog *catalog = catalogs_slurp(name, text, arena, diag);
    struct compile_include include, *included = &include;

    if (!catalog || !includes_read(&included, name, buf_span(text), inner, arena, diag) ||
        !diag_check_text(diag, name, buf_span(text),
                         compile_including(catalog, buf_span(text), included, arena)))
        return NULL;
    catalogs_warn(name, catalog);
    return catalog;
}

/* The built-in catalog NAME. Null after a message. */
static const struct catalog *find_builtin(const char *name, struct diag *diag)
{
    const struct builtin *builtin = builtin_find(span_text(name));

    if (!builtin)
        trouble_unknown(diag, "catalog", name);
    return builtin ? builtin->catalog : NULL;
}

bool catalogs_read(struct catalogs *catalogs, const struct options_catalog *names, size_t count,
                   struct diag *diag)
{
    *catalogs = (struct catalogs){.items = calloc(count, sizeof *catalogs->items),
                                  .count = count,
                                  .texts = calloc(count, 2 * sizeof *catalogs->texts),
                                  .arena = ARENA_EMPTY};
    if (!catalogs->items || !catalogs->texts)
        return diag_no_memory(diag);
    for (size_t i = 0; i < count; i++) {
        const char *name = names[i].name;
        catalogs->items[i] = catalogs_is_file(name)
                                 ? read_file(name, &catalogs->texts[i],
                                             &catalogs->texts[count + i], &catalogs->arena, diag)
                                 : find_builtin(name, diag);
        if (!catalogs->items[i])
            return false;
    }
    return true;
}

void catalogs_free(struct catalogs *catalogs)
{
    for (size_t i = 0; catalogs->texts && i < 2 * catalogs->count; i++)
        buf_free(&catalogs->texts[i]);
    free(catalogs->texts);
    free(catalogs->items);
    arena_free(&catalogs->arena);
    *catalogs = (struct catalogs){.count = 0};
}

bool catalogs_check_libraries(const struct catalogs *catalogs, const struct options *options,
                              struct diag *diag)
{
    bool has[LIBRARIES] = {false}, any = false;

    for (size_t i = 0; i < catalogs->count; i++) {
        has[catalogs->items[i]->library] = true;
        any |= catalogs->items[i]->library != LIBRARY_NONE;
    }
    if (options->verify && !any)
        diag_trouble(diag, NULL,
                     "--verify: expected a catalog with a line '@library NAME', such as "
                     "--catalog=fingerprintjs");
    for (enum library i = LIBRARY_NONE + 1; i < LIBRARIES; i++)
        if (options->members >> ndjson_library_member(i) & 1 && !has[i])
            diag_trouble(diag, NULL,
                         "--select=ids.%s: expected a catalog with a line '@library %s', such as "
                         "--catalog=%s",
                         library_id_name(i), library_name(i), library_name(i));
    return diag->status != DIAG_TROUBLE;
}

/* A line for each built-in catalog. */
static void list_builtin(struct buf *out)
{
    for (size_t i = 0; i < builtin_count; i++) {
        const struct catalog *catalog = builtin_table[i].catalog;
        buf_put(out, catalog->name);
        buf_putc(out, '\t');
        buf_put(out, catalog->version);
        buf_putc(out, '\t');
        hash_put128(out, catalog->digest);
        buf_putc(out, '\t');
        buf_put_uint(out, catalog->row_count);
        buf_putc(out, '\n');
    }
}

bool catalogs_show(const char *name, struct buf *out, struct diag *diag)
{
    const struct builtin *builtin = name ? builtin_find(span_text(name)) : NULL;

    if (!name)
        list_builtin(out);
    else if (builtin)
        buf_put(out, builtin->text);
    else
        trouble_unknown(diag, "show-catalog", name);
    return !name || builtin;
}
