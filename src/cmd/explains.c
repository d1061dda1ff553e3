#include "config.h"

#include "cmd/explains.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "cmd/diag.h"
#include "cmd/options.h"
#include "cmd/outputs.h"
#include "format/explain.h"
#include "text/nearest.h"
#include "text/utf8.h"

/* One item of the list. */
struct explain_name {
    struct span text; /* without the * */
    bool begins;      /* there was one: all names that begin so */
};

/* Cut the next item off LIST. */
static struct explain_name take_explain_name(struct span *list)
{
    size_t n = 0;

    while (n < list->n && list->p[n] != ',')
        n++;
    struct explain_name name = {span_cut(*list, 0, n), false};
    *list = n < list->n ? span_cut(*list, n + 1, list->n) : span_of(NULL, 0);
    if (n && name.text.p[n - 1] == '*') {
        name.begins = true;
        name.text.n--;
    }
    return name;
}

static bool is_meant(struct explain_name name, struct span row)
{
    return name.begins ? span_begins(row, name.text) : span_equal(row, name.text);
}

/* Is row number I of CATALOG in the list of OPTIONS? */
static bool is_listed(const struct options *options, const struct catalog *catalog, uint32_t i)
{
    struct span list = span_text(options->explain);

    if (catalog->rows[i].private_data && !options->reveal)
        return false;
    do
        if (is_meant(take_explain_name(&list), catalog_row_name(catalog, i)))
            return true;
    while (list.p);
    return false;
}

static void trouble_unknown_signal(struct diag *diag, struct explain_name name,
                                   const struct nearest *nearest)
{
    int n = (int)utf8_fit(name.text, 60);
    const char *text = (const char *)name.text.p;

    if (nearest->found.n && !name.begins)
        diag_trouble(diag, NULL,
                     "--explain: unknown signal '%.*s': expected a name in the catalog; did you "
                     "mean %.*s",
                     n, text, (int)utf8_fit(nearest->found, 60), (const char *)nearest->found.p);
    else
        diag_trouble(diag, NULL,
                     "--explain: unknown signal '%.*s%s': expected a name in the catalog, or the "
                     "beginning of one and *",
                     n, text, name.begins ? "*" : "");
}

/* Does NAME mean a signal that may be explained? */
static bool check_explain_name(const struct explains *explains, struct explain_name name,
                               const struct options *options, struct diag *diag)
{
    struct nearest nearest = nearest_begin(name.text);
    bool known = false;

    for (size_t k = 0; k < explains->count; k++) {
        const struct catalog *c = explains->items[k].catalog;
        for (uint32_t i = 0; i < c->row_count; i++) {
            nearest_offer(&nearest, catalog_row_name(c, i));
            if (!is_meant(name, catalog_row_name(c, i)))
                continue;
            known = true;
            if (!c->rows[i].private_data || options->reveal)
                return true;
        }
    }
    if (known)
        diag_trouble(diag, NULL,
                     "--explain: the signal '%.*s%s' is private: expected --reveal with it",
                     (int)utf8_fit(name.text, 60), (const char *)name.text.p,
                     name.begins ? "*" : "");
    else
        trouble_unknown_signal(diag, name, &nearest);
    return false;
}

bool explains_open(struct explains *explains, const struct options *options,
                   const struct outputs *outputs, struct diag *diag)
{
    struct span list = span_text(options->explain);

    *explains = (struct explains){.items = calloc(outputs->target_count, sizeof *explains->items),
                                  .count = outputs->target_count};
    if (!explains->items)
        return diag_no_memory(diag);
    for (size_t k = 0; k < explains->count; k++) {
        struct explain *e = &explains->items[k];
        const struct plan_target *target = &outputs->targets[k];
        if (!explain_init(e, target->catalog))
            return diag_no_memory(diag);
        e->text = outputs_terminal(outputs, target->output);
        for (uint32_t i = 0; i < target->catalog->row_count; i++)
            if (is_listed(options, target->catalog, i))
                e->rows[e->row_count++] = i;
    }
    do
        if (!check_explain_name(explains, take_explain_name(&list), options, diag))
            return false;
    while (list.p);
    return true;
}

void explains_close(struct explains *explains)
{
    for (size_t k = 0; explains->items && k < explains->count; k++)
        explain_free(&explains->items[k]);
    free(explains->items);
    *explains = (struct explains){.count = 0};
}
