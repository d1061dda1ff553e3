#include "config.h"

#include "match/common.h"

#include <stdlib.h>

#include "base/buf.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "format/catalog_pair.h"
#include "format/ndjson_read.h"
#include "steps/normalize.h"
#include "steps/step.h"
#include "text/names.h"

static bool has_label(const struct catalog *catalog, struct span label, struct buf *scratch)
{
    buf_clear(scratch);
    catalog_put_label(scratch, catalog);
    return !scratch->failed && span_equal(buf_span(scratch), label);
}

bool match_catalog_find(const struct ndjson_read_plan *plan, struct span label,
                        const struct catalog **found)
{
    struct buf scratch = BUF_EMPTY;
    bool enough = true;

    *found = NULL;
    for (size_t i = 0; enough && i < plan->catalog_count + builtin_count && !*found; i++) {
        const struct catalog *catalog = i < plan->catalog_count
                                            ? plan->catalogs[i]
                                            : builtin_table[i - plan->catalog_count].catalog;
        if (has_label(catalog, label, &scratch))
            *found = catalog;
        enough = !scratch.failed;
    }
    buf_free(&scratch);
    return enough;
}

/* Is SPEC the NAME, NAME-VERSION or all of LABEL? */
static bool names_catalog(struct span spec, struct span label)
{
    return span_begins(label, spec) &&
           (spec.n == label.n || label.p[spec.n] == '-' || label.p[spec.n] == ':');
}

bool match_catalogs_pair(const struct catalog_pair *pairs, size_t count, struct span known,
                         struct span new)
{
    for (size_t i = 0; i < count; i++)
        if (names_catalog(pairs[i].old, known) && names_catalog(pairs[i].new, new))
            return true;
    return span_equal(known, new);
}

/* Have the rows A of ONE and B of OTHER the same name, group, tier and steps? */
static bool same_meaning(const struct catalog *one, uint32_t a, const struct catalog *other,
                         uint32_t b, struct buf scratch[2])
{
    const struct catalog_row *rows[] = {&one->rows[a], &other->rows[b]};

    for (int i = 0; i < 2; i++) {
        const struct catalog *catalog = i ? other : one;
        buf_clear(&scratch[i]);
        buf_put(&scratch[i], catalog_group_name(catalog, rows[i]->group));
        buf_putc(&scratch[i], '\t');
        normalize_put(&scratch[i], &catalog->pipelines[rows[i]->pipeline]);
    }
    return rows[0]->tier == rows[1]->tier && !scratch[0].failed && !scratch[1].failed &&
           span_equal(buf_span(&scratch[0]), buf_span(&scratch[1]));
}

/* For each row of CATALOG, does it count: has OTHER one with the same meaning? Null when memory is
 * out; to be freed. */
static unsigned char *find_same_rows(const struct catalog *catalog, const struct catalog *other)
{
    struct names names;
    struct buf scratch[2] = {BUF_EMPTY, BUF_EMPTY};
    unsigned char *same = calloc((size_t)catalog->row_count + 1, 1);
    bool enough = same != NULL;

    names_init(&names, 0, NULL);
    for (uint32_t i = 0; enough && i < other->row_count; i++)
        enough = names_add(&names, catalog_row_name(other, i)) == i;
    for (uint32_t i = 0; enough && i < catalog->row_count; i++) {
        uint32_t row = names_find(&names, catalog_row_name(catalog, i));
        same[i] = row != NAMES_NONE && same_meaning(catalog, i, other, row, scratch);
        enough = !scratch[0].failed && !scratch[1].failed;
    }
    names_free(&names);
    buf_free(&scratch[0]);
    buf_free(&scratch[1]);
    if (!enough)
        free(same);
    return enough ? same : NULL;
}

/* The rows of CATALOG in the group NAME, without volatile ones; null if it has no such group. */
static const struct catalog_list *find_group(const struct catalog *catalog, struct span name)
{
    for (uint32_t g = 0; g < catalog->group_count; g++)
        if (span_equal(catalog_group_name(catalog, g), name))
            return &catalog->lists.groups[g];
    return NULL;
}

/* With groups alone: has group G of CATALOG the same rows in OTHER, in the same order? */
static bool same_group(const struct catalog *catalog, const struct catalog *other, uint32_t g,
                       const unsigned char *same)
{
    const struct catalog_list *list = &catalog->lists.groups[g],
                              *others = find_group(other, catalog_group_name(catalog, g));

    if (!others || others->count != list->count)
        return false;
    for (uint32_t i = 0; i < list->count; i++)
        if (!same[list->rows[i]] || !span_equal(catalog_row_name(catalog, list->rows[i]),
                                                catalog_row_name(other, others->rows[i])))
            return false;
    return true;
}

bool match_common_make(struct match_common *common, const struct match_components *components,
                       const struct catalog *new)
{
    const struct match_components *c = components;
    unsigned char *same = find_same_rows(c->catalog, new);

    *common = (struct match_common){.whole = calloc((size_t)c->count + 1, 1),
                                    .cells = calloc((size_t)c->all_cells + 1, 1)};
    bool enough = same && common->whole && common->cells;
    for (uint32_t i = 0; enough && i < c->count; i++) {
        const struct match_component *item = &c->items[i];
        common->whole[i] = 1;
        for (uint32_t k = item->cells; k < item->cells + item->cell_count; k++) {
            common->cells[k] = c->source == MATCH_GROUPS
                                   ? same_group(c->catalog, new, c->rows[k], same)
                                   : same[c->rows[k]];
            common->whole[i] &= common->cells[k];
        }
    }
    if (enough)
        common->version = c->version != MATCH_NO_ROW && same[c->version] && same[c->family];
    free(same);
    return enough;
}

void match_common_free(struct match_common *common)
{
    free(common->whole);
    free(common->cells);
}
