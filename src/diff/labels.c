#include "config.h"

#include "diff/labels.h"

#include "base/buf.h"
#include "base/quota.h"
#include "format/row.h"

/* Take down what SIDE of all MAPS names. */
static bool read_maps(struct diff_labels *labels, const struct diff_map *maps, unsigned side)
{
    struct diff_map_side *s = &labels->sides[side];

    s->maps = quota_calloc(labels->quota, labels->map_count + 1, sizeof *s->maps);
    for (size_t i = 0; s->maps && i < labels->map_count; i++) {
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

bool diff_labels_init(struct diff_labels *labels, const struct diff_map *maps, size_t map_count,
                      bool one, bool chain, uint64_t seed, struct quota *quota)
{
    *labels = (struct diff_labels){
        .map_count = map_count, .one = one, .chain = chain, .quota = quota};
    names_init(&labels->names, seed, quota);
    names_init(&labels->known, seed, quota);
    for (unsigned side = 0; side < 2; side++)
        names_init(&labels->sides[side].specs, seed, quota);
    return read_maps(labels, maps, 0) && read_maps(labels, maps, 1);
}

void diff_labels_free(struct diff_labels *labels)
{
    struct quota *quota = labels->quota;

    quota_free(quota, labels->items, labels->room * sizeof *labels->items);
    labels->items = NULL;
    labels->room = 0;
    names_free(&labels->known);
    names_free(&labels->names);
    for (unsigned side = 0; side < 2; side++) {
        struct diff_map_side *s = &labels->sides[side];
        quota_free(quota, s->maps, (labels->map_count + 1) * sizeof *s->maps);
        s->maps = NULL;
        names_free(&s->specs);
    }
}

void diff_labels_clear(struct diff_labels *labels)
{
    for (uint32_t i = 0; i < labels->known.count; i++)
        labels->items[i].rows = 0;
}

/* The first pair of the map whose old, or new, side names LABEL: as NAME, NAME-VERSION, or all
 * of it. */
static size_t find_map(const struct diff_labels *labels, struct span label, unsigned side)
{
    const struct diff_map_side *s = &labels->sides[side];
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

/* A number for rows of SCHEMA on side INPUT of two: of the pair of the map, or of the name. */
static uint32_t join_number(struct diff_labels *labels, unsigned input,
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

/* Have room for one item more. */
static bool grow_labels(struct diff_labels *labels)
{
    uint32_t room = labels->room;

    if (labels->known.count < room)
        return true;
    uint32_t want = room ? 2 * room : 4;
    struct diff_label *items =
        quota_realloc(labels->quota, labels->items, room * sizeof *items, want * sizeof *items);
    if (!items)
        return false;
    labels->items = items;
    labels->room = want;
    return true;
}

/* The number of the label of SCHEMA, of the input number INPUT; NAMES_NONE when memory is out.
 */
static uint32_t add_label(struct diff_labels *labels, unsigned input,
                          const struct schema *schema)
{
    struct buf key = BUF_EMPTY;
    uint32_t before = labels->known.count, i = NAMES_NONE;

    buf_putc(&key, (unsigned char)input);
    buf_put(&key, schema->label);
    if (!key.failed && grow_labels(labels))
        i = names_add(&labels->known, buf_span(&key));
    buf_free(&key);
    if (i == NAMES_NONE || i < before)
        return i;
    struct diff_label *label = &labels->items[i];
    *label = (struct diff_label){.label = schema->label, .input = input, .side = input};
    if (labels->one && !labels->chain)
        choose_side(labels, label);
    else
        label->number = join_number(labels, input, schema);
    return label->number == NAMES_NONE ? NAMES_NONE : i;
}

struct diff_label *diff_labels_of(struct diff_labels *labels, unsigned input,
                                  const struct row *row)
{
    struct schema *schema = row->schema;

    if (!schema->use) {
        uint32_t i = add_label(labels, input, schema);
        if (i == NAMES_NONE)
            return NULL;
        schema->use = i + 1;
    }
    struct diff_label *label = &labels->items[schema->use - 1];
    label->rows++;
    return label;
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

bool diff_labels_flipped(const struct diff_labels *labels)
{
    if (!labels->one || labels->chain || labels->map_count || labels->known.count < 2)
        return false;
    struct span a = labels->items[0].label, b = labels->items[1].label;
    struct span va = label_version(a), vb = label_version(b);
    if (!span_equal(label_name(a), label_name(b)))
        return false;
    return va.n > vb.n || (va.n == vb.n && span_compare(va, vb) > 0);
}

unsigned diff_labels_side(const struct diff_labels *labels, const struct diff_label *label)
{
    return diff_labels_flipped(labels) ? !label->side : label->side;
}

static int order_labels(const struct diff_label *a, const struct diff_label *b)
{
    int skipped = (int)a->skipped - (int)b->skipped;

    return skipped ? skipped : span_compare(a->label, b->label);
}

const struct diff_label *diff_labels_next(const struct diff_labels *labels, unsigned side,
                                          const struct diff_label *last)
{
    const struct diff_label *next = NULL;

    for (uint32_t i = 0; i < labels->known.count; i++) {
        const struct diff_label *label = &labels->items[i];
        if (diff_labels_side(labels, label) == side &&
            (!last || order_labels(label, last) > 0) &&
            (!next || order_labels(label, next) < 0))
            next = label;
    }
    return next;
}

const char *diff_labels_check(const struct diff_labels *labels)
{
    bool has[2] = {false, false}, skipped = false;

    if (!labels->one || labels->chain)
        return NULL;
    for (uint32_t i = 0; i < labels->known.count; i++) {
        has[labels->items[i].side] |= !labels->items[i].skipped;
        skipped |= labels->items[i].skipped;
    }
    if (!labels->map_count && skipped)
        return "vectors by more than two catalogs: say which to compare by --map OLD=NEW";
    if (!has[0] || !has[1])
        return labels->map_count
                   ? "no vectors by a catalog of --map, so there is nothing to compare"
                   : "vectors by one catalog only, so there is nothing to compare: "
                     "expected two files, or --by";
    return NULL;
}
