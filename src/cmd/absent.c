#include "config.h"

#include "cmd/absent.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/fault.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "catalog/lines.h"
#include "cmd/catalogs.h"
#include "cmd/diag.h"
#include "cmd/options.h"
#include "filter/absence.h"
#include "filter/pipeline.h"
#include "text/utf8.h"
#include "vector/neighbors.h"

#define NAME_SHOWN    60 /* bytes */
#define POINTER_SHOWN 80

/* Take what is needed to watch catalog number I. False when memory is out. */
static bool watch_catalog(struct absent *absent, size_t i, uint64_t seed)
{
    const struct catalog *catalog = absent->catalogs->items[i];

    absent->watched[i] = true;
    absent->counts[i] = calloc(catalog->row_count, sizeof *absent->counts[i]);
    return neighbors_init(&absent->neighbors[i], catalog, &absent->options->limits, seed) &&
           absent->counts[i];
}

bool absent_open(struct absent *absent, const struct options *options,
                 const struct catalogs *catalogs, uint64_t seed, struct diag *diag)
{
    size_t count = catalogs->count, files = 0;

    *absent = (struct absent){.options = options,
                              .catalogs = catalogs,
                              .lock = PTHREAD_MUTEX_INITIALIZER};
    for (size_t i = 0; i < count; i++)
        files += catalogs_is_file(options->catalogs[i].name);
    if (!files || options->explain)
        return true;
    absent->watched = calloc(count, sizeof *absent->watched);
    absent->counts = calloc(count, sizeof *absent->counts);
    absent->neighbors = calloc(count, sizeof *absent->neighbors);
    if (!absent->watched || !absent->counts || !absent->neighbors)
        return diag_no_memory(diag);
    for (size_t i = 0; i < count; i++)
        if (catalogs_is_file(options->catalogs[i].name) && !watch_catalog(absent, i, seed))
            return diag_no_memory(diag);
    return true;
}

void absent_close(struct absent *absent)
{
    for (size_t i = 0; absent->catalogs && i < absent->catalogs->count; i++) {
        if (absent->counts)
            free(absent->counts[i]);
        if (absent->neighbors && absent->watched && absent->watched[i])
            neighbors_free(&absent->neighbors[i]);
    }
    free(absent->counts);
    free(absent->neighbors);
    free(absent->watched);
    *absent = (struct absent){.records = 0};
}

void absent_add(struct absent *absent, const struct pipeline *worker)
{
    if (!absent->watched || !worker->absences)
        return;
    pthread_mutex_lock(&absent->lock);
    absent->workers++;
    for (size_t i = 0; i < absent->catalogs->count; i++)
        for (uint32_t k = 0; absent->watched[i] && k < worker->absences[i].count; k++)
            absent->counts[i][worker->absences[i].rows[k]]++;
    pthread_mutex_unlock(&absent->lock);
}

void absent_look(struct absent *absent, struct span record)
{
    absent->records++;
    for (size_t i = 0; i < absent->catalogs->count; i++)
        if (absent->watched[i])
            neighbors_look(&absent->neighbors[i], record);
}

/* Append TEXT, cut to MOST bytes. */
static void put_cut(struct buf *out, struct span text, size_t most)
{
    size_t n = utf8_fit(text, most);

    buf_put(out, span_cut(text, 0, n));
    if (n < text.n)
        buf_puts(out, "...");
}

/* Append the member that is most like what a pointer of row number ROW has not found. */
static void put_nearest(struct buf *out, const struct neighbors *neighbors, uint32_t row)
{
    const struct catalog *c = neighbors->catalog;
    uint32_t *nodes = calloc(c->pointer_count, sizeof *nodes);
    struct buf pointer = BUF_EMPTY;
    bool found = false;

    if (!nodes)
        return;
    trie_ends(&c->trie, nodes);
    for (uint32_t i = c->rows[row].pointers; !found && i < c->rows[row].pointers_end; i++)
        found = neighbors_put_nearest(neighbors, nodes[i], &pointer);
    if (found) {
        buf_puts(out, "; did you mean ");
        put_cut(out, buf_span(&pointer), POINTER_SHOWN);
    }
    buf_free(&pointer);
    free(nodes);
}

/* Warn that row number ROW, which LINE of the file NAME has, is in no record. */
static void warn_absent(const char *name, const struct neighbors *neighbors, uint32_t row,
                        const struct line *line)
{
    const struct cell *pointer = &line->cells[1];
    unsigned char text[512];
    struct buf what = buf_within(text, sizeof text - 1);

    buf_puts(&what, "no record has the signal ");
    put_cut(&what, line->cells[0].text, NAME_SHOWN);
    buf_puts(&what, ": expected it at ");
    put_cut(&what, pointer->text, POINTER_SHOWN);
    put_nearest(&what, neighbors, row);
    text[what.n] = '\0';
    diag_warning(name, line->number, pointer->offset - line->offset + 1, (const char *)text);
}

/* Is POINTER the first pointer of row number ROW of CATALOG? */
static bool is_first_pointer(const struct catalog *catalog, uint32_t row, struct span pointer)
{
    const struct trie *trie = &catalog->trie;
    struct buf text = BUF_EMPTY;
    uint32_t at = 0, node = 0;

    while (trie->ends[at] != catalog->rows[row].pointers)
        at++;
    while (at < trie->nodes[node].ends || at >= trie->nodes[node].below)
        node++;
    trie_put_pointer(trie, node, &text);
    bool equal = span_equal(buf_span(&text), pointer);
    buf_free(&text);
    return equal;
}

/* Has a built-in catalog the row of LINE, by name and pointer? Such a row is not misspelled: it is
 * copied, and describes more than any record has. */
static bool is_builtin_row(const struct line *line)
{
    for (size_t i = 0; i < builtin_count; i++) {
        const struct catalog *c = builtin_table[i].catalog;
        for (uint32_t row = 0; row < c->row_count; row++)
            if (span_equal(catalog_row_name(c, row), line->cells[0].text) &&
                is_first_pointer(c, row, line->cells[1].text))
                return true;
    }
    return false;
}

/* Warn of the rows of catalog number I. Those that another catalog has brought into it are not in
 * its text, and are left out. */
static void report_catalog(const struct absent *absent, size_t i)
{
    const struct catalog *c = absent->catalogs->items[i];
    const char *name = absent->options->catalogs[i].name;
    struct lines lines = {.text = buf_span(&absent->catalogs->texts[i])};
    struct line line;
    uint32_t row = 0, count = 0;

    while (lines_next(&lines, &line).status == STATUS_OK && line.count) {
        struct span cell = line.cells[0].text;
        if (!cell.n || cell.p[0] == '@')
            continue;
        while (row < c->row_count && !span_equal(catalog_row_name(c, row), cell))
            row++;
        if (row == c->row_count)
            break;
        if (absent->counts[i][row] == absent->workers && !is_builtin_row(&line) &&
            count++ < ABSENT_SHOWN)
            warn_absent(name, &absent->neighbors[i], row, &line);
    }
    if (count > ABSENT_SHOWN) {
        char what[100];
        snprintf(what, sizeof what, "no record has %u more of its signals: see --stats",
                 (unsigned)(count - ABSENT_SHOWN));
        diag_warning(name, 0, 0, what);
    }
}

void absent_report(const struct absent *absent)
{
    for (size_t i = 0; absent->watched && i < absent->catalogs->count; i++)
        if (absent->watched[i])
            report_catalog(absent, i);
}
