#include "config.h"

#include "cache/settle.h"

#include <stdlib.h>

bool settle_init(struct settle *s, const struct cells_layout *layout,
                 const struct places *places, struct memo *memo)
{
    size_t most = 1;

    *s = (struct settle){.layout = layout, .places = places, .memo = memo};
    for (uint32_t i = 0; i < layout->target_count; i++)
        if (layout->targets[i].catalog->pointer_count > most)
            most = layout->targets[i].catalog->pointer_count;
    s->cells.states = calloc(layout->count + 1, sizeof *s->cells.states);
    s->cells.hashes = calloc(layout->count + 1, sizeof *s->cells.hashes);
    s->texts = calloc(layout->count + 1, sizeof *s->texts);
    s->results = calloc(layout->count + 1, sizeof *s->results);
    s->reader.hits = calloc(most, sizeof *s->reader.hits);
    s->reader.places = places;
    return s->cells.states && s->cells.hashes && s->texts && s->results && s->reader.hits;
}

void settle_free(struct settle *s)
{
    free(s->cells.states);
    free(s->cells.hashes);
    free(s->texts);
    free(s->results);
    free(s->reader.hits);
    *s = (struct settle){0};
}

/* The results of the base, as if the record were the same. */
static void set_base(struct settle *s, const struct shape *base)
{
    memcpy(s->cells.states, base->cells.states, s->layout->count);
    memcpy(s->cells.hashes, base->cells.hashes, s->layout->count * sizeof *s->cells.hashes);
    memset(s->texts, 0, s->layout->count * sizeof *s->texts);
    for (uint32_t i = 0; i < base->text_count; i++) {
        const struct shape_text *text = &base->texts[i];
        s->texts[text->cell] = span_of(base->text_bytes + text->at, text->n);
    }
}

/* The results of the leaves FROM to TO of SHAPE; of no shape: that they are not there. */
static void set_leaves(struct settle *s, const struct shape *base, const struct shape *shape,
                       uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const struct place *place = &s->places->items[base->skeleton->leaves[i].place];
        for (uint32_t k = 0; k < place->cell_count; k++) {
            uint32_t cell = s->places->cells[place->cells + k];
            s->cells.states[cell] = shape ? shape->cells.states[cell] : SIGNAL_MISSING;
            s->cells.hashes[cell] = shape ? shape->cells.hashes[cell] : 0;
            s->texts[cell] = shape ? shape_cell_text(shape, cell) : span_of(NULL, 0);
        }
    }
}

/* Does LEAF come to anything that has to be found out? */
static bool is_wanted(const struct settle *s, const struct trace_leaf *leaf)
{
    return s->places->items[leaf->place].cell_count || leaf->names;
}

/* Hash all leaves, and have what is to be looked at for them underway before the first is. */
static void expect_leaves(struct settle *s, const struct trace *t)
{
    for (uint32_t i = 0; i < t->leaf_count; i++) {
        struct trace_leaf *leaf = &t->leaves[i];
        if (!is_wanted(s, leaf))
            continue;
        leaf->hash =
            memo_hash(s->memo, leaf->place, span_cut(t->record, leaf->start, leaf->end));
        memo_expect(s->memo, leaf->hash);
    }
    for (uint32_t i = 0; i < t->leaf_count; i++)
        if (is_wanted(s, &t->leaves[i]))
            memo_expect_kept(s->memo, t->leaves[i].place, t->leaves[i].hash);
}

/* Set the results of a leaf that is not as in the shape. */
static bool set_leaf(struct settle *s, const struct trace_leaf *leaf)
{
    const struct place *place = &s->places->items[leaf->place];
    struct span raw = span_cut(s->trace->record, leaf->start, leaf->end);
    const struct json_counts counts = {leaf->values, leaf->names, 0};

    uint64_t hash = leaf->hash;
    bool known = memo_find(s->memo, leaf->place, raw, hash, s->results, place->cell_count);
    if (!known) {
        if (!leaf_read(&s->reader, leaf->place, raw, &counts, s->results))
            return false;
        memo_keep(s->memo, leaf->place, raw, hash, s->results, place->cell_count,
                  s->read++ < SETTLE_AT_ONCE);
    }
    for (uint32_t k = 0; k < place->cell_count; k++) {
        uint32_t cell = s->places->cells[place->cells + k];
        const struct vector_signal *result = &s->results[k];
        s->cells.states[cell] = (unsigned char)result->state;
        s->cells.hashes[cell] = result->hash;
        s->texts[cell] = result->text;
        if (known && result->text.n) {
            unsigned char *copy = arena_take(s->reader.arena, result->text.n);
            if (!copy)
                return false;
            memcpy(copy, result->text.p, result->text.n);
            s->texts[cell].p = copy;
        }
    }
    return true;
}

/* What target number I carries of LEAF. */
static bool read_passthrough_leaf(struct settle *s, uint32_t i, const struct trace_leaf *leaf,
                                  struct passthrough *passthrough, struct span *members)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    struct span raw = span_cut(s->trace->record, leaf->start, leaf->end);
    const struct json_counts counts = {leaf->values, leaf->names, 0};
    uint32_t depth = s->places->items[leaf->place].depth;
    struct json json;

    if (json_parse(&json, raw, &counts, s->reader.arena) != STATUS_OK)
        return false;
    for (uint32_t k = 0; k <= c->carry_count; k++) {
        bool is_id = k == c->carry_count;
        struct pointer rest = is_id ? c->id : c->carries[k].pointer;
        if ((is_id && !c->has_id) || !places_on(s->places, leaf->place, &rest))
            continue;
        rest.tokens += depth;
        rest.count -= depth;
        uint32_t node = pointer_find(&json, 0, &rest, s->reader.arena);
        if (!is_id)
            members[k] = passthrough_text(&json, node);
        else if (passthrough_id(&passthrough->id, &json, node, s->reader.arena,
                                s->reader.scratch)
                     .status != STATUS_OK)
            return false;
    }
    return true;
}

static bool read_passthrough(struct settle *s, uint32_t i, struct passthrough *passthrough)
{
    uint32_t count = s->layout->targets[i].catalog->carry_count;
    struct span *members = arena_take_array(s->reader.arena, count, sizeof *members);

    if (!members)
        return false;
    memset(members, 0, count * sizeof *members);
    *passthrough = (struct passthrough){span_text("null"), members};
    const struct trace *t = s->trace;
    for (uint32_t k = 0; k < t->leaf_count; k++)
        if (s->places->items[t->leaves[k].place].flags & PLACE_PASSTHROUGH &&
            !read_passthrough_leaf(s, i, &t->leaves[k], passthrough, members))
            return false;
    return true;
}

/* Count for target number I the names in the record, outside of leaves, that no pointer leads
 * to. */
static uint32_t count_names(const struct settle *s, uint32_t i)
{
    const struct trace *t = s->trace;
    const struct place *places = s->places->items;
    uint32_t count = 0;

    const struct skeleton *skeleton = t->shape->skeleton;
    if (!t->edited)
        return skeleton->uncataloged[i];
    for (uint32_t k = 0; k < t->name_count; k++)
        count += places[t->names[k].place].counts >> i & 1;
    for (uint32_t k = 0; k < t->stretch_count; k++) {
        const struct trace_stretch *stretch = &t->stretches[k];
        for (uint32_t l = stretch->from; l < stretch->to; l++) {
            uint32_t names = l > stretch->from || stretch->text ? skeleton->names[l] : 1;
            for (uint32_t at = skeleton->leaves[l].place; names;
                 names--, at = places[at].parent)
                count += places[at].counts >> i & 1;
        }
    }
    return count;
}

bool settle_record(struct settle *s, const struct trace *t, struct reading *readings)
{
    struct trace_gap gap = {0, 0, 0};
    uint32_t found = 0;

    s->trace = t;
    set_base(s, t->shape);
    for (uint32_t i = 0; i < t->earlier_count; i++)
        set_leaves(s, t->shape, &t->shapes->items[t->earlier[i].shape], t->earlier[i].from,
                   t->earlier[i].to);
    while (t->edited && trace_gap(t, &gap))
        set_leaves(s, t->shape, NULL, gap.from, gap.to);
    expect_leaves(s, t);
    s->read = 0;
    for (uint32_t i = 0; i < t->leaf_count; i++)
        if (is_wanted(s, &t->leaves[i]) && !set_leaf(s, &t->leaves[i]))
            return false;
    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        struct vector *vector = &readings[i].vector;
        cells_vector(s->layout, i, s->cells, s->texts, vector);
        if (s->layout->counted)
            vector->uncataloged += count_names(s, i);
        found += vector->found;
        if (!read_passthrough(s, i, &readings[i].passthrough))
            return false;
    }
    /* Without a signal it is a reject, and that is for the full path to say. */
    return found > 0;
}
