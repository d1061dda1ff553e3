#include "config.h"

#include "match/components.h"

#include <stdlib.h>

#include "base/buf.h"
#include "catalog/catalog.h"
#include "text/hash.h"
#include "text/names.h"

/* The kinds of components; KIND_NONE is of what belongs to no component. */
enum { KIND_LASTING, KIND_BUILD, KIND_NONE };

static int row_kind(const struct catalog_row *row)
{
    if (!row->identities)
        return KIND_NONE;
    if (row->tier == TIER_DEVICE || row->tier == TIER_INSTALL)
        return KIND_LASTING;
    return row->tier == TIER_BUILD ? KIND_BUILD : KIND_NONE;
}

/* The kind of each group as a whole: that of the row which lasts least. */
static void find_group_kinds(const struct catalog *catalog, unsigned char *kinds)
{
    for (uint32_t i = 0; i < catalog->row_count; i++) {
        const struct catalog_row *row = &catalog->rows[i];
        int kind = row->tier <= TIER_INSTALL ? KIND_LASTING
                   : row->tier == TIER_BUILD ? KIND_BUILD
                                             : KIND_NONE;
        if (row->tier != TIER_VOLATILE && kinds[row->group] < kind)
            kinds[row->group] = (unsigned char)kind;
    }
}

/* Add the components of KIND made of signals. */
static void add_signal_components(struct match_components *c, int kind)
{
    const struct catalog *catalog = c->catalog;

    for (uint32_t g = 0; g < catalog->group_count; g++) {
        const struct catalog_list *list = &catalog->lists.groups[g];
        struct match_component *item = &c->items[c->count];
        *item = (struct match_component){
            .group = catalog_group_name(catalog, g), .cells = c->all_cells};
        for (uint32_t i = 0; i < list->count; i++)
            if (row_kind(&catalog->rows[list->rows[i]]) == kind)
                c->rows[c->all_cells++] = list->rows[i];
        item->cell_count = c->all_cells - item->cells;
        c->count += item->cell_count > 0;
    }
}

/* The same of the hashes of groups, whose kinds are in KINDS. */
static void add_group_components(struct match_components *c, int kind,
                                 const unsigned char *kinds, const bool *used)
{
    for (uint32_t g = 0; g < c->catalog->group_count; g++)
        if (used[g] && kinds[g] == kind) {
            c->items[c->count++] =
                (struct match_component){.group = catalog_group_name(c->catalog, g),
                                         .cells = c->all_cells,
                                         .cell_count = 1};
            c->rows[c->all_cells++] = g;
        }
}

static bool add_all_group_components(struct match_components *c)
{
    uint32_t groups = c->catalog->group_count;
    unsigned char *kinds = calloc(groups + 1, 1);
    bool *used = calloc(groups + 1, sizeof *used);

    if (kinds && used) {
        find_group_kinds(c->catalog, kinds);
        for (uint32_t i = 0; i < c->catalog->row_count; i++)
            used[c->catalog->rows[i].group] |= c->catalog->rows[i].tier != TIER_VOLATILE;
        add_group_components(c, KIND_LASTING, kinds, used);
        c->lasting = c->count;
            add_group_components(c, KIND_BUILD, kinds, used);
    }
    bool enough = kinds && used;
    free(kinds);
    free(used);
    return enough;
}

/* The row with the name NAME, or MATCH_NO_ROW. */
static uint32_t find_row(const struct catalog *catalog, struct span name)
{
    for (uint32_t i = 0; i < catalog->row_count; i++)
        if (span_equal(catalog_row_name(catalog, i), name))
            return i;
    return MATCH_NO_ROW;
}

/* The first fact that is a version of something whose name is a signal too. */
static bool find_version_rows(struct match_components *c)
{
    struct span end = span_text(".major");
    struct buf name = BUF_EMPTY;

    c->version = c->family = MATCH_NO_ROW;
    for (uint32_t i = 0; i < c->catalog->row_count && c->family == MATCH_NO_ROW; i++) {
        struct span row = catalog_row_name(c->catalog, i);
        if (c->catalog->rows[i].fact != PLAIN_U64 || row.n < end.n ||
            !span_equal(span_cut(row, row.n - end.n, row.n), end))
            continue;
        buf_clear(&name);
        buf_put(&name, span_cut(row, 0, row.n - end.n));
        buf_puts(&name, ".family");
        c->family = find_row(c->catalog, buf_span(&name));
        c->version = i;
    }
    if (c->family == MATCH_NO_ROW)
        c->version = MATCH_NO_ROW;
    bool enough = !name.failed;
    buf_free(&name);
    return enough;
}

/* Hash all versions that are known. */
static bool hash_versions(struct match_components *c)
{
    struct buf text = BUF_EMPTY;
    bool enough = c->versions != NULL;

    if (enough)
        names_init(c->versions, 0, NULL);
    for (uint32_t i = 0; enough && c->version != MATCH_NO_ROW && i < MATCH_VERSIONS; i++) {
        buf_clear(&text);
        buf_put(&text, catalog_row_name(c->catalog, c->version));
        buf_putc(&text, '=');
        buf_put_uint(&text, i);
        uint64_t hash = hash64(buf_span(&text));
        enough = !text.failed && names_add(c->versions, span_of(&hash, sizeof hash)) == i;
    }
    buf_free(&text);
    return enough;
}

bool match_components_init(struct match_components *components, const struct catalog *catalog,
                           enum match_source source)
{
    struct match_components *c = components;
    size_t most = 2 * (size_t)catalog->group_count + 1;

    *c = (struct match_components){.catalog = catalog, .source = source, .arena = ARENA_EMPTY};
    c->items = arena_take_array(&c->arena, most, sizeof *c->items);
    c->rows = arena_take_array(&c->arena, (size_t)catalog->row_count + most, sizeof *c->rows);
    c->versions = arena_take(&c->arena, sizeof *c->versions);
    if (!c->items || !c->rows || !find_version_rows(c) || !hash_versions(c))
        return false;
    if (source == MATCH_GROUPS)
        return add_all_group_components(c);
    add_signal_components(c, KIND_LASTING);
    c->lasting = c->count;
    add_signal_components(c, KIND_BUILD);
    return true;
}

void match_components_free(struct match_components *components)
{
    if (components->versions)
        names_free(components->versions);
    arena_free(&components->arena);
}

uint32_t match_components_version(const struct match_components *components, uint64_t hash)
{
    uint32_t number = hash ? names_find(components->versions, span_of(&hash, sizeof hash))
                           : NAMES_NONE;

    return number == NAMES_NONE ? MATCH_NO_VERSION : number;
}
