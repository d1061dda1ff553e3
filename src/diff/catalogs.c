#include "config.h"

#include "diff/catalogs.h"

#include "base/buf.h"
#include "base/quota.h"
#include "format/row.h"

/* Number the names that all MAPS have on SIDE. */
static bool read_maps(struct diff_catalogs *catalogs, const struct catalog_pair *maps,
                      unsigned side)
{
    struct diff_map_side *s = &catalogs->sides[side];

    s->maps = quota_calloc(catalogs->quota, catalogs->map_count + 1, sizeof *s->maps);
    for (size_t i = 0; s->maps && i < catalogs->map_count; i++) {
        struct span spec = side ? maps[i].new : maps[i].old;
        uint32_t before = s->specs.count, number = names_add(&s->specs, spec);
        if (number == NAMES_NONE)
            return false;
        if (number == before)
            s->maps[number] = (uint32_t)i;
        if (spec.n > s->longest)
            s->longest = spec.n;
    }
    return s->maps;
}

bool diff_catalogs_init(struct diff_catalogs *catalogs, const struct catalog_pair *maps,
                        size_t map_count, bool one, bool chain, uint64_t seed,
                        struct quota *quota)
{
    *catalogs = (struct diff_catalogs){
        .map_count = map_count, .one = one, .chain = chain, .quota = quota};
    names_init(&catalogs->names, seed, quota);
    names_init(&catalogs->known, seed, quota);
    for (unsigned side = 0; side < 2; side++)
        names_init(&catalogs->sides[side].specs, seed, quota);
    return read_maps(catalogs, maps, 0) && read_maps(catalogs, maps, 1);
}

void diff_catalogs_free(struct diff_catalogs *catalogs)
{
    struct quota *quota = catalogs->quota;

    quota_free(quota, catalogs->items, catalogs->room * sizeof *catalogs->items);
    catalogs->items = NULL;
    catalogs->room = 0;
    names_free(&catalogs->known);
    names_free(&catalogs->names);
    for (unsigned side = 0; side < 2; side++) {
        struct diff_map_side *s = &catalogs->sides[side];
        quota_free(quota, s->maps, (catalogs->map_count + 1) * sizeof *s->maps);
        s->maps = NULL;
        names_free(&s->specs);
    }
}

bool diff_catalogs_mapped(const struct diff_catalogs *catalogs,
                          const struct diff_catalog *catalog)
{
    struct span name = catalogs->names.items[catalog->number];

    return name.n && name.p[0] == '=';
}

void diff_catalogs_clear(struct diff_catalogs *catalogs)
{
    for (uint32_t i = 0; i < catalogs->known.count; i++)
        catalogs->items[i].rows = 0;
}

/* The first pair of the map that names LABEL on SIDE: as NAME, NAME-VERSION, or all of it.
 * SIZE_MAX if no pair does. */
static size_t find_map(const struct diff_catalogs *catalogs, struct span label, unsigned side)
{
    const struct diff_map_side *s = &catalogs->sides[side];
    size_t found = SIZE_MAX;

    for (size_t end = 1; end <= label.n && end <= s->longest; end++) {
        if (end < label.n && label.p[end] != '-' && label.p[end] != ':')
            continue;
        uint32_t number = names_find(&s->specs, span_cut(label, 0, end));
        if (number != NAMES_NONE && s->maps[number] < found)
            found = s->maps[number];
    }
    return found;
}

/* The number by which rows of SCHEMA on SIDE are joined: that of the pair of the map, or of the
 * catalog's name. */
static uint32_t join_number(struct diff_catalogs *catalogs, unsigned side,
                            const struct schema *schema)
{
    struct buf text = BUF_EMPTY;
    size_t map = find_map(catalogs, schema->label, side);

    if (catalogs->chain && map == SIZE_MAX)
        map = find_map(catalogs, schema->label, 1);
    if (map == SIZE_MAX) {
        buf_put(&text, schema->name);
    } else {
        buf_putc(&text, '='); /* which no name begins with */
        buf_put_uint(&text, map);
    }
    uint32_t number = text.failed ? NAMES_NONE : names_add(&catalogs->names, buf_span(&text));
    buf_free(&text);
    return number;
}

/* Choose the side of CATALOG, which is new, of the one input. */
static void choose_side(struct diff_catalogs *catalogs, struct diff_catalog *catalog)
{
    if (catalogs->map_count) {
        catalog->side = find_map(catalogs, catalog->label, 0) == SIZE_MAX;
        catalog->skipped = catalog->side && find_map(catalogs, catalog->label, 1) == SIZE_MAX;
        return;
    }
    catalog->side = catalog != &catalogs->items[0];
    catalog->skipped = catalog > &catalogs->items[1];
}

/* Make room for one more item. */
static bool grow_catalogs(struct diff_catalogs *catalogs)
{
    uint32_t room = catalogs->room;

    if (catalogs->known.count < room)
        return true;
    uint32_t want = room ? 2 * room : 4;
    struct diff_catalog *items = quota_realloc(catalogs->quota, catalogs->items,
                                               room * sizeof *items, want * sizeof *items);
    if (!items)
        return false;
    catalogs->items = items;
    catalogs->room = want;
    return true;
}

/* The number of the catalog of SCHEMA, in input INPUT. NAMES_NONE when memory is out. */
static uint32_t add_catalog(struct diff_catalogs *catalogs, unsigned input,
                            const struct schema *schema)
{
    struct buf key = BUF_EMPTY;
    uint32_t before = catalogs->known.count, i = NAMES_NONE;

    buf_putc(&key, (unsigned char)input);
    buf_put(&key, schema->label);
    if (!key.failed && grow_catalogs(catalogs))
        i = names_add(&catalogs->known, buf_span(&key));
    buf_free(&key);
    if (i == NAMES_NONE || i < before)
        return i;
    struct diff_catalog *catalog = &catalogs->items[i];
    *catalog = (struct diff_catalog){.label = schema->label, .input = input, .side = input % 2};
    if (catalogs->one && !catalogs->chain)
        choose_side(catalogs, catalog);
    else
        catalog->number = join_number(catalogs, catalog->side, schema);
    return catalog->number == NAMES_NONE ? NAMES_NONE : i;
}

struct diff_catalog *diff_catalogs_of(struct diff_catalogs *catalogs, unsigned input,
                                      const struct row *row)
{
    struct schema *schema = row->schema;

    if (!schema->use) {
        uint32_t i = add_catalog(catalogs, input, schema);
        if (i == NAMES_NONE)
            return NULL;
        schema->use = i + 1;
    }
    struct diff_catalog *catalog = &catalogs->items[schema->use - 1];
    catalog->rows++;
    return catalog;
}

/* The version in the label NAME-VERSION:DIGEST. */
static struct span label_version(struct span label)
{
    size_t from = 0, end;

    while (from < label.n && label.p[from] != '-')
        from++;
    from += from < label.n;
    while (from < label.n && label.p[from] == '0')
        from++;
    for (end = from; end < label.n && label.p[end] != ':';)
        end++;
    return span_cut(label, from, end);
}

static struct span label_name(struct span label)
{
    size_t end = 0;

    while (end < label.n && label.p[end] != '-')
        end++;
    return span_cut(label, 0, end);
}

bool diff_catalogs_flipped(const struct diff_catalogs *catalogs)
{
    if (!catalogs->one || catalogs->chain || catalogs->map_count || catalogs->known.count < 2)
        return false;
    struct span a = catalogs->items[0].label, b = catalogs->items[1].label;
    struct span va = label_version(a), vb = label_version(b);
    if (!span_equal(label_name(a), label_name(b)))
        return false;
    return va.n > vb.n || (va.n == vb.n && span_compare(va, vb) > 0);
}

unsigned diff_catalogs_side(const struct diff_catalogs *catalogs,
                            const struct diff_catalog *catalog)
{
    return diff_catalogs_flipped(catalogs) ? !catalog->side : catalog->side;
}

static int order_catalogs(const struct diff_catalog *a, const struct diff_catalog *b)
{
    int skipped = (int)a->skipped - (int)b->skipped;

    return skipped ? skipped : span_compare(a->label, b->label);
}

const struct diff_catalog *diff_catalogs_next(const struct diff_catalogs *catalogs,
                                              unsigned side, const struct diff_catalog *last)
{
    const struct diff_catalog *next = NULL;

    for (uint32_t i = 0; i < catalogs->known.count; i++) {
        const struct diff_catalog *catalog = &catalogs->items[i];
        if (diff_catalogs_side(catalogs, catalog) == side &&
            (!last || order_catalogs(catalog, last) > 0) &&
            (!next || order_catalogs(catalog, next) < 0))
            next = catalog;
    }
    return next;
}

const char *diff_catalogs_check(const struct diff_catalogs *catalogs)
{
    bool has[2] = {false, false}, skipped = false;

    if (!catalogs->one || catalogs->chain)
        return NULL;
    for (uint32_t i = 0; i < catalogs->known.count; i++) {
        has[catalogs->items[i].side] |= !catalogs->items[i].skipped;
        skipped |= catalogs->items[i].skipped;
    }
    if (!catalogs->map_count && skipped)
        return "vectors by more than two catalogs: say which to compare by --map OLD=NEW";
    if (!has[0] || !has[1])
        return catalogs->map_count
                   ? "no vectors by a catalog of --map, so there is nothing to compare"
                   : "vectors by one catalog only, so there is nothing to compare: "
                     "expected two files, or --by";
    return NULL;
}
