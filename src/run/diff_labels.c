#include "config.h"

#include "run/diff_labels.h"

#include <stdlib.h>

#include "base/buf.h"

void diff_labels_init(struct diff_labels *labels, const struct diff_map *maps, size_t map_count,
                      bool one, bool chain, uint64_t seed)
{
    *labels =
        (struct diff_labels){.maps = maps, .map_count = map_count, .one = one, .chain = chain};
    names_init(&labels->names, seed, NULL);
}

void diff_labels_free(struct diff_labels *labels)
{
    free(labels->items);
    labels->items = NULL;
    labels->count = 0;
    names_free(&labels->names);
}

void diff_labels_clear(struct diff_labels *labels)
{
    for (uint32_t i = 0; i < labels->count; i++)
        labels->items[i].rows = 0;
}

/* Is LABEL a catalogue that SPEC names? */
static bool is_named(struct span label, struct span spec)
{
    return span_begins(label, spec) &&
           (label.n == spec.n || label.p[spec.n] == '-' || label.p[spec.n] == ':');
}

/* The first pair of the map whose old, or new, side names LABEL. */
static size_t find_map(const struct diff_labels *labels, struct span label, unsigned side)
{
    for (size_t i = 0; i < labels->map_count; i++)
        if (is_named(label, side ? labels->maps[i].new : labels->maps[i].old))
            return i;
    return SIZE_MAX;
}

/* A number for rows of SCHEMA on side INPUT of two: of the pair of the map, or of the name. */
static uint32_t number_of(struct diff_labels *labels, unsigned input,
                          const struct schema *schema)
{
    struct buf text = BUF_EMPTY;
    size_t map = find_map(labels, schema->label, input);

    if (labels->chain && map == SIZE_MAX)
        map = find_map(labels, schema->label, 1);
    if (map == SIZE_MAX) {
        buf_put(&text, schema->name);
    } else {
        buf_putc(&text, '=');
        buf_put_uint(&text, map);
    }
    uint32_t number = text.failed ? NAMES_NONE : names_add(&labels->names, buf_span(&text));
    buf_free(&text);
    return number;
}

/* Which side of one input has rows of the new LABEL. */
static void choose_side(struct diff_labels *labels, struct diff_label *label)
{
    if (labels->map_count) {
        label->side = find_map(labels, label->label, 0) == SIZE_MAX;
        label->skipped = label->side && find_map(labels, label->label, 1) == SIZE_MAX;
        return;
    }
    label->side = label != &labels->items[0];
    label->skipped = label > &labels->items[1];
}

static struct diff_label *add(struct diff_labels *labels, unsigned input,
                              const struct schema *schema)
{
    struct diff_label *items = realloc(labels->items, (labels->count + 1) * sizeof *items);

    if (!items)
        return NULL;
    labels->items = items;
    struct diff_label *label = &items[labels->count];
    *label = (struct diff_label){.label = schema->label, .input = input, .side = input};
    labels->count++;
    if (labels->one && !labels->chain) {
        choose_side(labels, label);
        return label;
    }
    label->number = number_of(labels, input, schema);
    if (label->number != NAMES_NONE)
        return label;
    labels->count--;
    return NULL;
}

struct diff_label *diff_labels_of(struct diff_labels *labels, unsigned input,
                                  const struct row *row)
{
    struct schema *schema = row->schema;
    uint32_t i = schema->use ? schema->use - 1 : 0;

    if (!schema->use) {
        while (i < labels->count && (labels->items[i].input != input ||
                                     !span_equal(labels->items[i].label, schema->label)))
            i++;
        if (i == labels->count && !add(labels, input, schema))
            return NULL;
        schema->use = i + 1;
    }
    labels->items[i].rows++;
    return &labels->items[i];
}

/* The version in the label NAME-VERSION:DIGEST. */
static struct span version_of(struct span label)
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

static struct span name_of(struct span label)
{
    size_t end = 0;

    while (end < label.n && label.p[end] != '-')
        end++;
    return span_cut(label, 0, end);
}

bool diff_labels_flipped(const struct diff_labels *labels)
{
    if (!labels->one || labels->chain || labels->map_count || labels->count < 2)
        return false;
    struct span a = labels->items[0].label, b = labels->items[1].label;
    struct span va = version_of(a), vb = version_of(b);
    if (!span_equal(name_of(a), name_of(b)))
        return false;
    return va.n > vb.n || (va.n == vb.n && span_compare(va, vb) > 0);
}

unsigned diff_labels_side(const struct diff_labels *labels, const struct diff_label *label)
{
    return diff_labels_flipped(labels) ? !label->side : label->side;
}

static int order(const struct diff_label *a, const struct diff_label *b)
{
    int skipped = (int)a->skipped - (int)b->skipped;

    return skipped ? skipped : span_compare(a->label, b->label);
}

const struct diff_label *diff_labels_next(const struct diff_labels *labels, unsigned side,
                                          const struct diff_label *last)
{
    const struct diff_label *next = NULL;

    for (uint32_t i = 0; i < labels->count; i++) {
        const struct diff_label *label = &labels->items[i];
        if (diff_labels_side(labels, label) == side && (!last || order(label, last) > 0) &&
            (!next || order(label, next) < 0))
            next = label;
    }
    return next;
}

const char *diff_labels_check(const struct diff_labels *labels)
{
    bool has[2] = {false, false}, skipped = false;

    if (!labels->one || labels->chain)
        return NULL;
    for (uint32_t i = 0; i < labels->count; i++) {
        has[labels->items[i].side] |= !labels->items[i].skipped;
        skipped |= labels->items[i].skipped;
    }
    if (!labels->map_count && skipped)
        return "vectors by more than two catalogues: say which to compare by --map OLD=NEW";
    if (!has[0] || !has[1])
        return labels->map_count
                   ? "no vectors by a catalogue of --map, so there is nothing to compare"
                   : "vectors by one catalogue only, so there is nothing to compare: "
                     "expected two files, or --by";
    return NULL;
}
