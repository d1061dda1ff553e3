#include "config.h"

#include "recall/recall.h"

#include <stdlib.h>

#include "recall/leaf.h"
#include "recall/memo.h"
#include "recall/trace.h"

struct recall {
    struct recall_rules rules;
    struct cells_layout layout;
    struct places places;
    struct shapes shapes;
    struct memo memo;
    struct trace trace;
    struct leaf_reader reader;

    /* The record in work: */
    struct cells cells;
    struct span *texts;            /* one a cell */
    struct vector_signal *results; /* of a leaf */

    uint32_t in_full; /* records in a row for which the full path was needed */
};

/* Is what POINTER leads to, or something above it, the root of CATALOG? */
static bool holds_root(const struct catalog *catalog, const struct pointer *pointer)
{
    for (size_t r = 0; r < catalog->root_count; r++) {
        const struct pointer *root = &catalog->roots[r];
        size_t i = 0;
        while (i < pointer->count && i < root->count &&
               span_equal(pointer->tokens[i], root->tokens[i]))
            i++;
        if (i == pointer->count)
            return true;
    }
    return false;
}

bool recall_can(const struct recall_rules *rules)
{
    if (rules->target_count > CELLS_TARGETS)
        return false;
    for (uint32_t i = 0; i < rules->target_count; i++) {
        const struct catalog *c = rules->targets[i].catalog;
        const struct trie_node *top = &c->trie.nodes[TRIE_ROOT];
        if (top->ends < top->below)
            return false;
        for (uint32_t k = 0; k < rules->target_count; k++) {
            const struct catalog *other = rules->targets[k].catalog;
            if (c->has_id && holds_root(other, &c->id))
                return false;
            for (uint32_t n = 0; n < c->carry_count; n++)
                if (holds_root(other, &c->carries[n].pointer))
                    return false;
        }
    }
    return true;
}

/* Memory for the record in work. */
static bool take_memory(struct recall *r)
{
    size_t most = 1;

    for (uint32_t i = 0; i < r->layout.target_count; i++)
        if (r->layout.targets[i].catalog->pointer_count > most)
            most = r->layout.targets[i].catalog->pointer_count;
    r->cells.states = calloc(r->layout.count + 1, sizeof *r->cells.states);
    r->cells.hashes = calloc(r->layout.count + 1, sizeof *r->cells.hashes);
    r->texts = calloc(r->layout.count + 1, sizeof *r->texts);
    r->results = calloc(r->layout.count + 1, sizeof *r->results);
    r->reader.hits = calloc(most, sizeof *r->reader.hits);
    r->reader.places = &r->places;
    return r->cells.states && r->cells.hashes && r->texts && r->results && r->reader.hits;
}

struct recall *recall_new(const struct recall_rules *rules)
{
    struct recall *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    r->rules = *rules;
    shapes_init(&r->shapes);
    if (cells_init(&r->layout, rules->targets, rules->target_count, rules->counted) &&
        places_init(&r->places, &r->layout, rules->seed) && memo_init(&r->memo, rules->seed) &&
        take_memory(r))
        return r;
    recall_free(r);
    return NULL;
}

void recall_free(struct recall *r)
{
    if (!r)
        return;
    free(r->cells.states);
    free(r->cells.hashes);
    free(r->texts);
    free(r->results);
    free(r->reader.hits);
    memo_free(&r->memo);
    shapes_free(&r->shapes);
    places_free(&r->places);
    cells_free(&r->layout);
    free(r);
}

/* What is remembered speaks of places: with them it all goes. */
static void forget_if_full(struct recall *r)
{
    if (!r->places.full)
        return;
    shapes_forget(&r->shapes);
    memo_forget(&r->memo);
    places_forget(&r->places);
}

/* The results of the base, as if the record were the same. */
static void set_base(struct recall *r, const struct shape *base)
{
    memcpy(r->cells.states, base->cells.states, r->layout.count);
    memcpy(r->cells.hashes, base->cells.hashes, r->layout.count * sizeof *r->cells.hashes);
    memset(r->texts, 0, r->layout.count * sizeof *r->texts);
    for (uint32_t i = 0; i < base->text_count; i++) {
        const struct shape_text *text = &base->texts[i];
        r->texts[text->cell] = span_of(base->text_bytes + text->at, text->n);
    }
}

/* The results of the leaves FROM to TO of SHAPE; of no shape: that they are not there. */
static void set_leaves(struct recall *r, const struct shape *base, const struct shape *shape,
                       uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const struct place *place = &r->places.items[base->leaves[i].place];
        for (uint32_t k = 0; k < place->cell_count; k++) {
            uint32_t cell = r->places.cells[place->cells + k];
            r->cells.states[cell] = shape ? shape->cells.states[cell] : SIGNAL_MISSING;
            r->cells.hashes[cell] = shape ? shape->cells.hashes[cell] : 0;
            r->texts[cell] = shape ? shape_cell_text(shape, cell) : span_of(NULL, 0);
        }
    }
}

/* Take away the results of the leaves of the base that the record has not. */
static void set_missing(struct recall *r, const struct trace *t)
{
    uint32_t from = 0;

    while (from < t->shape->leaf_count) {
        uint32_t to = t->shape->leaf_count, next = to;
        for (uint32_t k = 0; k < t->stretch_count; k++)
            if (t->stretches[k].from >= from && t->stretches[k].from < to) {
                to = t->stretches[k].from;
                next = t->stretches[k].to;
            }
        set_leaves(r, t->shape, NULL, from, to);
        from = next;
    }
}

/* Set the results of a leaf that is not as in the shape. */
static bool set_leaf(struct recall *r, const struct trace_leaf *leaf, struct arena *arena)
{
    const struct place *place = &r->places.items[leaf->place];
    struct span raw = span_cut(r->trace.record, leaf->start, leaf->end);
    const struct census census = {leaf->values, leaf->names, 0};

    if (!place->cell_count && !leaf->names)
        return true;
    uint64_t hash = memo_hash(&r->memo, leaf->place, raw);
    bool known = memo_find(&r->memo, leaf->place, raw, hash, r->results, place->cell_count);
    if (!known) {
        if (!leaf_read(&r->reader, leaf->place, raw, &census, r->results))
            return false;
        memo_keep(&r->memo, leaf->place, raw, hash, r->results, place->cell_count);
    }
    for (uint32_t k = 0; k < place->cell_count; k++) {
        uint32_t cell = r->places.cells[place->cells + k];
        const struct vector_signal *result = &r->results[k];
        r->cells.states[cell] = (unsigned char)result->state;
        r->cells.hashes[cell] = result->hash;
        r->texts[cell] = result->text;
        if (known && result->text.n) {
            unsigned char *copy = arena_take(arena, result->text.n);
            if (!copy)
                return false;
            memcpy(copy, result->text.p, result->text.n);
            r->texts[cell].p = copy;
        }
    }
    return true;
}

/* What target number I carries of LEAF. */
static bool read_carried_leaf(struct recall *r, uint32_t i, const struct trace_leaf *leaf,
                              struct carried *carried, struct span *members)
{
    const struct catalog *c = r->layout.targets[i].catalog;
    struct span raw = span_cut(r->trace.record, leaf->start, leaf->end);
    const struct census census = {leaf->values, leaf->names, 0};
    uint32_t depth = r->places.items[leaf->place].depth;
    struct json json;

    if (json_parse(&json, raw, &census, r->reader.arena) != STATUS_OK)
        return false;
    for (uint32_t k = 0; k <= c->carry_count; k++) {
        bool is_id = k == c->carry_count;
        struct pointer rest = is_id ? c->id : c->carries[k].pointer;
        if ((is_id && !c->has_id) || !places_on(&r->places, leaf->place, &rest))
            continue;
        rest.tokens += depth;
        rest.count -= depth;
        uint32_t node = pointer_find(&json, 0, &rest, r->reader.arena);
        if (!is_id)
            members[k] = carried_text(&json, node);
        else if (carried_id(&carried->id, &json, node, r->reader.arena, r->reader.scratch)
                     .status != STATUS_OK)
            return false;
    }
    return true;
}

static bool read_carried(struct recall *r, uint32_t i, struct carried *carried)
{
    uint32_t count = r->layout.targets[i].catalog->carry_count;
    struct span *members = arena_take_array(r->reader.arena, count, sizeof *members);

    if (!members)
        return false;
    memset(members, 0, count * sizeof *members);
    *carried = (struct carried){span_text("null"), members};
    for (uint32_t k = 0; k < r->trace.leaf_count; k++)
        if (r->places.items[r->trace.leaves[k].place].flags & PLACE_CARRIED &&
            !read_carried_leaf(r, i, &r->trace.leaves[k], carried, members))
            return false;
    return true;
}

/* Count for target number I the names in the record, outside of leaves, that no pointer leads
 * to. */
static uint32_t count_names(const struct recall *r, uint32_t i)
{
    const struct trace *t = &r->trace;
    const struct place *places = r->places.items;
    uint32_t count = 0;

    if (!t->edited)
        return t->shape->uncatalogued[i];
    for (uint32_t k = 0; k < t->name_count; k++)
        count += places[t->names[k].place].counts >> i & 1;
    for (uint32_t k = 0; k < t->stretch_count; k++) {
        const struct trace_stretch *s = &t->stretches[k];
        for (uint32_t l = s->from; l < s->to; l++) {
            const struct shape_leaf *leaf = &t->shape->leaves[l];
            uint32_t names = l > s->from || s->text ? leaf->names : 1;
            for (uint32_t at = leaf->place; names; names--, at = places[at].parent)
                count += places[at].counts >> i & 1;
        }
    }
    return count;
}

/* From the trace to the readings. */
static bool settle(struct recall *r, struct reading *readings)
{
    const struct trace *t = &r->trace;
    uint32_t found = 0;

    set_base(r, t->shape);
    for (uint32_t i = 0; i < t->earlier_count; i++)
        set_leaves(r, t->shape, &r->shapes.items[t->earlier[i].shape], t->earlier[i].from,
                   t->earlier[i].to);
    if (t->edited)
        set_missing(r, t);
    for (uint32_t i = 0; i < t->leaf_count; i++)
        if (!set_leaf(r, &t->leaves[i], r->reader.arena))
            return false;
    for (uint32_t i = 0; i < r->layout.target_count; i++) {
        struct vector *vector = &readings[i].vector;
        cells_vector(&r->layout, i, r->cells, r->texts, vector);
        if (r->layout.counted)
            vector->uncatalogued += count_names(r, i);
        found += vector->found;
        if (!read_carried(r, i, &readings[i].carried))
            return false;
    }
    return found > 0;
}

/* Is this record to be tried, and to be learned from? */
static bool is_due(const struct recall *r)
{
    return r->in_full < RECALL_PATIENCE || r->in_full % RECALL_PAUSE == 0;
}

bool recall_read(struct recall *r, struct span record, struct reading *readings,
                 struct arena *arena, struct buf *scratch)
{
    size_t length = r->rules.limits.length;

    if (r->in_full++ == UINT32_MAX)
        r->in_full = RECALL_PATIENCE;
    if (!is_due(r) || shapes_last(&r->shapes) == SHAPES_MOST || record.n > length ||
        record.n > SHAPE_RECORD)
        return false;
    r->reader.arena = arena;
    r->reader.scratch = scratch;
    bool read =
        trace_read(&r->trace, &r->shapes, &r->places, &r->rules.limits, record, arena) &&
        settle(r, readings) && !arena->failed;
    forget_if_full(r);
    if (read) {
        r->in_full = 0;
        shapes_use(&r->shapes, r->trace.base);
    }
    return read;
}

/* The results of rows that are not simply their cell, and of excludes, by what their pointers
 * found. */
static bool learn_odd(struct recall *r, const struct cells_target *t, const struct json *json,
                      const struct extract *extract)
{
    const struct catalog *c = t->catalog;
    struct vector_maker maker = {.catalog = c,
                                 .json = json,
                                 .texts = t->texts,
                                 .arena = r->reader.arena,
                                 .scratch = r->reader.scratch,
                                 .marker = NODE_NONE};
    struct vector_signal made;

    for (uint32_t i = 0; i < t->odd_count; i++) {
        const struct catalog_row *row = &c->rows[t->odd[i]];
        for (uint32_t p = row->pointers; p < row->pointers_end; p++) {
            uint32_t cell = t->owners[p].cell;
            if (!vector_make(&maker, t->odd[i], extract->pointers[p], &made))
                return false;
            bool missing = extract->pointers[p].state == SIGNAL_MISSING;
            r->cells.states[cell] = missing ? SIGNAL_MISSING : (unsigned char)made.state;
            r->cells.hashes[cell] = made.hash;
            r->texts[cell] = made.text;
        }
    }
    for (uint32_t e = 0; e < c->exclude_count; e++) {
        uint32_t pointer = c->excludes[e].pointer;
        uint32_t cell = t->owners[pointer].cell;
        r->cells.states[cell] = (unsigned char)extract->pointers[pointer].state;
        r->cells.hashes[cell] = extract->excludes >> e & 1;
    }
    return true;
}

/* How many members in leaves no pointer leads to. */
static bool learn_inner(struct recall *r, const struct survey *survey, struct span record)
{
    struct census census;

    for (uint32_t i = 0; i < survey->leaf_count; i++) {
        const struct shape_leaf *leaf = &survey->leaves[i];
        const struct place *place = &r->places.items[leaf->place];
        if (!(place->flags & PLACE_INNER))
            continue;
        struct span raw = span_cut(record, leaf->start, leaf->end);
        if (!validate_value(raw, place->depth, &r->rules.limits, &census) ||
            !leaf_read(&r->reader, leaf->place, raw, &census, r->results))
            return false;
        for (uint32_t k = 0; k < place->cell_count; k++)
            r->cells.hashes[r->places.cells[place->cells + k]] = r->results[k].hash;
    }
    return true;
}

/* Have the results of the record, as the full path has found them, in the cells. */
static bool learn_cells(struct recall *r, const struct json *json,
                        const struct extract *extracts, const struct reading *readings)
{
    memset(r->cells.states, 0, r->layout.count);
    memset(r->cells.hashes, 0, r->layout.count * sizeof *r->cells.hashes);
    memset(r->texts, 0, r->layout.count * sizeof *r->texts);
    for (uint32_t i = 0; i < r->layout.target_count; i++) {
        const struct cells_target *t = &r->layout.targets[i];
        const struct vector *v = &readings[i].vector;
        uint32_t rows = t->catalog->row_count;
        memcpy(r->cells.states + t->first, v->states, rows);
        memcpy(r->cells.hashes + t->first, v->hashes, rows * sizeof *v->hashes);
        memcpy(r->texts + t->first, v->texts, rows * sizeof *v->texts);
        if (!learn_odd(r, t, json, &extracts[i]))
            return false;
    }
    return true;
}

void recall_learn(struct recall *r, const struct json *json, const struct census *census,
                  const struct members *members, const struct extract *extracts,
                  const struct reading *readings, struct arena *arena, struct buf *scratch)
{
    struct survey survey;
    size_t text_bytes = 0;
    uint32_t texts = 0;

    r->reader.arena = arena;
    r->reader.scratch = scratch;
    if (!is_due(r) || json->text.n > SHAPE_RECORD)
        return;
    bool kept = shape_survey(&survey, &r->places, json, members, extracts, arena) &&
                learn_cells(r, json, extracts, readings) &&
                (!r->layout.counted || learn_inner(r, &survey, json->text));
    for (uint32_t i = 0; kept && i < r->layout.count; i++) {
        texts += r->texts[i].n > 0;
        text_bytes += r->texts[i].n;
    }
    uint32_t slot = SHAPES_MOST;
    if (kept)
        slot = shapes_make_room(
            &r->shapes, shape_size(&survey, json->text, r->layout.count, texts, text_bytes));
    if (slot < SHAPES_MOST) {
        shape_make(&r->shapes.items[slot], &r->places, &survey, json->text, census->values,
                   r->cells, r->texts, r->layout.count);
        shapes_enter(&r->shapes, slot);
    }
    forget_if_full(r);
}
