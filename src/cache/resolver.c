#include "config.h"

#include "cache/resolver.h"

#include <stdlib.h>

#include "cache/leaf.h"
#include "cache/path.h"
#include "cache/templates.h"
#include "cache/trace.h"
#include "cache/value_cache.h"
#include "catalog/catalog.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "vector/fold.h"
#include "vector/passthrough.h"
#include "vector/reading.h"

#define AT_ONCE 64 /* leaves for which memory is prefetched, before the first is looked up */
#define FEW     4  /* if more than this part of all cells has changed, so has each group */

bool resolver_init(struct resolver *s, const struct paths *paths,
                   struct value_cache *value_cache, struct leaf_reader *reader)
{
    *s = (struct resolver){
        .layout = paths->layout, .paths = paths, .value_cache = value_cache, .reader = reader};
    s->text_cells = calloc(paths->layout->count + 1, sizeof *s->text_cells);
    s->changed = calloc(paths->layout->count + 1, sizeof *s->changed);
    return cells_room_init(&s->room, paths->layout) && s->text_cells && s->changed;
}

void resolver_free(struct resolver *s)
{
    cells_room_free(&s->room);
    free(s->text_cells);
    free(s->changed);
}

/* Set the text of CELL, and note it for clear_texts(). */
static void set_text(struct resolver *s, uint32_t cell, struct span text)
{
    if (text.n && s->text_count++ < s->layout->count)
        s->text_cells[s->text_count - 1] = cell;
    s->room.texts[cell] = text;
}

/* Forget the texts of the record before. In most formats few cells have one, so that to clear all
 * of them would cost more than all else that is done for a cell. */
static void clear_texts(struct resolver *s)
{
    if (s->text_count > s->layout->count) {
        memset(s->room.texts, 0, s->layout->count * sizeof *s->room.texts);
        s->text_count = 0;
    }
    while (s->text_count > 0)
        s->room.texts[s->text_cells[--s->text_count]] = span_of(NULL, 0);
}

/* Set CELL, and note it if it is not the same any more. */
static void set_cell(struct resolver *s, uint32_t cell, enum signal_state state,
                     uint64_t number, struct span text)
{
    struct cells cells = s->room.cells;

    if ((cells.states[cell] != state || cells.numbers[cell] != number) &&
        s->changed_count++ < s->layout->count)
        s->changed[s->changed_count - 1] = cell;
    cells.states[cell] = (unsigned char)state;
    cells.numbers[cell] = number;
    set_text(s, cell, text);
}

/* The results of the base, as if the record were the same. */
static void set_base(struct resolver *s, const struct template *base)
{
    memcpy(s->room.cells.states, base->cells.states, s->layout->count);
    memcpy(s->room.cells.numbers, base->cells.numbers,
           s->layout->count * sizeof *s->room.cells.numbers);
    clear_texts(s);
    s->changed_count = 0;
    for (uint32_t i = 0; i < base->text_count; i++) {
        const struct template_text *text = &base->texts[i];
        set_text(s, text->cell, span_of(base->text_bytes + text->at, text->n));
    }
}

/* The results of the leaves FROM to TO of TEMPLATE; of no template: that they are not there. */
static void set_leaves(struct resolver *s, const struct template *base,
                       const struct template *template, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const struct path *path = &s->paths->items[base->skeleton->leaves[i].path];
        for (uint32_t k = 0; k < path->cell_count; k++) {
            uint32_t cell = s->paths->cells[path->cells + k];
            if (template)
                set_cell(s, cell, template->cells.states[cell], template->cells.numbers[cell],
                         template_cell_text(template, cell));
            else
                set_cell(s, cell, SIGNAL_MISSING, 0, span_of(NULL, 0));
        }
    }
}

/* Has LEAF results that must be found? */
static bool is_wanted(const struct resolver *s, const struct trace_leaf *leaf)
{
    return s->paths->items[leaf->path].cell_count || leaf->names;
}

/* Hash the leaves FROM to TO of the trace, and prefetch what is looked up for them before the first
 * look-up. */
static void expect_leaves(struct resolver *s, const struct trace *t, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        struct trace_leaf *leaf = &t->leaves[i];
        if (!is_wanted(s, leaf))
            continue;
        leaf->hash = value_cache_hash(s->value_cache, leaf->path,
                                      span_cut(t->record, leaf->start, leaf->end));
        value_cache_expect(s->value_cache, leaf->hash);
    }
    for (uint32_t i = from; i < to; i++)
        if (is_wanted(s, &t->leaves[i]))
            value_cache_expect_kept(s->value_cache, t->leaves[i].path, t->leaves[i].hash);
}

/* Set the results of a leaf that is not as in the template. */
static bool set_leaf(struct resolver *s, const struct trace_leaf *leaf)
{
    const struct path *path = &s->paths->items[leaf->path];
    struct span raw = span_cut(s->trace->record, leaf->start, leaf->end);
    const struct json_counts counts = {leaf->values, leaf->names, 0};

    uint64_t hash = leaf->hash;
    bool known = value_cache_find(s->value_cache, leaf->path, raw, hash, s->room.results,
                                  path->cell_count);
    if (!known) {
        if (!leaf_read(s->reader, leaf->path, raw, &counts, s->room.results))
            return false;
        value_cache_keep(s->value_cache, leaf->path, raw, hash, s->room.results,
                         path->cell_count, s->read++ < RESOLVER_AT_ONCE);
    }
    for (uint32_t k = 0; k < path->cell_count; k++) {
        uint32_t cell = s->paths->cells[path->cells + k];
        const struct vector_signal *result = &s->room.results[k];
        set_cell(s, cell, result->state, result->hash, result->text);
        if (known && result->text.n) {
            unsigned char *copy = arena_take(s->reader->arena, result->text.n);
            if (!copy)
                return false;
            memcpy(copy, result->text.p, result->text.n);
            s->room.texts[cell].p = copy;
        }
    }
    return true;
}

/* Set the results of all leaves that are not as in the template, some at a time, so that what was
 * prefetched for them is still in the processor's cache when it is looked up. */
static bool set_trace(struct resolver *s, const struct trace *t)
{
    s->read = 0;
    for (uint32_t from = 0, to; from < t->leaf_count; from = to) {
        to = t->leaf_count - from < AT_ONCE ? t->leaf_count : from + AT_ONCE;
        expect_leaves(s, t, from, to);
        for (uint32_t i = from; i < to; i++)
            if (is_wanted(s, &t->leaves[i]) && !set_leaf(s, &t->leaves[i]))
                return false;
    }
    return true;
}

/* What passes through for one target while it is found, leaf by leaf. */
struct passing {
    const struct catalog *catalog;
    uint32_t target;      /* its number */
    struct span *members; /* of the passthrough */
    struct json json;     /* of the leaf that the id is in; only if */
    uint32_t id;          /* its node is not NODE_NONE */
    size_t *ranks; /* of each member, and then of the id: the number of the pointer that has */
                   /* found it; or how many pointers it has */
};

/* Find by POINTERS what is in JSON, the value of the leaf at PATH, if no pointer before number *RANK
 * has found it elsewhere. *RANK becomes the number of the pointer. Else NODE_NONE. */
static uint32_t find_passing(struct resolver *s, struct pointers pointers, uint32_t path,
                             const struct json *json, size_t *rank)
{
    uint32_t depth = s->paths->items[path].depth;

    for (size_t i = 0; i < *rank; i++) {
        struct pointer rest = pointers.items[i];
        if (!paths_on(s->paths, path, &rest))
            continue;
        rest.tokens += depth;
        rest.count -= depth;
        uint32_t node = pointer_find(json, 0, &rest, s->reader->arena);
        if (node != NODE_NONE) {
            *rank = i;
            return node;
        }
    }
    return NODE_NONE;
}

/* Find what passes through of LEAF. */
static bool read_passthrough_leaf(struct resolver *s, const struct trace_leaf *leaf,
                                  struct passing *passing)
{
    const struct catalog *c = passing->catalog;
    struct span raw = span_cut(s->trace->record, leaf->start, leaf->end);
    const struct json_counts counts = {leaf->values, leaf->names, 0};
    struct json parsed, json;
    uint32_t node;

    if (json_parse(&parsed, raw, &counts, s->reader->arena) != STATUS_OK ||
        !leaf_reshape(s->reader, leaf->path, passing->target, &parsed, &json))
        return false;
    for (uint32_t k = 0; k < c->carry_count; k++) {
        node = find_passing(s, c->carries[k].pointers, leaf->path, &json, &passing->ranks[k]);
        if (node != NODE_NONE)
            passing->members[k] = passthrough_text(&json, node);
    }
    node = find_passing(s, c->ids, leaf->path, &json, &passing->ranks[c->carry_count]);
    if (node != NODE_NONE) {
        passing->json = json;
        passing->id = node;
    }
    return true;
}

static bool read_passthrough(struct resolver *s, uint32_t i, struct passthrough *passthrough)
{
    const struct catalog *c = s->layout->targets[i].catalog;
    struct arena *arena = s->reader->arena;
    struct passing passing = {
        .catalog = c,
        .target = i,
        .id = NODE_NONE,
        .members = arena_take_array(arena, c->carry_count, sizeof *passing.members),
        .ranks = arena_take_array(arena, c->carry_count + 1, sizeof *passing.ranks)};

    if (!passing.members || !passing.ranks)
        return false;
    memset(passing.members, 0, c->carry_count * sizeof *passing.members);
    for (uint32_t k = 0; k < c->carry_count; k++)
        passing.ranks[k] = c->carries[k].pointers.count;
    passing.ranks[c->carry_count] = c->ids.count;
    passthrough->members = passing.members;
    const struct trace *t = s->trace;
    for (uint32_t k = 0; k < t->leaf_count; k++)
        if (s->paths->items[t->leaves[k].path].flags & PATH_PASSTHROUGH &&
            !read_passthrough_leaf(s, &t->leaves[k], &passing))
            return false;
    return passthrough_id(&passthrough->id, &passing.json, passing.id, arena,
                          s->reader->scratch)
               .status == STATUS_OK;
}

/* Count for target number I the names in the record, outside of leaves, that no pointer leads
 * to. */
static uint32_t count_names(const struct resolver *s, uint32_t i)
{
    const struct trace *t = s->trace;
    const struct path *paths = s->paths->items;
    uint32_t count = 0;

    const struct skeleton *skeleton = t->template->skeleton;
    if (!t->edited)
        return skeleton->uncataloged[i];
    for (uint32_t k = 0; k < t->name_count; k++)
        count += paths[t->names[k].path].counts >> i & 1;
    for (uint32_t k = 0; k < t->stretch_count; k++) {
        const struct trace_stretch *stretch = &t->stretches[k];
        for (uint32_t l = stretch->from; l < stretch->to; l++) {
            uint32_t names = l > stretch->from || stretch->gap ? skeleton->names[l] : 1;
            for (uint32_t at = skeleton->leaves[l].path; names; names--, at = paths[at].parent)
                count += paths[at].counts >> i & 1;
        }
    }
    return count;
}

/* Fold the vectors of BASE, if that was not done before. */
static bool fold_base(struct resolver *s, struct template *base)
{
    struct vector vector;

    if (base->is_folded)
        return true;
    set_base(s, base);
    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        cells_vector(s->layout, i, s->room.cells, s->room.texts, &vector);
        if (!fold_vector(&vector, s->reader->arena))
            return false;
        template_keep_folded(base, i, &vector);
    }
    base->is_folded = true;
    return true;
}

/* What is known of VECTOR, that of target number I: where it is like the base. */
static bool know_vector(struct resolver *s, uint32_t i, struct vector *vector)
{
    const struct cells_target *t = &s->layout->targets[i];
    const struct template *base = s->trace->template;
    struct fold_known *known = arena_take(s->reader->arena, sizeof *known);
    uint32_t *changed = arena_take_array(
        s->reader->arena, (size_t)s->changed_count + t->odd_count, sizeof *changed);

    if (!known || !changed)
        return false;
    *known = t->known;
    vector->known = known;
    if (s->changed_count > s->layout->count / FEW)
        return true;
    known->like = &base->folded[i];
    known->changed = changed;
    for (uint32_t k = 0; k < s->changed_count; k++)
        if (s->changed[k] - t->first < t->catalog->row_count)
            changed[known->changed_count++] = s->changed[k] - t->first;
    for (uint32_t k = 0; k < t->odd_count; k++) {
        uint32_t row = t->odd[k], cell = t->first + row;
        if (vector->states[row] != base->cells.states[cell] ||
            vector->hashes[row] != base->cells.numbers[cell])
            changed[known->changed_count++] = row;
    }
    return true;
}

bool resolver_record(struct resolver *s, const struct trace *t, struct reading *readings)
{
    struct trace_omitted gap = {0, 0, 0};
    uint32_t found = 0;

    s->trace = t;
    if (!fold_base(s, &t->templates->items[t->base]))
        return false;
    set_base(s, t->template);
    for (uint32_t i = 0; i < t->earlier_count; i++)
        set_leaves(s, t->template, &t->templates->items[t->earlier[i].template],
                   t->earlier[i].from, t->earlier[i].to);
    while (t->edited && trace_omitted(t, &gap))
        set_leaves(s, t->template, NULL, gap.from, gap.to);
    if (!set_trace(s, t))
        return false;
    for (uint32_t i = 0; i < s->layout->target_count; i++) {
        struct vector *vector = &readings[i].vector;
        cells_vector(s->layout, i, s->room.cells, s->room.texts, vector);
        if (s->layout->counted)
            vector->uncataloged += count_names(s, i);
        vector->root = paths_roots(s->paths, t->template->skeleton->record)[i];
        found += vector->found;
        if (!know_vector(s, i, vector))
            return false;
        if (!read_passthrough(s, i, &readings[i].passthrough))
            return false;
    }
    /* Without a signal the record is a reject, which the full path reports. */
    return found > 0;
}
